/* replay FILE|FOLDER...  feeds each file to the fuzz target that it is linked with, and the empty
 * input first: what a fuzzer once found is an ordinary test afterwards. A fault ends the program. */
#include "fuzz.h"

#include <stdio.h>

static int by_name(const void *a, const void *b)
{
    return g_strcmp0(*(char *const *)a, *(char *const *)b);
}

/* The paths in a folder, sorted, or the path itself. */
static GPtrArray *files_of(const char *path)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    if (!folder) {
        g_ptr_array_add(files, g_strdup(path));
        return files;
    }
    for (const char *name; (name = g_dir_read_name(folder));)
        g_ptr_array_add(files, g_build_filename(path, name, NULL));
    g_ptr_array_sort(files, by_name);
    return files;
}

static gboolean replay(const char *path)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    gsize len;
    if (!g_file_get_contents(path, &bytes, &len, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return FALSE;
    }
    /* a copy of exactly this size, so that the sanitizers see a read behind its end */
    g_autofree uint8_t *exact = g_memdup2(bytes, len);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(exact, len);
    return TRUE;
}

int main(int argc, char **argv)
{
    guint replayed = 0;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        g_autoptr(GPtrArray) files = files_of(argv[i]);
        for (guint k = 0; k < files->len; k++, replayed++)
            if (!replay(files->pdata[k]))
                return 1;
    }
    printf("%u inputs replayed\n", replayed);
    return replayed > 0 ? 0 : 1;
}
