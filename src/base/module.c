#include "base/module.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <incmap/error.h>

/* Beside the library that this code is in, wherever that was installed or moved to. */
static char *module_path(void)
{
    static const char here = 0;
    Dl_info library;
    if (dladdr(&here, &library) == 0)
        return g_strdup(IM_MODULE_FILE);
    g_autofree char *folder = g_path_get_dirname(library.dli_fname);
    return g_build_filename(folder, IM_MODULE_FILE, NULL);
}

static GModule *load(GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = module_path();
    GModule *module = g_module_open_full(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL, &cause);
    if (module)
        g_module_make_resident(module); /* its libraries have threads and handlers of their own */
    else
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "the module for maps and GDAL: %s",
                    cause->message);
    return module;
}

gconstpointer im_module_symbol(const char *name, GError **error)
{
    static GMutex mutex;
    static GModule *module;
    gpointer table = NULL;
    g_mutex_lock(&mutex);
    if (!module)
        module = load(error);
    if (module && !g_module_symbol(module, name, &table))
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s has no %s: it is of another version",
                    g_module_name(module), name);
    g_mutex_unlock(&mutex);
    return table;
}
