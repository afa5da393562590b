/* A store with any bytes changed, or cut off, is read, brought up to date, or refused, with an error that names it. The
 * input is a list of changes to a sound store: three bytes where, one how many, and these; first come two that cut it. */
#include "../unit/gazetteer_mini.h"
#include "fuzz.h"

#include <glib/gstdio.h>
#include <incmap/pipeline.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 2, PLACE_BYTES = 3, CUT_BYTES = 256 };

static const char *const reports[] = {"date 2026-03-09\nGunmen killed two police officers in "
                                      "Zamora, Michoacan, on Sunday. 25 roadblocks were set up in "
                                      "Jalisco, since cleared.\n",
                                      "date 2026-03-10\nTwo police officers were killed in an "
                                      "attack in Zamora on Sunday. Soldiers arrested three men in "
                                      "Celaya.\n"};

static im_gazetteer *gazetteer;
static char *path, *inputs[G_N_ELEMENTS(reports) + 1], *sound;
static gsize sound_len;

static void update(const char *const *from)
{
    const im_run_options options = {.jobs = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(im_store) store = im_store_open(path, IM_STORE_WRITE, &error);
    g_autoptr(im_update) done =
        store ? im_update_store(store, gazetteer, from, NULL, FALSE, &options, &error) : NULL;
    g_assert((done != NULL) + (error != NULL) == 1);
}

static void clean_up(void)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_unlink(path);
    for (guint i = 0; inputs[i]; i++)
        g_unlink(inputs[i]);
    g_rmdir(folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    gazetteer = gazetteer_of(MINI_FOLDER);
    g_autofree char *folder = g_dir_make_tmp("incmap-fuzz-XXXXXX", NULL);
    path = g_build_filename(folder, "store.gpkg", NULL);
    atexit(clean_up);
    for (guint i = 0; i < G_N_ELEMENTS(reports); i++) {
        g_autofree char *name = g_strdup_printf("%u.txt", i);
        inputs[i] = g_build_filename(folder, name, NULL);
        g_assert_true(g_file_set_contents(inputs[i], reports[i], -1, NULL));
    }
    const char *const first[] = {inputs[0], NULL};
    update(first);
    g_assert_true(g_file_get_contents(path, &sound, &sound_len, NULL));
    return 0;
}

/* @return how many bytes of the store are left */
static gsize spoil(char *store, const uint8_t *data, size_t size)
{
    if (size < HEAD_BYTES)
        return sound_len;
    const gsize cut = MIN(CUT_BYTES * (gsize)(data[0] | data[1] << 8), sound_len);
    for (size_t at = HEAD_BYTES; at + PLACE_BYTES + 1 < size;) {
        const gsize place = (gsize)(data[at] | data[at + 1] << 8 | data[at + 2] << 16) % sound_len;
        const gsize n =
            MIN(MIN(data[at + PLACE_BYTES], size - at - PLACE_BYTES - 1), sound_len - place);
        memcpy(store + place, data + at + PLACE_BYTES + 1, n);
        at += PLACE_BYTES + 1 + MAX(n, 1);
    }
    return sound_len - cut;
}

static void read_period(const im_period *period)
{
    const im_run_options options = {.jobs = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(im_store) store = im_store_open(path, IM_STORE_READ, &error);
    g_autoptr(im_run) run = store ? im_run_store(store, &options, period, &error) : NULL;
    g_assert((run != NULL) + (error != NULL) == 1);
    for (guint i = 0; run && i < run->incidents->len; i++) {
        const im_incident *incident = run->incidents->pdata[i];
        g_assert(!incident->has_geometry || im_lonlat_is_valid(incident->position));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const im_period week = {.since = IM_DAY_NONE, .until = G_MAXUINT32, .n_days = 7};
    g_autofree char *store = g_memdup2(sound, sound_len),
                    *journal = g_strconcat(path, "-journal", NULL);
    const gsize len = spoil(store, data, size);
    g_assert_true(g_file_set_contents(path, store, (gssize)len, NULL));
    g_unlink(journal);
    read_period(NULL);
    read_period(&week);
    update((const char *const *)inputs);
    read_period(NULL);
    return 0;
}
