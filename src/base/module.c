#include "base/module.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <incmap/error.h>

/* Modules by the beginning of their tables' names. */
static struct {
    const char *prefix, *file, *what;
    GModule *module; /* NULL until it is loaded */
} modules[] = {{"im_draw_", "draw.so", "the module for maps", NULL},
               {"im_gis_", "gis.so", "the module for GDAL", NULL}};

/* What brings most libraries with it (of Debian 12; where it is not there, nothing is lost). The loader looks for a
 * symbol in all libraries that come at once: by themselves they take 8 ms, with a module of their own 11 to 14. */
static const char *const crowds[] = {"libcurl-gnutls.so.4", "libproj.so.25",
                                     "libpangocairo-1.0.so.0"};

/* Beside the library that this code is in, wherever that was installed or moved to; or beside the module, for
 * modules ask for each other, too. */
static char *module_path(const char *file)
{
    static const char here = 0;
    Dl_info library;
    if (dladdr(&here, &library) == 0)
        return g_build_filename(IM_MODULE_FOLDER, file, NULL);
    g_autofree char *folder = g_path_get_dirname(library.dli_fname);
    const gboolean here_are_modules = g_str_has_suffix(folder, "/" IM_MODULE_FOLDER);
    return g_build_filename(folder, here_are_modules ? "." : IM_MODULE_FOLDER, file, NULL);
}

static GModule *load(guint i, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *path = module_path(modules[i].file);
    for (guint k = 0; k < G_N_ELEMENTS(crowds); k++)
        dlopen(crowds[k], RTLD_LAZY | RTLD_LOCAL);
    GModule *module = g_module_open_full(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL, &cause);
    if (module)
        g_module_make_resident(module); /* its libraries have threads and handlers of their own */
    else
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s: %s", modules[i].what, cause->message);
    return module;
}

static guint module_of(const char *table)
{
    guint i = 0;
    while (!g_str_has_prefix(table, modules[i].prefix))
        g_assert(++i < G_N_ELEMENTS(modules));
    return i;
}

gconstpointer im_module_symbol(const char *name, GError **error)
{
    static GMutex mutex;
    const guint i = module_of(name);
    gpointer table = NULL;
    g_mutex_lock(&mutex);
    if (!modules[i].module)
        modules[i].module = load(i, error);
    if (modules[i].module && !g_module_symbol(modules[i].module, name, &table))
        g_set_error(error, IM_ERROR, IM_ERROR_SYSTEM, "%s has no %s: it is of another version",
                    g_module_name(modules[i].module), name);
    g_mutex_unlock(&mutex);
    return table;
}
