/* What is made of a record when it is told: its short title and its id; and the order of all. */
#include "base/digits.h"
#include "incident/content.h"
#include "incident/priv.h"

#include <string.h>

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
static char *make_id(const im_incident *r, GChecksum *sum, GString *key)
{
    enum { ID_LETTERS = 12 };
    const char *const iso = r->iso ? r->iso : "", *const admin1 = r->admin1 ? r->admin1 : "",
                      *const location = r->location ? r->location : "";
    char start[IM_DAY_ISO_SIZE];
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
    return g_strndup(g_checksum_get_string(sum), ID_LETTERS);
}

struct im_finishing {
    GChecksum *sum;
    GString *key;
    GArray *order;
    GHashTable *firsts; /* id → the first record of it, NULL where it is among the doubles */
    GPtrArray *doubles; /* of im_incident *, borrowed: those that have their id with others */
};

im_finishing *im_finishing_begin(void)
{
    im_finishing *f = g_new(im_finishing, 1);
    *f = (im_finishing){g_checksum_new(G_CHECKSUM_MD5), g_string_new(NULL), im_order_new(),
                        g_hash_table_new(g_str_hash, g_str_equal), g_ptr_array_new()};
    return f;
}

static void note_id(im_finishing *f, im_incident *r)
{
    gpointer first = NULL;
    if (!g_hash_table_lookup_extended(f->firsts, r->id, NULL, &first)) {
        g_hash_table_insert(f->firsts, r->id, r);
        return;
    }
    if (first) {
        g_ptr_array_add(f->doubles, first);
        g_hash_table_insert(f->firsts, r->id, NULL);
    }
    g_ptr_array_add(f->doubles, r);
}

void im_finishing_add(im_finishing *f, im_incident *r)
{
    g_free(r->title);
    g_free(r->id);
    r->title = im_incident_make_title(r);
    r->id = make_id(r, f->sum, f->key);
    note_id(f, r);
    im_order_add(f->order, r);
}

/* Tells records of one id apart, in the order in which they are listed. */
static void number_doubles(GPtrArray *doubles)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    im_incidents_sort(doubles);
    for (guint i = 0; i < doubles->len; i++) {
        im_incident *r = doubles->pdata[i];
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, r->id)) + 1;
        g_hash_table_insert(seen, r->id, GUINT_TO_POINTER(n)); /* keeps the id of the first */
        if (n == 1)
            continue;
        char *id = g_strdup_printf("%s-%u", r->id, n);
        g_free(r->id);
        r->id = id;
    }
}

void im_finishing_drop(im_finishing *f)
{
    g_checksum_free(f->sum);
    g_string_free(f->key, TRUE);
    g_array_unref(f->order);
    g_hash_table_unref(f->firsts);
    g_ptr_array_unref(f->doubles);
    g_free(f);
}

void im_finishing_end(im_finishing *f, GPtrArray *incidents)
{
    im_order_apply(f->order, incidents);
    number_doubles(f->doubles);
    im_finishing_drop(f);
}

void im_incidents_finish(GPtrArray *incidents)
{
    im_finishing *f = im_finishing_begin();
    for (guint i = 0; i < incidents->len; i++)
        im_finishing_add(f, incidents->pdata[i]);
    im_finishing_end(f, incidents);
}
