/* The order in which records are listed. */
#include "incident/content.h"
#include "incident/priv.h"

#include <string.h>

static int compare_days(im_day a, im_day b)
{
    if (a == IM_DAY_NONE || b == IM_DAY_NONE)
        return (a == IM_DAY_NONE) - (b == IM_DAY_NONE); /* undated last */
    return (a > b) - (a < b);
}

/* Records that were not merged may share an id: the report and the place in it tell them apart. */
static int compare_first_source(const im_incident *x, const im_incident *y)
{
    if (x->sources->len == 0 || y->sources->len == 0)
        return (x->sources->len > 0) - (y->sources->len > 0);
    const im_source *a = x->sources->pdata[0], *b = y->sources->pdata[0];
    int order = g_strcmp0(a->report, b->report);
    return order ? order : (a->char_start > b->char_start) - (a->char_start < b->char_start);
}

int im_incident_compare(const void *a, const void *b)
{
    const im_incident *x = *(im_incident *const *)a, *y = *(im_incident *const *)b;
    int order = compare_days(x->date_start, y->date_start);
    order = order ? order : g_strcmp0(x->country, y->country);
    order = order ? order : g_strcmp0(x->admin1, y->admin1);
    order = order ? order : g_strcmp0(x->location, y->location);
    order = order ? order : (x->type > y->type) - (x->type < y->type);
    order = order ? order : g_strcmp0(x->id, y->id);
    order = order ? order : compare_first_source(x, y);
    return order ? order : im_incident_compare_content(x, y);
}

/* The beginning of what decides the order, with the record behind it: most are told apart without a look at
 * the records, which are all over the memory. */
typedef struct place_in_order {
    guint64 first[3];
    im_incident *record;
} place_in_order;

/* Bytes that are ordered as what was put into them: date, country, admin1, location, as far as they go. */
typedef struct key_bytes {
    guchar bytes[3 * sizeof(guint64)];
    gsize len;
} key_bytes;

static void put_bytes(key_bytes *key, const void *bytes, gsize len)
{
    gsize fits = MIN(len, sizeof key->bytes - key->len);
    memcpy(key->bytes + key->len, bytes, fits);
    key->len += fits;
}

/* With its NUL, which is before any letter; an empty one is behind one that is not there. */
static void put_text(key_bytes *key, const char *text)
{
    if (!text)
        put_bytes(key, "", 1);
    else if (!*text)
        put_bytes(key, "\1", 2);
    else
        put_bytes(key, text, strlen(text) + 1);
}

static place_in_order place_of(im_incident *r)
{
    const guint32 date =
        GUINT32_TO_BE(r->date_start == IM_DAY_NONE ? G_MAXUINT32 : (guint32)r->date_start);
    key_bytes key = {.len = 0};
    put_bytes(&key, &date, sizeof date);
    put_text(&key, r->country);
    put_text(&key, r->admin1);
    put_text(&key, r->location);
    place_in_order place = {.record = r};
    memcpy(place.first, key.bytes, sizeof place.first);
    for (guint i = 0; i < G_N_ELEMENTS(place.first); i++)
        place.first[i] = GUINT64_FROM_BE(place.first[i]);
    return place;
}

static int by_place(const void *x, const void *y)
{
    const place_in_order *a = x, *b = y;
    for (guint i = 0; i < G_N_ELEMENTS(a->first); i++)
        if (a->first[i] != b->first[i])
            return a->first[i] < b->first[i] ? -1 : 1;
    return im_incident_compare(&a->record, &b->record);
}

GArray *im_order_new(void)
{
    enum { USUAL_RECORDS = 16 };
    return g_array_sized_new(FALSE, FALSE, sizeof(place_in_order), USUAL_RECORDS);
}

void im_order_add(GArray *order, im_incident *r)
{
    const place_in_order place = place_of(r);
    g_array_append_val(order, place);
}

void im_order_apply(GArray *order, GPtrArray *incidents)
{
    g_array_sort(order, by_place);
    for (guint i = 0; i < incidents->len; i++)
        incidents->pdata[i] = g_array_index(order, place_in_order, i).record;
}

void im_incidents_sort(GPtrArray *incidents)
{
    g_autoptr(GArray) order = im_order_new();
    for (guint i = 0; i < incidents->len; i++)
        im_order_add(order, incidents->pdata[i]);
    im_order_apply(order, incidents);
}
