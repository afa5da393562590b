/* The strings that are made from a record: its short title and its id. */
#include "incident/priv.h"

#include <string.h>

/* What a legend and a title call a type: one of it, several, what befell its things. */
static const struct {
    const char *one, *many;
} nouns[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_ATTACK] = {"attack", "attacks"},
    [IM_INCIDENT_ARMED_CLASH] = {"armed clash", "armed clashes"},
    [IM_INCIDENT_KILLING] = {"killing", "killings"},
    [IM_INCIDENT_EXPLOSION] = {"explosion", "explosions"},
    [IM_INCIDENT_KIDNAPPING] = {"person kidnapped", "people kidnapped"},
    [IM_INCIDENT_ARSON] = {"arson attack", "set on fire"},
    [IM_INCIDENT_LOOTING] = {"looting", "looted"},
    [IM_INCIDENT_ROADBLOCK] = {"roadblock", "roadblocks"},
    [IM_INCIDENT_PROTEST] = {"protest", "protests"},
    [IM_INCIDENT_DISRUPTION] = {"disruption", "suspended or closed"},
    [IM_INCIDENT_OPERATION] = {"security operation", "security operations"},
    [IM_INCIDENT_ARREST] = {"arrest", "arrests"},
    [IM_INCIDENT_DEPLOYMENT] = {"deployment", "security personnel deployed"},
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

static void append_number(GString *out, int n)
{
    g_autofree char *digits = g_strdup_printf("%d", n);
    gsize len = strlen(digits);
    for (gsize i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
}

static void append_what(GString *out, const im_incident *r)
{
    const char *one = nouns[r->type].one, *many = nouns[r->type].many;
    if (r->count > 1) {
        g_string_append(out, bound_words(r->count_bound));
        append_number(out, r->count);
        g_string_append_printf(out, " %s", many);
    } else if (r->type == IM_INCIDENT_KIDNAPPING && r->count == IM_UNKNOWN) {
        g_string_append(out, "kidnapping");
    } else {
        g_string_append(out, one);
    }
}

static void append_people(GString *out, const im_incident *r)
{
    if (r->type == IM_INCIDENT_ARREST && r->arrested > 0) {
        append_number(out, r->arrested);
        g_string_append(out, " arrested");
        return;
    }
    if (r->deaths_best > 0) {
        append_number(out, r->deaths_best);
        g_string_append_printf(out, " %s killed", victims(r));
        if (r->type == IM_INCIDENT_KILLING)
            return;
        g_string_append(out, " in ");
    }
    append_what(out, r);
    if (r->injured > 0) {
        g_string_append(out, ", ");
        append_number(out, r->injured);
        g_string_append(out, " injured");
    }
}

static char *make_title(const im_incident *r)
{
    GString *out = g_string_new(NULL);
    append_people(out, r);
    out->str[0] = g_ascii_toupper(out->str[0]);
    return g_string_free(out, FALSE);
}

/* Type, place and date say which incident it is (spec/incident.md: one record per type, place and
 * date), so they make its id: the same incident has the same id in any run. */
static char *make_id(const im_incident *r)
{
    char start[IM_DAY_ISO_SIZE];
    g_autofree char *key =
        g_strdup_printf("%s|%s|%s|%s|%s|%u", im_incident_type_name(r->type),
                        im_day_format_iso(r->date_start, start), r->iso ? r->iso : "",
                        r->admin1 ? r->admin1 : "", r->location ? r->location : "", r->place_id);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, key, -1);
    return g_strndup(digest, 12);
}

static void set_title_and_id(im_incident *r)
{
    g_free(r->title);
    g_free(r->id);
    r->title = make_title(r);
    r->id = make_id(r);
}

static void number_doubles(GPtrArray *incidents)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *r = incidents->pdata[i];
        guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, r->id)) + 1;
        g_hash_table_insert(seen, g_strdup(r->id), GUINT_TO_POINTER(n));
        if (n == 1)
            continue;
        char *id = g_strdup_printf("%s-%u", r->id, n);
        g_free(r->id);
        r->id = id;
    }
}

void im_incidents_finish(GPtrArray *incidents)
{
    for (guint i = 0; i < incidents->len; i++)
        set_title_and_id(incidents->pdata[i]);
    g_ptr_array_sort(incidents, im_incident_compare);
    number_doubles(incidents);
}
