#include "gazetteer/idmap.h"

enum { PAGE_BITS = 12, PAGE = 1 << PAGE_BITS, PAGES = 1 << (32 - PAGE_BITS) };

/* Pages hold the complement of a place, so that zero is none. */
struct gaz_idmap {
    guint32 *pages[PAGES];
};

gaz_idmap *gaz_idmap_new(void)
{
    return g_new0(gaz_idmap, 1);
}

void gaz_idmap_free(gaz_idmap *map)
{
    for (guint i = 0; map && i < PAGES; i++)
        g_free(map->pages[i]);
    g_free(map);
}

im_place_id gaz_idmap_get(const gaz_idmap *map, guint32 geonameid)
{
    const guint32 *page = map->pages[geonameid >> PAGE_BITS];
    return page ? ~page[geonameid & (PAGE - 1)] : IM_PLACE_NONE;
}

void gaz_idmap_set(gaz_idmap *map, guint32 geonameid, im_place_id place)
{
    guint32 **page = &map->pages[geonameid >> PAGE_BITS];
    if (!*page)
        *page = g_new0(guint32, PAGE);
    (*page)[geonameid & (PAGE - 1)] = ~place;
}

enum { SET_PAGE_BITS = 15, SET_PAGE = 1 << SET_PAGE_BITS, SET_PAGES = 1 << (32 - SET_PAGE_BITS) };

struct gaz_idset {
    guint32 *pages[SET_PAGES];
};

gaz_idset *gaz_idset_new(void)
{
    return g_new0(gaz_idset, 1);
}

void gaz_idset_free(gaz_idset *set)
{
    for (guint i = 0; set && i < SET_PAGES; i++)
        g_free(set->pages[i]);
    g_free(set);
}

gboolean gaz_idset_add(gaz_idset *set, guint32 geonameid)
{
    guint32 **page = &set->pages[geonameid >> SET_PAGE_BITS], bit = 1u << (geonameid & 31);
    if (!*page)
        *page = g_new0(guint32, SET_PAGE / 32);
    guint32 *word = &(*page)[(geonameid & (SET_PAGE - 1)) / 32];
    gboolean is_new = !(*word & bit);
    *word |= bit;
    return is_new;
}
