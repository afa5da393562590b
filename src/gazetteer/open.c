/* Opening touches the header and a few pages more, however large the file is; see format.h. */
#include "gazetteer/priv.h"

#include <string.h>

static const gsize record_size[GAZ_N_SECTIONS] = {
    [GAZ_NAMES] = 1,
    [GAZ_FEATURES] = sizeof(guint32),
    [GAZ_KINDS] = sizeof(guint32),
    [GAZ_PLACES] = sizeof(gaz_place),
    [GAZ_CODES] = sizeof(im_place_id),
    [GAZ_PARTS] = sizeof(guint32),
    [GAZ_PART_BUCKETS] = sizeof(guint32),
    [GAZ_READINGS] = sizeof(im_reading),
    [GAZ_KEY_TEXT] = 1,
    [GAZ_KEYS] = sizeof(gaz_key),
    [GAZ_KEY_BUCKETS] = sizeof(guint32),
    [GAZ_HEADS] = sizeof(gaz_head),
    [GAZ_HEAD_BUCKETS] = sizeof(guint32),
    [GAZ_FILTER] = sizeof(guint64),
    [GAZ_SOURCES] = 1,
    [GAZ_CREDIT] = 1,
    [GAZ_ROWS] = sizeof(gaz_rows),
};

static gboolean header_is_sound(const im_gazetteer *g, gaz_fault *f)
{
    gsize size = g_bytes_get_size(g->bytes);
    const gaz_header *h = g->header;
    if (size < GAZ_MAGIC_SIZE || memcmp(h->magic, GAZ_MAGIC, GAZ_MAGIC_SIZE) != 0)
        return gaz_wrong(f, 0, "not a compiled gazetteer");
    if (size < sizeof *h)
        return gaz_wrong(f, size, "truncated within the header");
    if (h->byte_order != GAZ_BYTE_ORDER)
        return gaz_wrong(f, G_STRUCT_OFFSET(gaz_header, byte_order), "other byte order");
    if (h->version != GAZ_VERSION)
        return gaz_wrong(f, G_STRUCT_OFFSET(gaz_header, version),
                         "made by another version of incmap; build it again");
    if (h->file_size != size)
        return gaz_wrong(f, MIN(h->file_size, size),
                         h->file_size > size ? "truncated" : "too long");
    return TRUE;
}

static gboolean sections_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    guint64 end = sizeof(gaz_header);
    for (guint i = 0; i < GAZ_N_SECTIONS; i++) {
        const gaz_section *s = &g->header->sections[i];
        guint64 at = G_STRUCT_OFFSET(gaz_header, sections) + i * sizeof *s;
        if (s->offset % GAZ_ALIGNMENT != 0 || s->offset < end || s->offset > g->header->file_size ||
            s->size > g->header->file_size - s->offset)
            return gaz_wrong(f, at, "a section lies outside of the file");
        if (s->size % record_size[i] != 0 || s->size / record_size[i] > G_MAXUINT32 - 1)
            return gaz_wrong(f, at, "a section of no possible size");
        end = s->offset + s->size;
    }
    return TRUE;
}

static const char *section(const im_gazetteer *g, gaz_section_id id, guint32 *n)
{
    const gaz_section *s = &g->header->sections[id];
    *n = (guint32)(s->size / record_size[id]);
    return (const char *)g->header + s->offset;
}

/* Text that ends in NUL: any offset within is the start of a string that ends within. What is shown
 * begins with the empty string, so that offset 0 is none. */
static gboolean text_ends(const im_gazetteer *g, gaz_section_id id, gaz_fault *f)
{
    guint32 n;
    const char *text = section(g, id, &n);
    if (n == 0 || text[n - 1] != '\0')
        return gaz_wrong(f, gaz_byte_at(g, text), "text without an end");
    return TRUE;
}

/* A short text, read as a whole. */
static gboolean text_is_sound(const im_gazetteer *g, gaz_section_id id, gaz_fault *f)
{
    guint32 n;
    const char *text = section(g, id, &n);
    return text_ends(g, id, f) &&
           (g_utf8_validate(text, -1, NULL) || gaz_wrong(f, gaz_byte_at(g, text), "invalid UTF-8"));
}

