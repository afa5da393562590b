/* The file of boundaries: what was put in comes out, and a damaged one is never left. */
#include "map/atlas.h"

#include <glib/gstdio.h>
#include <string.h>

static im_unit *unit_new(const char *iso, const char *admin1, const char *name, double x)
{
    im_unit *u = g_new0(im_unit, 1);
    g_strlcpy(u->iso, iso, sizeof u->iso);
    u->admin1 = g_strdup(admin1);
    u->iso3166_2 = g_strdup("");
    u->name = g_strdup(name);
    u->is_part = *admin1 != '\0';
    u->rings = im_rings_new();
    for (int r = 0; r < 2; r++) {
        const im_xy corners[] = {{x, 1}, {x + 1.1234567, 1}, {x + 1, 2 + r}, {x, 2}};
        for (guint i = 0; i < G_N_ELEMENTS(corners); i++)
            im_rings_add(u->rings, corners[i]);
        im_rings_close(u->rings);
    }
    return u;
}

static GByteArray *atlas_of(void)
{
    GPtrArray *layers[IM_BOUNDARY_N];
    for (guint i = 0; i < IM_BOUNDARY_N; i++)
        layers[i] = g_ptr_array_new_with_free_func(im_unit_free);
    g_ptr_array_add(layers[IM_BOUNDARY_COUNTRIES], unit_new("HT", "", "Haïti", -72));
    g_ptr_array_add(layers[IM_BOUNDARY_COUNTRIES], unit_new("FJ", "", "Fiji", 178));
    g_ptr_array_add(layers[IM_BOUNDARY_STATES], unit_new("HT", "HT.11", "Ouest", -72));
    GByteArray *bytes = im_atlas_make(layers);
    for (guint i = 0; i < IM_BOUNDARY_N; i++)
        g_ptr_array_unref(layers[i]);
    return bytes;
}

static im_atlas *open_bytes(const guint8 *bytes, gsize len, GError **error)
{
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "incmap-atlas-test", NULL);
    g_assert_true(g_file_set_contents(path, (const char *)bytes, (gssize)len, NULL));
    im_atlas *atlas = im_atlas_open(path, error);
    g_remove(path);
    return atlas;
}

static void test_round_trip(void)
{
    g_autoptr(GByteArray) bytes = atlas_of();
    g_autoptr(im_atlas) atlas = open_bytes(bytes->data, bytes->len, NULL);
    g_assert_nonnull(atlas);
    g_autoptr(GPtrArray) all = im_atlas_read(atlas, IM_BOUNDARY_COUNTRIES, NULL);
    g_assert_cmpuint(all->len, ==, 2);
    const im_unit *haiti = all->pdata[0];
    g_assert_cmpstr(haiti->iso, ==, "HT");
    g_assert_cmpstr(haiti->name, ==, "Haïti");
    g_assert_false(haiti->is_part);
    g_assert_cmpuint(im_rings_n(haiti->rings), ==, 2);
    guint n;
    const im_xy *points = im_rings_get(haiti->rings, 1, &n);
    g_assert_cmpuint(n, ==, 4);
    g_assert_cmpfloat_with_epsilon(points[1].x, -72 + 1.1234567, 1e-7);
    g_assert_cmpfloat_with_epsilon(points[2].y, 3, 1e-7);
    const im_box fiji = {177, 0, 179, 3};
    g_autoptr(GPtrArray) some = im_atlas_read(atlas, IM_BOUNDARY_COUNTRIES, &fiji);
    g_assert_cmpuint(some->len, ==, 1);
    g_assert_cmpstr(((im_unit *)some->pdata[0])->iso, ==, "FJ");
    g_autoptr(GPtrArray) states = im_atlas_read(atlas, IM_BOUNDARY_STATES, NULL);
    g_assert_cmpstr(((im_unit *)states->pdata[0])->admin1, ==, "HT.11");
    g_assert_true(((im_unit *)states->pdata[0])->is_part);
    g_autoptr(GPtrArray) none = im_atlas_read(atlas, IM_BOUNDARY_DISPUTED, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(GHashTable) names = im_atlas_country_names(atlas);
    g_assert_cmpstr(g_hash_table_lookup(names, "FJ"), ==, "Fiji");
}

static void read_all(const im_atlas *atlas)
{
    for (guint i = 0; i < IM_BOUNDARY_N; i++) {
        g_autoptr(GPtrArray) units = im_atlas_read(atlas, i, NULL);
        g_assert_nonnull(units);
    }
    g_autoptr(GHashTable) names = im_atlas_country_names(atlas);
    g_assert_nonnull(names);
}

static void test_damage(void)
{
    g_autoptr(GByteArray) bytes = atlas_of();
    for (guint len = 0; len < bytes->len; len++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(open_bytes(bytes->data, len, &error));
        g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
    }
    for (guint at = 0; at < bytes->len; at++)
        for (guint bit = 0; bit < 8; bit += 3) {
            bytes->data[at] ^= (guint8)(1 << bit);
            g_autoptr(im_atlas) atlas = open_bytes(bytes->data, bytes->len, NULL);
            if (atlas)
                read_all(atlas);
            bytes->data[at] ^= (guint8)(1 << bit);
        }
    g_autoptr(GError) error = NULL;
    g_assert_null(im_atlas_open("/nowhere/boundaries.atlas", &error));
    g_assert_error(error, IM_ERROR, IM_ERROR_DATA);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/atlas/round_trip", test_round_trip);
    g_test_add_func("/atlas/damage", test_damage);
    return g_test_run();
}
