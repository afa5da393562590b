/* What is made of a record when it is told: its short title and its id; and the order of all. */
#include "base/digits.h"
#include "incident/content.h"
#include "incident/priv.h"

#include <string.h>

enum { ID_LETTERS = 12 };

/* What a legend and a title call a type: one of it, several; and, where those are things and persons, what befell them. */
static const struct {
    const char *one, *many, *deed;
} nouns[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_NONE] = {"incident", "incidents", NULL},
    [IM_INCIDENT_ATTACK] = {"attack", "attacks", NULL},
    [IM_INCIDENT_ARMED_CLASH] = {"armed clash", "armed clashes", NULL},
    [IM_INCIDENT_KILLING] = {"killing", "killings", NULL},
    [IM_INCIDENT_EXPLOSION] = {"explosion", "explosions", NULL},
    [IM_INCIDENT_KIDNAPPING] = {"person kidnapped", "people kidnapped", "kidnapping"},
    [IM_INCIDENT_ARSON] = {"arson attack", "vehicles or buildings set on fire", "arson attack"},
    [IM_INCIDENT_LOOTING] = {"looting", "shops or vehicles looted", "looting"},
    [IM_INCIDENT_ROADBLOCK] = {"roadblock", "roadblocks", NULL},
    [IM_INCIDENT_PROTEST] = {"protest", "protests", NULL},
    [IM_INCIDENT_DISRUPTION] = {"disruption", "closures or suspensions", "disruption"},
    [IM_INCIDENT_OPERATION] = {"security operation", "security operations", NULL},
    [IM_INCIDENT_ARREST] = {"arrest", "arrests", NULL},
    [IM_INCIDENT_DEPLOYMENT] = {"deployment", "security personnel deployed", "deployment"},
};

static const char *bound_words(im_count_bound bound)
{
    switch (bound) {
    case IM_BOUND_AT_LEAST:
        return "at least ";
    case IM_BOUND_ABOUT:
        return "about ";
    case IM_BOUND_AT_MOST:
        return "up to ";
    default:
        return "";
    }
}

static const char *victims(const im_incident *r)
{
    gboolean one = r->deaths_best == 1;
    if (r->deaths_security == r->deaths_best)
        return one ? "member of the security forces" : "members of the security forces";
    if (r->deaths_suspects == r->deaths_best)
        return one ? "suspect" : "suspects";
    if (r->deaths_civilians == r->deaths_best)
        return one ? "civilian" : "civilians";
    return one ? "person" : "people";
}

/* Room for the longest of titles: two counts, a bound and three phrases of `nouns`. */
enum { TITLE_ROOM = 256 };

static char *put_count(char *at, int n)
{
    char digits[IM_DIGITS_MAX];
    gsize len = (gsize)(im_put_uint(digits, (guint64)MAX(n, 0)) - digits);
    for (gsize i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            *at++ = ',';
        *at++ = digits[i];
    }
    return at;
}

static char *put_what(char *at, const im_incident *r)
{
    const char *one = nouns[r->type].one, *many = nouns[r->type].many;
    if (r->count > 1) {
        at = put_count(stpcpy(at, bound_words(r->count_bound)), r->count);
        return stpcpy(stpcpy(at, " "), many);
    }
    gboolean some = r->type == IM_INCIDENT_KIDNAPPING && r->count == IM_UNKNOWN;
    return stpcpy(at, some ? nouns[r->type].deed : one);
}

static char *put_people(char *at, const im_incident *r)
{
    if (r->type == IM_INCIDENT_ARREST && r->arrested > 0)
        return stpcpy(put_count(at, r->arrested), " arrested");
    if (r->deaths_best > 0) {
        at = stpcpy(put_count(at, r->deaths_best), " ");
        at = stpcpy(stpcpy(at, victims(r)), " killed");
        if (r->type == IM_INCIDENT_KILLING)
            return at;
        at = stpcpy(at, " in ");
    }
    const char *deed = nouns[r->type].deed; /* nobody dies in 4 vehicles set on fire */
    at = deed && r->deaths_best > 0 ? stpcpy(at, deed) : put_what(at, r);
    if (r->injured > 0)
        at = stpcpy(put_count(stpcpy(at, ", "), r->injured), " injured");
    return at;
}

char *im_incident_make_title(const im_incident *r)
{
    char title[TITLE_ROOM];
    *put_people(title, r) = '\0';
    title[0] = g_ascii_toupper(title[0]);
    return g_strdup(title);
}

