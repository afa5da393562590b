/* Opening: the file is untrusted, so that every index and offset in it is proven here, once. */
#include "gazetteer/priv.h"

#include <math.h>
#include <string.h>

static const gsize record_size[GAZ_N_SECTIONS] = {
    [GAZ_NAMES] = 1,
    [GAZ_FEATURES] = sizeof(guint32),
    [GAZ_PLACES] = sizeof(gaz_place),
    [GAZ_CODES] = sizeof(im_place_id),
    [GAZ_READINGS] = sizeof(im_reading),
    [GAZ_KEY_TEXT] = 1,
    [GAZ_KEYS] = sizeof(gaz_key),
    [GAZ_KEY_BUCKETS] = sizeof(guint32),
    [GAZ_HEADS] = sizeof(gaz_head),
    [GAZ_HEAD_BUCKETS] = sizeof(guint32),
    [GAZ_SOURCES] = 1,
    [GAZ_CREDIT] = 1,
};

/* What is wrong, and where. */
typedef struct fault {
    const char *what;
    guint64 at; /* byte of the file */
} fault;

static gboolean wrong(fault *f, guint64 at, const char *what)
{
    f->at = at;
    f->what = what;
    return FALSE;
}

static gboolean header_is_sound(const im_gazetteer *g, fault *f)
{
    gsize size = g_bytes_get_size(g->bytes);
    const gaz_header *h = g->header;
    if (size < GAZ_MAGIC_SIZE || memcmp(h->magic, GAZ_MAGIC, GAZ_MAGIC_SIZE) != 0)
        return wrong(f, 0, "not a compiled gazetteer");
    if (size < sizeof *h)
        return wrong(f, size, "truncated within the header");
    if (h->byte_order != GAZ_BYTE_ORDER)
        return wrong(f, G_STRUCT_OFFSET(gaz_header, byte_order), "other byte order");
    if (h->version != GAZ_VERSION)
        return wrong(f, G_STRUCT_OFFSET(gaz_header, version),
                     "made by another version of incmap; build it again");
    if (h->file_size != size)
        return wrong(f, MIN(h->file_size, size), h->file_size > size ? "truncated" : "too long");
    return TRUE;
}

