/* Corrections on records: who is whose part, what stays, what order does. The table itself is in tests/cli. */
#include "map_scenes.h"

#include <glib/gstdio.h>
#include <incmap/corrections.h>
#include <incmap/merge.h>

/* Two attacks, of one and of two reports, and a total that counts them. */
static GPtrArray *records(void)
{
    GPtrArray *singles = SCENE(SCENE_HAITI);
    im_incident *again = im_incident_copy(singles->pdata[0]);
    im_source *source = im_source_new();
    source->report = g_strdup("reports/002.txt");
    source->date = again->date_start + 2;
    g_ptr_array_set_size(again->sources, 0);
    g_ptr_array_add(again->sources, source);
    g_ptr_array_add(singles, again);
    return im_incidents_merge(singles, NULL);
}

static im_incident *at(const GPtrArray *incidents, const char *place)
{
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = incidents->pdata[i];
        if (g_strcmp0(incident->location, place) == 0)
            return incident;
    }
    return NULL;
}

/* @return how many corrections met nothing */
static guint correct(GPtrArray *incidents, const char *rows)
{
    GError *error = NULL;
    g_autofree char *path = NULL;
    g_autofree char *text = g_strconcat("action,id,value\n", rows, NULL);
    const int fd = g_file_open_tmp("corrections-XXXXXX.csv", &path, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_autoptr(im_corrections) corrections = im_corrections_read(path, &error);
    g_assert_no_error(error);
    g_unlink(path);
    g_autoptr(GPtrArray) missed = g_ptr_array_new_with_free_func(g_free);
    im_corrections_apply(corrections, incidents, missed);
    return missed->len;
}

static void test_none(void)
{
    g_autoptr(GPtrArray) incidents = records();
    const guint n = incidents->len;
    g_autoptr(GPtrArray) before = g_ptr_array_new();
    g_ptr_array_extend(before, incidents, NULL, NULL);
    g_assert_cmpuint(correct(incidents, "\n# nothing\n"), ==, 0);
    g_assert_cmpuint(incidents->len, ==, n);
    for (guint i = 0; i < n; i++)
        g_assert_true(incidents->pdata[i] == before->pdata[i]);
}

/* What a total counted belongs to nothing when it is rejected, to the other when it is merged. */
static void test_parents(void)
{
    g_autoptr(GPtrArray) incidents = records();
    im_incident *total = at(incidents, "Port-au-Prince"), *part = at(incidents, "Les Cayes");
    part->parent_id = g_strdup(total->id);
    g_autofree char *total_id = g_strdup(total->id);
    im_incident *other = at(incidents, "Gonaïves");
    g_autofree char *other_id = g_strdup(other->id),
                    *row = g_strdup_printf("merge,%s,%s\n", total_id, other_id);
    g_assert_cmpuint(correct(incidents, row), ==, 0);
    g_assert_null(at(incidents, "Port-au-Prince"));
    other = at(incidents, "Gonaïves");
    g_assert_cmpstr(other->id, ==, other_id);
    g_assert_cmpint(other->type, ==, IM_INCIDENT_ROADBLOCK);
    g_assert_cmpuint(other->number_of_articles, ==, 3);
    g_assert_cmpuint(other->parts->len, ==, 3);
    g_assert_cmpstr(at(incidents, "Les Cayes")->parent_id, ==, other_id);
    g_autofree char *again = g_strdup_printf("reject,%s\n", other_id);
    g_assert_cmpuint(correct(incidents, again), ==, 0);
    g_assert_null(at(incidents, "Les Cayes")->parent_id);
}

/* One merged into the total that it is a part of is no part of itself. */
static void test_own_parent(void)
{
    g_autoptr(GPtrArray) incidents = records();
    im_incident *total = at(incidents, "Port-au-Prince"), *part = at(incidents, "Les Cayes");
    part->parent_id = g_strdup(total->id);
    g_autofree char *row = g_strdup_printf("merge,%s,%s\n", total->id, part->id);
    g_assert_cmpuint(correct(incidents, row), ==, 0);
    g_assert_null(at(incidents, "Les Cayes")->parent_id);
}

/* A merged one that was moved stays there; what is split off it is where it was told. */
static void test_moved(void)
{
    g_autoptr(GPtrArray) incidents = records();
    const im_incident *both = at(incidents, "Port-au-Prince");
    g_assert_cmpuint(both->number_of_articles, ==, 2);
    g_autofree char *id = g_strdup(both->id),
                    *rows = g_strdup_printf("move,%s,-72.5;19\nsplit,%s,reports/002.txt\n"
                                            "split,%s,reports/002.txt\n",
                                            id, id, id);
    const guint n = incidents->len;
    g_assert_cmpuint(correct(incidents, rows), ==, 1); /* a second time there is nothing to split */
    g_assert_cmpuint(incidents->len, ==, n + 1);
    guint n_moved = 0, n_told = 0;
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *r = incidents->pdata[i];
        n_moved += strcmp(r->id, id) == 0 && r->position.lat_deg == 19;
        n_told += g_str_has_prefix(r->id, id) && r->id[strlen(id)] == '~' &&
                  r->position.lat_deg == 18.54349;
    }
    g_assert_cmpuint(n_moved, ==, 1);
    g_assert_cmpuint(n_told, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/corrections/none", test_none);
    g_test_add_func("/corrections/parents", test_parents);
    g_test_add_func("/corrections/own-parent", test_own_parent);
    g_test_add_func("/corrections/moved", test_moved);
    return g_test_run();
}
