/* Draft → bytes. Everything is sorted by a total order: the same draft gives the same bytes. */
#include "gazetteer/checksum.h"
#include "gazetteer/compile.h"

#include <math.h>
#include <string.h>

typedef struct packer {
    draft *d;
    GByteArray **sections;
    GHashTable *offsets; /* text → offset in names + 1; borrowed from the draft */
} packer;

static guint32 name_offset(packer *p, const char *text)
{
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(p->offsets, text));
    if (found)
        return found - 1;
    GByteArray *names = p->sections[GAZ_NAMES];
    guint32 offset = names->len;
    g_byte_array_append(names, (const guint8 *)text, (guint)strlen(text) + 1);
    g_hash_table_insert(p->offsets, (gpointer)text, GUINT_TO_POINTER(offset + 1));
    return offset;
}

static guint16 feature_index(packer *p, const char *feature)
{
    guint32 name = name_offset(p, feature);
    GByteArray *features = p->sections[GAZ_FEATURES];
    guint n = features->len / (guint)sizeof name;
    const guint32 *known = (const guint32 *)(const void *)features->data;
    for (guint i = 0; i < n; i++)
        if (known[i] == name)
            return (guint16)i;
    g_byte_array_append(features, (const guint8 *)&name, sizeof name);
    return (guint16)n;
}

static int code_order(gconstpointer a, gconstpointer b, gpointer data)
{
    const draft *d = data;
    return strcmp(draft_at(d, *(const im_place_id *)a)->code,
                  draft_at(d, *(const im_place_id *)b)->code);
}

static void pack_codes(packer *p)
{
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(im_place_id));
    for (im_place_id id = 0; id < p->d->places->len; id++) {
        const draft_place *place = draft_at(p->d, id);
        if (*place->code && place->kind != IM_PLACE_AIRPORT)
            g_array_append_val(codes, id);
    }
    g_array_sort_with_data(codes, code_order, p->d);
    g_byte_array_append(p->sections[GAZ_CODES], (const guint8 *)codes->data,
                        codes->len * (guint)sizeof(im_place_id));
}

static void pack_places(packer *p)
{
    /* Feature codes stand first: opening reads them, and so few pages. */
    name_offset(p, "");
    for (im_place_id id = 0; id < p->d->places->len; id++)
        feature_index(p, draft_at(p->d, id)->feature);
    for (im_place_id id = 0; id < p->d->places->len; id++) {
        const draft_place *place = draft_at(p->d, id);
        gaz_place packed = {
            .name = name_offset(p, place->name),
            .code = name_offset(p, place->code),
            .iso3166_2 = name_offset(p, place->iso3166_2),
            .lon_e5 = (gint32)lround(place->position.lon_deg * 1e5),
            .lat_e5 = (gint32)lround(place->position.lat_deg * 1e5),
            .radius_km = (float)place->radius_km,
            .geonameid = place->geonameid,
            .population = place->population,
            .country = place->country,
            .admin1 = place->admin1,
            .admin2 = place->admin2,
            .feature = feature_index(p, place->feature),
            .kind = (guint8)place->kind,
        };
        g_byte_array_append(p->sections[GAZ_PLACES], (const guint8 *)&packed, sizeof packed);
    }
}

/* The places are in the order of their kinds. */
static void pack_kinds(const draft *d, GByteArray *out)
{
    guint32 id = 0;
    for (guint kind = 0; kind <= GAZ_N_KINDS; kind++) {
        while (id < d->places->len && draft_at(d, id)->kind < kind)
            id++;
        g_byte_array_append(out, (const guint8 *)&id, sizeof id);
    }
}

static void append_text(GByteArray *section, const char *text)
{
    g_byte_array_append(section, (const guint8 *)text, (guint)strlen(text) + 1);
}

static void pad(GByteArray *file)
{
    static const guint8 zeros[8];
    g_byte_array_append(file, zeros, (8 - file->len % 8) % 8);
}

/* Joins the sections behind a header. */
static GByteArray *assemble(GByteArray *const *sections)
{
    gaz_header header = {.magic = GAZ_MAGIC, .version = GAZ_VERSION, .byte_order = GAZ_BYTE_ORDER};
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, (const guint8 *)&header, sizeof header);
    for (guint i = 0; i < GAZ_N_SECTIONS; i++) {
        pad(file);
        header.sections[i] = (gaz_section){file->len, sections[i]->len};
        g_byte_array_append(file, sections[i]->data, sections[i]->len);
    }
    pad(file);
    header.file_size = file->len;
    header.checksum =
        gaz_checksum(0, (const char *)file->data + sizeof header, file->len - sizeof header);
    memcpy(file->data, &header, sizeof header);
    return file;
}

GByteArray *draft_pack(draft *d)
{
    GByteArray *sections[GAZ_N_SECTIONS];
    for (guint i = 0; i < GAZ_N_SECTIONS; i++)
        sections[i] = g_byte_array_new();
    packer p = {.d = d, .sections = sections, .offsets = g_hash_table_new(g_str_hash, g_str_equal)};
    pack_places(&p);
    pack_kinds(d, sections[GAZ_KINDS]);
    pack_codes(&p);
    draft_pack_names(d, sections);
    append_text(sections[GAZ_SOURCES], d->sources);
    append_text(sections[GAZ_CREDIT], d->credit);
    GByteArray *file = assemble(sections);
    g_hash_table_unref(p.offsets);
    for (guint i = 0; i < GAZ_N_SECTIONS; i++)
        g_byte_array_unref(sections[i]);
    return file;
}