static gboolean sections_are_sound(const im_gazetteer *g, fault *f)
{
    guint64 end = sizeof(gaz_header);
    for (guint i = 0; i < GAZ_N_SECTIONS; i++) {
        const gaz_section *s = &g->header->sections[i];
        guint64 at = G_STRUCT_OFFSET(gaz_header, sections) + i * sizeof *s;
        if (s->offset % 8 != 0 || s->offset < end || s->offset > g->header->file_size ||
            s->size > g->header->file_size - s->offset)
            return wrong(f, at, "a section lies outside of the file");
        if (s->size % record_size[i] != 0 || s->size / record_size[i] > G_MAXUINT32 - 1)
            return wrong(f, at, "a section of no possible size");
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

/* Byte of the file at which a pointer into it stands. */
static guint64 byte_at(const im_gazetteer *g, const void *p)
{
    return (guint64)((const char *)p - (const char *)g->header);
}

/* Behind the bytes of ASCII at `at`; ends at `end`. */
static const char *skip_ascii(const char *at, const char *end)
{
    guint64 eight;
    while (end - at >= 8 && (memcpy(&eight, at, 8), (eight & 0x8080808080808080u) == 0))
        at += 8;
    while (at < end && (guchar)*at < 0x80)
        at++;
    return at;
}

/* Text that ends in NUL: any offset within is the start of a string that ends within. */
static gboolean text_is_sound(const im_gazetteer *g, gaz_section_id id, gboolean utf8, fault *f)
{
    guint32 n;
    const char *text = section(g, id, &n), *end = text + n;
    if (n == 0 || text[n - 1] != '\0')
        return wrong(f, byte_at(g, text), "text without an end");
    if (!utf8)
        return TRUE;
    for (const char *at = skip_ascii(text, end); at < end; at = skip_ascii(at, end)) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        if (c == (gunichar)-1 || c == (gunichar)-2)
            return wrong(f, byte_at(g, at), "invalid UTF-8");
        at = g_utf8_next_char(at);
    }
    return TRUE;
}

/* Whether a shown string may begin there: not within a character. */
static gboolean is_name(const im_gazetteer *g, guint32 offset)
{
    return offset == 0 || (offset < g->header->sections[GAZ_NAMES].size &&
                           ((guchar)g->names[offset] & 0xC0) != 0x80);
}

static gboolean features_are_sound(const im_gazetteer *g, fault *f)
{
    for (guint32 i = 0; i < g->n_features; i++)
        if (!is_name(g, g->features[i]))
            return wrong(f, byte_at(g, &g->features[i]), "a feature code outside of the names");
    return TRUE;
}

static im_place_id first_of_kind(const im_gazetteer *g, guint kind)
{
    guint32 low = 0, high = g->n_places;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        if (g->places[middle].kind < kind)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gaz_range range_of_kind(const im_gazetteer *g, im_place_kind kind)
{
    im_place_id first = first_of_kind(g, kind);
    return (gaz_range){first, first_of_kind(g, kind + 1u) - first};
}

static gboolean is_none_or_in(im_place_id id, gaz_range range)
{
    return id - range.first < range.n || id == IM_PLACE_NONE;
}

static gboolean place_is_sound(const im_gazetteer *g, const gaz_place *p)
{
    return is_name(g, p->name) && is_name(g, p->code) && is_name(g, p->iso3166_2) &&
           p->feature < g->n_features && (guint32)p->lon_e5 + 18000000u <= 36000000 &&
           (guint32)p->lat_e5 + 9000000u <= 18000000 && p->radius_km >= 0 &&
           p->radius_km <= 20100 && is_none_or_in(p->country, g->of_kind[IM_PLACE_COUNTRY]) &&
           is_none_or_in(p->admin1, g->of_kind[IM_PLACE_ADMIN1]) &&
           is_none_or_in(p->admin2, g->of_kind[IM_PLACE_ADMIN2]);
}

static gboolean places_are_sound(im_gazetteer *g, fault *f)
{
    guint64 seen = 0;
    for (guint kind = IM_PLACE_COUNTRY; kind <= IM_PLACE_AIRPORT; kind++) {
        g->of_kind[kind] = range_of_kind(g, (im_place_kind)kind);
        seen += g->of_kind[kind].n;
    }
    if (seen != g->n_places)
        return wrong(f, byte_at(g, g->places), "places of no kind");
    for (guint kind = IM_PLACE_COUNTRY; kind <= IM_PLACE_AIRPORT; kind++) {
        const gaz_place *p = g->places + g->of_kind[kind].first, *end = p + g->of_kind[kind].n;
        for (; p < end; p++)
            if (p->kind != kind || !place_is_sound(g, p))
                return wrong(f, byte_at(g, p), "a place that cannot be");
    }
    return TRUE;
}

static gboolean codes_are_sound(const im_gazetteer *g, fault *f)
{
    for (guint32 i = 0; i < g->n_codes; i++)
        if (g->codes[i] >= g->n_places)
            return wrong(f, byte_at(g, &g->codes[i]), "a code of no place");
    return TRUE;
}

static gboolean readings_are_sound(const im_gazetteer *g, fault *f)
{
    for (guint32 i = 0; i < g->n_readings; i++) {
        const im_reading *r = &g->readings[i];
        if (r->place >= g->n_places || r->kind == IM_NAME_NONE || r->kind > IM_NAME_DEMONYM)
            return wrong(f, byte_at(g, r), "a reading of no place");
    }
    return TRUE;
}

static gboolean keys_are_sound(const im_gazetteer *g, fault *f)
{
    guint64 text_size = g->header->sections[GAZ_KEY_TEXT].size;
    guint32 first = 0;
    for (guint32 i = 0; i < g->n_keys; i++) {
        const gaz_key *k = &g->keys[i];
        if (k->text >= text_size || k->first < first || k->first > g->n_readings)
            return wrong(f, byte_at(g, k), "a key without text or readings");
        first = k->first;
    }
    if (g->keys[g->n_keys].first != g->n_readings)
        return wrong(f, byte_at(g, &g->keys[g->n_keys]), "the last key does not end the readings");
    return TRUE;
}

static gboolean heads_are_sound(const im_gazetteer *g, fault *f)
{
    guint64 text_size = g->header->sections[GAZ_KEY_TEXT].size;
    for (guint32 i = 0; i < g->n_heads; i++) {
        const gaz_head *h = &g->heads[i];
        if (h->text >= text_size || h->len > text_size - h->text || h->words > IM_KEY_MAX_WORDS)
            return wrong(f, byte_at(g, h), "a first word outside of the keys");
    }
    return TRUE;
}

static gboolean index_is_sound(const im_gazetteer *g, gaz_section_id id, guint32 n_entries,
                               gaz_index *index, fault *f)
{
    guint32 n, last = 0;
    const guint32 *buckets = (const guint32 *)(const void *)section(g, id, &n);
    if (n < 2 || ((n - 1) & (n - 2)) != 0)
        return wrong(f, byte_at(g, buckets), "buckets that are no power of two");
    for (guint32 i = 0; i < n; last = buckets[i], i++)
        if (buckets[i] < last || buckets[i] > n_entries)
            return wrong(f, byte_at(g, &buckets[i]), "a bucket outside of its table");
    index->buckets = buckets;
    index->bits = g_bit_storage(n - 1) - 1;
    return TRUE;
}

#define TABLE(type, id, n) ((const type *)(const void *)section(g, (id), (n)))

static void find_tables(im_gazetteer *g)
{
    guint32 unused;
    g->names = section(g, GAZ_NAMES, &unused);
    g->key_text = section(g, GAZ_KEY_TEXT, &unused);
    g->sources = section(g, GAZ_SOURCES, &unused);
    g->credit = section(g, GAZ_CREDIT, &unused);
    g->features = TABLE(guint32, GAZ_FEATURES, &g->n_features);
    g->places = TABLE(gaz_place, GAZ_PLACES, &g->n_places);
    g->codes = TABLE(im_place_id, GAZ_CODES, &g->n_codes);
    g->readings = TABLE(im_reading, GAZ_READINGS, &g->n_readings);
    g->keys = TABLE(gaz_key, GAZ_KEYS, &g->n_keys);
    g->heads = TABLE(gaz_head, GAZ_HEADS, &g->n_heads);
}

static gboolean is_sound(im_gazetteer *g, fault *f)
{
    if (!header_is_sound(g, f) || !sections_are_sound(g, f))
        return FALSE;
    find_tables(g);
    if (g->n_keys-- == 0)
        return wrong(f, byte_at(g, g->keys), "no end of the keys");
    return text_is_sound(g, GAZ_NAMES, TRUE, f) && text_is_sound(g, GAZ_KEY_TEXT, FALSE, f) &&
           text_is_sound(g, GAZ_SOURCES, TRUE, f) && text_is_sound(g, GAZ_CREDIT, TRUE, f) &&
           features_are_sound(g, f) && places_are_sound(g, f) && codes_are_sound(g, f) &&
           readings_are_sound(g, f) && keys_are_sound(g, f) && heads_are_sound(g, f) &&
           index_is_sound(g, GAZ_KEY_BUCKETS, g->n_keys, &g->key_index, f) &&
           index_is_sound(g, GAZ_HEAD_BUCKETS, g->n_heads, &g->head_index, f);
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
    g_autoptr(im_gazetteer) g = g_new0(im_gazetteer, 1);
    g->bytes = g_bytes_ref(bytes);
    g->header = (const gaz_header *)g_bytes_get_data(bytes, NULL);
    g_assert((gsize)(const void *)g->header % 8 == 0);
    fault f = {0};
    if (!is_sound(g, &f)) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s: byte %" G_GUINT64_FORMAT ": %s", label,
                    f.at, f.what);
        return NULL;
    }
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
    g_free(gazetteer);
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