static gboolean features_are_sound(const im_gazetteer *g, gaz_fault *f)
{
    if (g->n_features > GAZ_MAX_FEATURES)
        return gaz_wrong(f, gaz_byte_at(g, g->features), "more feature codes than there are");
    for (guint32 i = 0; i < g->n_features; i++)
        if (g->features[i] && !*gaz_name(g, g->features[i]))
            return gaz_wrong(f, gaz_byte_at(g, &g->features[i]),
                             "a feature code outside of the names");
    return TRUE;
}

/* Places of a kind follow each other, the kinds in their order, and there is no place of none. */
static gboolean kinds_are_sound(im_gazetteer *g, gaz_fault *f)
{
    guint32 n;
    const guint32 *first = (const guint32 *)(const void *)section(g, GAZ_KINDS, &n);
    if (n != GAZ_N_KINDS + 1)
        return gaz_wrong(f, gaz_byte_at(g, first), "places of other kinds");
    gboolean in_order = first[0] == 0 && first[1] == 0 && first[GAZ_N_KINDS] == g->n_places;
    for (guint kind = 0; kind < GAZ_N_KINDS; kind++) {
        in_order = in_order && first[kind] <= first[kind + 1];
        g->of_kind[kind] = (gaz_range){first[kind], first[kind + 1] - first[kind]};
    }
    return in_order || gaz_wrong(f, gaz_byte_at(g, first), "places of no kind");
}

static gboolean find_index(const im_gazetteer *g, gaz_section_id id, guint32 n_entries,
                           gaz_index *index, gaz_fault *f)
{
    guint32 n;
    const guint32 *buckets = (const guint32 *)(const void *)section(g, id, &n);
    if (n < 2 || ((n - 1) & (n - 2)) != 0)
        return gaz_wrong(f, gaz_byte_at(g, buckets), "buckets that are no power of two");
    *index = (gaz_index){buckets, g_bit_storage(n - 1) - 1, n_entries};
    return TRUE;
}

static gboolean find_filter(im_gazetteer *g, gaz_fault *f)
{
    guint32 n;
    g->filter = (const guint64 *)(const void *)section(g, GAZ_FILTER, &n);
    if (n == 0 || (n & (n - 1)) != 0)
        return gaz_wrong(f, gaz_byte_at(g, g->filter), "a filter that is no power of two");
    g->filter_bits = g_bit_storage(n) - 1;
    return TRUE;
}

static void find_seats(im_gazetteer *g)
{
    static const char *const features[G_N_ELEMENTS(g->seat_features)] = {"", "PPLA", "PPLC"};
    for (guint seat = 0; seat < G_N_ELEMENTS(features); seat++) {
        g->seat_features[seat] = G_MAXUINT;
        for (guint32 i = 0; i < g->n_features && seat > 0; i++)
            if (strcmp(gaz_name(g, g->features[i]), features[seat]) == 0)
                g->seat_features[seat] = i;
    }
}

static void find_area_countries(im_gazetteer *g)
{
    g->n_areas = MIN(g->of_kind[IM_PLACE_ADMIN2].first, IM_READING_NOWHERE);
    g->area_countries = g_new(guint16, g->n_areas);
    for (guint32 i = 0; i < g->n_areas; i++)
        g->area_countries[i] = (guint16)MIN(g->places[i].country, IM_READING_NOWHERE);
}

static void find_country_codes(im_gazetteer *g)
{
    const gaz_range countries = g->of_kind[IM_PLACE_COUNTRY];
    g->country_codes = g_new(const char *, countries.n);
    for (guint32 i = 0; i < countries.n; i++)
        g->country_codes[i] = gaz_name(g, g->places[countries.first + i].code);
}

#define TABLE(type, id, n) ((const type *)(const void *)section(g, (id), (n)))

static void find_tables(im_gazetteer *g)
{
    guint32 unused;
    g->names = section(g, GAZ_NAMES, &g->names_size);
    g->key_text = section(g, GAZ_KEY_TEXT, &g->key_text_size);
    g->sources = section(g, GAZ_SOURCES, &unused);
    g->credit = section(g, GAZ_CREDIT, &unused);
    g->features = TABLE(guint32, GAZ_FEATURES, &g->n_features);
    g->places = TABLE(gaz_place, GAZ_PLACES, &g->n_places);
    g->codes = TABLE(im_place_id, GAZ_CODES, &g->n_codes);
    g->parts = TABLE(guint32, GAZ_PARTS, &g->n_parts);
    g->readings = TABLE(im_reading, GAZ_READINGS, &g->n_readings);
    g->keys = TABLE(gaz_key, GAZ_KEYS, &g->n_keys);
    g->heads = TABLE(gaz_head, GAZ_HEADS, &g->n_heads);
    g->rows = TABLE(gaz_rows, GAZ_ROWS, &g->n_rows);
}

