/** @file
 *  Touches all that an opened gazetteer has, for tests that open damaged files. */
#ifndef IM_TESTS_GAZETTEER_WALK_H
#define IM_TESTS_GAZETTEER_WALK_H

#include "gazetteer/priv.h"

#include <string.h>

static inline void walk_place(const im_gazetteer *g, im_place_id id)
{
    im_place p = im_gazetteer_place(g, id);
    g_assert(g_utf8_validate(p.name, -1, NULL) && g_utf8_validate(p.feature_code, -1, NULL));
    g_assert(g_utf8_validate(p.code, -1, NULL) && g_utf8_validate(p.iso3166_2, -1, NULL));
    g_assert(g_utf8_validate(p.country_code, -1, NULL));
    g_assert(im_lonlat_is_valid(p.position) && p.radius_km >= 0);
    const im_place_id containers[] = {p.country, p.admin1, p.admin2};
    for (guint i = 0; i < G_N_ELEMENTS(containers); i++)
        g_assert(containers[i] == IM_PLACE_NONE ||
                 im_gazetteer_place(g, containers[i]).kind + 0u <= IM_PLACE_ADMIN1 + i);
    im_gazetteer_by_code(g, p.code);
}

static inline void walk_reading(const im_gazetteer *g, const im_reading *r)
{
    g_assert(r->place < im_gazetteer_n_places(g));
    g_assert(r->kind != IM_NAME_NONE && r->kind <= IM_NAME_DEMONYM);
}

static inline void walk_key(const im_gazetteer *g, guint32 key)
{
    const char *text = gaz_key_text(g, key);
    guint n;
    const im_reading *readings = im_gazetteer_readings(g, text, strlen(text), &n);
    for (guint i = 0; i < n; i++)
        walk_reading(g, &readings[i]);
    g_assert(im_gazetteer_longest(g, text, strcspn(text, " ")) <= IM_KEY_MAX_WORDS);
}

/** Calls every function that reads `g`. */
static inline void gazetteer_walk(const im_gazetteer *g)
{
    for (im_place_id id = 0; id < im_gazetteer_n_places(g); id++)
        walk_place(g, id);
    for (guint32 key = 0; key < g->n_keys; key++)
        walk_key(g, key);
    static const char *const names[] = {"Tapalpo, Jalisco", "georgia", "MX.14", "Münchn"};
    const im_lonlat near = {-103, 20};
    const im_locate_options options = {.near = &near, .fuzzy = TRUE, .limit = 3};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_array_unref(im_gazetteer_locate(g, names[i], &options));
    im_gazetteer_check(g, NULL);
    g_assert(g_utf8_validate(im_gazetteer_sources(g), -1, NULL));
    g_assert(g_utf8_validate(im_gazetteer_credit(g), -1, NULL));
}

#endif