/* Type, place and date say which incident it is (spec/incident.md: one record per type, place and
 * date), so they make its id: the same incident has the same id in any run. It tells records apart and
 * guards nothing; what made one id on purpose is told apart by number_doubles(). */
static guint64 find_id(const im_incident *r, GChecksum *sum, GString *key)
{
    const char *const iso = r->iso ? r->iso : "", *const admin1 = r->admin1 ? r->admin1 : "",
                      *const location = r->location ? r->location : "";
    char start[IM_DAY_ISO_SIZE];
    guint8 digest[16];
    gsize size = sizeof digest;
    guint64 id = 0;
    g_string_truncate(key, 0);
    char *at = im_room(key, TITLE_ROOM + strlen(iso) + strlen(admin1) + strlen(location));
    at = stpcpy(stpcpy(at, im_incident_type_name(r->type)), "|");
    at = stpcpy(stpcpy(at, im_day_format_iso(r->date_start, start)), "|");
    at = stpcpy(stpcpy(at, iso), "|");
    at = stpcpy(stpcpy(at, admin1), "|");
    at = stpcpy(stpcpy(at, location), "|");
    im_take_room(key, im_put_uint(at, r->place_id));
    g_checksum_reset(sum);
    g_checksum_update(sum, (const guchar *)key->str, (gssize)key->len);
    g_checksum_get_digest(sum, digest, &size);
    for (guint i = 0; i < ID_LETTERS / 2; i++)
        id = id << 8 | digest[i];
    return id;
}

static char *id_text(guint64 id)
{
    char *text = g_malloc(ID_LETTERS + 1), *at = text + ID_LETTERS;
    *at = '\0';
    for (; at > text; id >>= 4)
        *--at = "0123456789abcdef"[id & 15];
    return text;
}

/* A record and its id as a number. */
typedef struct numbered {
    guint64 id;
    im_incident *record;
} numbered;

struct im_finishing {
    GChecksum *sum;
    GString *key;
    GArray *order, *ids; /* of numbered */
};

im_finishing *im_finishing_begin(void)
{
    enum { USUAL_RECORDS = 16, USUAL_KEY = 512 };
    im_finishing *f = g_new(im_finishing, 1);
    *f = (im_finishing){g_checksum_new(G_CHECKSUM_MD5), g_string_sized_new(USUAL_KEY),
                        im_order_new(),
                        g_array_sized_new(FALSE, FALSE, sizeof(numbered), USUAL_RECORDS)};
    return f;
}

void im_finishing_add(im_finishing *f, im_incident *r)
{
    const numbered n = {find_id(r, f->sum, f->key), r};
    g_free(r->title);
    g_free(r->id);
    r->title = im_incident_make_title(r);
    r->id = id_text(n.id);
    g_array_append_val(f->ids, n);
    im_order_add(f->order, r);
}

static int by_id(const void *x, const void *y)
{
    const numbered *a = x, *b = y;
    return a->id == b->id ? im_incident_compare(&a->record, &b->record) : a->id < b->id ? -1 : 1;
}

/* Tells records of one id apart, in the order in which they are listed; the first keeps it. */
static void number_doubles(GArray *ids)
{
    const numbered *n = (const numbered *)(gpointer)ids->data;
    g_array_sort(ids, by_id);
    for (guint i = 1, nth = 1; i < ids->len; i++) {
        nth = n[i].id == n[i - 1].id ? nth + 1 : 1;
        if (nth == 1)
            continue;
        char *id = g_strdup_printf("%s-%u", n[i].record->id, nth);
        g_free(n[i].record->id);
        n[i].record->id = id;
    }
}

void im_finishing_drop(im_finishing *f)
{
    g_checksum_free(f->sum);
    g_string_free(f->key, TRUE);
    g_array_unref(f->order);
    g_array_unref(f->ids);
    g_free(f);
}

void im_finishing_end(im_finishing *f, GPtrArray *incidents)
{
    im_order_apply(f->order, incidents);
    number_doubles(f->ids);
    im_finishing_drop(f);
}

void im_incidents_finish(GPtrArray *incidents)
{
    im_finishing *f = im_finishing_begin();
    for (guint i = 0; i < incidents->len; i++)
        im_finishing_add(f, incidents->pdata[i]);
    im_finishing_end(f, incidents);
}