static gboolean is_sound(im_gazetteer *g, gaz_fault *f)
{
    if (!header_is_sound(g, f) || !sections_are_sound(g, f))
        return FALSE;
    find_tables(g);
    if (g->n_keys-- == 0)
        return gaz_wrong(f, gaz_byte_at(g, g->keys), "no end of the keys");
    return text_ends(g, GAZ_NAMES, f) && text_ends(g, GAZ_KEY_TEXT, f) &&
           text_is_sound(g, GAZ_SOURCES, f) && text_is_sound(g, GAZ_CREDIT, f) &&
           features_are_sound(g, f) && kinds_are_sound(g, f) &&
           find_index(g, GAZ_KEY_BUCKETS, g->n_keys, &g->key_index, f) &&
           find_index(g, GAZ_PART_BUCKETS, g->n_parts, &g->part_index, f) &&
           find_index(g, GAZ_HEAD_BUCKETS, g->n_heads, &g->head_index, f) && find_filter(g, f);
}

static void count(im_gazetteer *g)
{
    im_gazetteer_count *c = g->counts;
    *c++ = (im_gazetteer_count){"countries", g->of_kind[IM_PLACE_COUNTRY].n};
    *c++ = (im_gazetteer_count){"first-order divisions", g->of_kind[IM_PLACE_ADMIN1].n};
    *c++ = (im_gazetteer_count){"second-order divisions", g->of_kind[IM_PLACE_ADMIN2].n};
    *c++ = (im_gazetteer_count){"towns", g->of_kind[IM_PLACE_TOWN].n};
    *c++ = (im_gazetteer_count){"regions", g->of_kind[IM_PLACE_REGION].n};
    *c++ = (im_gazetteer_count){"airports", g->of_kind[IM_PLACE_AIRPORT].n};
    *c++ = (im_gazetteer_count){"places", g->n_places};
    *c++ = (im_gazetteer_count){"names", g->n_keys};
    *c++ = (im_gazetteer_count){"readings", g->n_readings};
    g_assert(c == g->counts + G_N_ELEMENTS(g->counts));
}

im_gazetteer *im_gazetteer_open_bytes(GBytes *bytes, const char *label, GError **error)
{
    static gsize opened;
    g_autoptr(im_gazetteer) g = g_new0(im_gazetteer, 1);
    g->serial = g_atomic_pointer_add(&opened, 1) + 1u;
    g->bytes = g_bytes_ref(bytes);
    g->header = (const gaz_header *)g_bytes_get_data(bytes, NULL);
    g_assert((gsize)(const void *)g->header % 8 == 0);
    gaz_fault f = {0};
    if (!is_sound(g, &f)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: byte %" G_GUINT64_FORMAT ": %s", label,
                    f.at, f.what);
        return NULL;
    }
    find_seats(g);
    find_area_countries(g);
    find_country_codes(g);
    count(g);
    return g_steal_pointer(&g);
}

im_gazetteer *im_gazetteer_open(const char *path, GError **error)
{
    g_autoptr(GError) cause = NULL;
    GMappedFile *file = g_mapped_file_new(path, FALSE, &cause);
    if (!file) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: %s", path, cause->message);
        return NULL;
    }
    g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(file);
    g_mapped_file_unref(file);
    return im_gazetteer_open_bytes(bytes, path, error);
}

void im_gazetteer_free(im_gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    g_bytes_unref(gazetteer->bytes);
    g_free(gazetteer->area_countries);
    g_free(gazetteer->country_codes);
    g_free(gazetteer);
}

guint64 im_gazetteer_checksum(const im_gazetteer *gazetteer)
{
    return gazetteer->header->checksum;
}

char *im_gazetteer_default_path(void)
{
    const char *set = g_getenv("INCMAP_GAZETTEER");
    if (set && *set)
        return g_strdup(set);
    g_autofree char *built = g_build_filename(IM_BUILD_DATADIR, "gazetteer.imgz", NULL);
    if (g_file_test(built, G_FILE_TEST_EXISTS))
        return g_steal_pointer(&built);
    return g_build_filename(IM_DATADIR, "gazetteer.imgz", NULL);
}
