#include "map/words.h"

#include "incident/content.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *legend, *one, *many;
} TYPES[IM_INCIDENT_N_TYPES] = {
    [IM_INCIDENT_NONE] = {"Incident", "incident", "incidents"},
    [IM_INCIDENT_ATTACK] = {"Attack", "attack", "attacks"},
    [IM_INCIDENT_ARMED_CLASH] = {"Armed clash", "armed clash", "armed clashes"},
    [IM_INCIDENT_KILLING] = {"Killing", "killing", "killings"},
    [IM_INCIDENT_EXPLOSION] = {"Explosion", "explosion", "explosions"},
    [IM_INCIDENT_KIDNAPPING] = {"Kidnapping", "kidnapping", "kidnappings"},
    [IM_INCIDENT_ARSON] = {"Arson", "arson attack", "arson attacks"},
    [IM_INCIDENT_LOOTING] = {"Looting", "looting", "looting"},
    [IM_INCIDENT_ROADBLOCK] = {"Roadblock", "roadblock", "roadblocks"},
    [IM_INCIDENT_PROTEST] = {"Protest", "protest", "protests"},
    [IM_INCIDENT_DISRUPTION] = {"Closure or suspension", "disruption", "disruptions"},
    [IM_INCIDENT_OPERATION] = {"Security operation", "security operation", "security operations"},
    [IM_INCIDENT_ARREST] = {"Arrest", "arrest", "arrests"},
    [IM_INCIDENT_DEPLOYMENT] = {"Deployment of forces", "deployment", "deployments"},
};

static im_incident_type known_type(im_incident_type type)
{
    return type < IM_INCIDENT_N_TYPES ? type : IM_INCIDENT_NONE;
}

const char *im_words_type(im_incident_type type)
{
    return TYPES[known_type(type)].legend;
}

char *im_words_number(int n)
{
    g_autofree char *digits = g_strdup_printf("%d", n);
    gsize len = strlen(digits);
    GString *out = g_string_new(NULL);
    for (gsize i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
    return g_string_free(out, FALSE);
}

char *im_words_short_number(guint n)
{
    static const char UNITS[] = "kMG";
    if (n < 1000)
        return g_strdup_printf("%u", n);
    double value = n / 1000.0;
    guint unit = 0;
    for (; value >= 999.5 && unit < 2; unit++)
        value /= 1000;
    const gboolean tenths = value < 9.95 && lround(value * 10) % 10 != 0;
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, tenths ? "%.1f" : "%.0f", value);
    return g_strdup_printf("%s%c", digits, UNITS[unit]);
}

static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

char *im_words_period(im_day start, im_day end)
{
    if (start == IM_DAY_NONE)
        start = end;
    if (end == IM_DAY_NONE)
        end = start;
    if (start == IM_DAY_NONE)
        return g_strdup("");
    int y0, m0, d0, y1, m1, d1;
    im_day_to_ymd(start, &y0, &m0, &d0);
    im_day_to_ymd(end, &y1, &m1, &d1);
    if (start == end)
        return g_strdup_printf("%d %s %d", d1, MONTHS[m1 - 1], y1);
    if (y0 != y1)
        return g_strdup_printf("%d %s %d – %d %s %d", d0, MONTHS[m0 - 1], y0, d1, MONTHS[m1 - 1],
                               y1);
    if (m0 != m1)
        return g_strdup_printf("%d %s – %d %s %d", d0, MONTHS[m0 - 1], d1, MONTHS[m1 - 1], y1);
    return g_strdup_printf("%d–%d %s %d", d0, d1, MONTHS[m1 - 1], y1);
}

/* Whether all of `part` stands in `whole` as words: `Zitácuaro` in `Heróica Zitácuaro`. */
static gboolean stands_in(const char *part, const char *whole)
{
    const char *at = strstr(whole, part);
    if (!at || !*part)
        return FALSE;
    const char *end = at + strlen(part);
    return (at == whole || at[-1] == ' ') && (*end == '\0' || *end == ' ');
}

/* The words of the report, without `near` or `outside`, where they are a part of the official name. */
static const char *everyday_name(const im_incident *incident)
{
    const char *words = incident->place_text;
    while (incident->location && words && *words) {
        if (g_unichar_isupper(g_utf8_get_char(words)) && stands_in(words, incident->location))
            return words;
        const char *space = strchr(words, ' ');
        words = space ? space + 1 : NULL;
    }
    return NULL;
}

const char *im_words_place(const im_incident *incident)
{
    const char *everyday = everyday_name(incident);
    if (everyday)
        return everyday;
    const char *names[] = {incident->location, incident->admin2, incident->admin1,
                           incident->country, incident->place_text};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] && *names[i])
            return names[i];
    return "unknown place";
}

/* How many incidents there are of each type, most frequent first. */
typedef struct type_count {
    im_incident_type type;
    guint n;
} type_count;

static gint compare_counts(gconstpointer a, gconstpointer b)
{
    const type_count *p = a, *q = b;
    if (p->n != q->n)
        return p->n > q->n ? -1 : 1;
    return p->type < q->type ? -1 : p->type > q->type;
}

/* What is asked of all incidents, gathered in one pass: there may be half a million. */
typedef struct tally {
    guint of_type[IM_INCIDENT_N_TYPES];
    gboolean several[IM_INCIDENT_N_TYPES]; /* one record of the type tells of several */
    gint64 deaths_in[IM_INCIDENT_N_TYPES];
    guint n_spots, n_states;
    im_day start, end;  /* of what has happened, where anything has */
    gint64 deaths;      /* of all, without regard to parts */
    gboolean has_parts; /* some say that they are part of another */
} tally;

/* Distinct spots; a fact about a state is at the state. */
typedef struct places {
    GHashTable *states, *spots;
} places;

static void add_place(const places *p, const im_incident *incident)
{
    if (incident->geo_level == IM_LEVEL_STATE)
        g_hash_table_add(p->states, (gpointer)im_words_place(incident));
    else
        g_hash_table_add(p->spots, GSIZE_TO_POINTER(im_words_spot(incident)));
}

static int deaths_of(const im_incident *incident)
{
    return incident->deaths_best > 0 ? incident->deaths_best : MAX(incident->deaths_low, 0);
}

/* Days from the first to the last. */
typedef struct days {
    im_day start, end;
} days;

static void add_days(days *p, const im_incident *incident)
{
    const im_day first = incident->date_start;
    if (first != IM_DAY_NONE && (p->start == IM_DAY_NONE || first < p->start))
        p->start = first;
    p->end = MAX(p->end, MAX(incident->date_end, first));
}

/* Whether a record tells of more than one; of persons it counts heads. */
static gboolean tells_several(const im_incident *incident)
{
    return incident->count > 1 && incident->type != IM_INCIDENT_KIDNAPPING &&
           incident->type != IM_INCIDENT_DEPLOYMENT;
}

static tally take_tally(const GPtrArray *incidents)
{
    tally t = {.start = IM_DAY_NONE, .end = IM_DAY_NONE};
    days past = {IM_DAY_NONE, IM_DAY_NONE}, planned = past;
    g_autoptr(GHashTable) states = g_hash_table_new(g_str_hash, g_str_equal),
                          spots = g_hash_table_new(im_words_spot_hash, NULL);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        const im_incident_type type = known_type(incident->type);
        t.of_type[type]++;
        t.several[type] |= tells_several(incident);
        t.deaths_in[type] += deaths_of(incident);
        add_place(&(places){states, spots}, incident);
        add_days(incident->status == IM_STATUS_PLANNED ? &planned : &past, incident);
        t.deaths += deaths_of(incident);
        t.has_parts |= incident->parent_id != NULL;
    }
    const days *told = past.start != IM_DAY_NONE || past.end != IM_DAY_NONE ? &past : &planned;
    t.start = told->start;
    t.end = told->end;
    t.n_states = g_hash_table_size(states);
    t.n_spots = g_hash_table_size(spots);
    return t;
}

static GArray *types_of(const tally *t)
{
    GArray *out = g_array_new(FALSE, FALSE, sizeof(type_count));
    for (guint type = 0; type < IM_INCIDENT_N_TYPES; type++) {
        type_count c = {type, t->of_type[type]};
        if (c.n > 0)
            g_array_append_val(out, c);
    }
    g_array_sort(out, compare_counts);
    return out;
}

static char *capitalised(const char *text)
{
    gunichar first = g_unichar_toupper(g_utf8_get_char(text));
    char bytes[7] = {0};
    g_unichar_to_utf8(first, bytes);
    return g_strconcat(bytes, g_utf8_next_char(text), NULL);
}

/* Names that English gives an article. */
static const char *article(const char *country)
{
    static const char *const BEGINNINGS[] = {"United ",
                                             "Netherlands",
                                             "Philippines",
                                             "Dominican Republic",
                                             "Bahamas",
                                             "Maldives",
                                             "Gambia",
                                             "Central African Republic",
                                             "Democratic Republic",
                                             "Republic of the Congo",
                                             "Seychelles",
                                             "Comoros",
                                             "Czech Republic",
                                             "Marshall Islands",
                                             "Solomon Islands",
                                             "Cayman Islands",
                                             "Falkland Islands"};
    for (guint i = 0; i < G_N_ELEMENTS(BEGINNINGS); i++)
        if (g_str_has_prefix(country, BEGINNINGS[i]))
            return "the ";
    return "";
}

/* The value that all incidents share in a field, or NULL. */
static const char *shared(const GPtrArray *incidents, gsize offset)
{
    const char *first = NULL;
    for (guint i = 0; i < incidents->len; i++) {
        const char *value = G_STRUCT_MEMBER(const char *, im_incident_at(incidents, i), offset);
        if (!value || (first && strcmp(first, value) != 0))
            return NULL;
        first = value;
    }
    return first;
}

/* The place that all incidents are at, where they are at one and it is no whole state; or NULL. */
static const char *shared_place(const GPtrArray *incidents)
{
    const im_incident *first = incidents->len > 0 ? g_ptr_array_index(incidents, 0) : NULL;
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        if (!incident->has_geometry || incident->geo_level == IM_LEVEL_STATE ||
            incident->geo_precision > 1 || im_words_spot(incident) != im_words_spot(first) ||
            strcmp(im_words_place(incident), im_words_place(first)) != 0)
            return NULL;
    }
    return first && first->location && *first->location ? im_words_place(first) : NULL;
}

/* Words of a title in English are of letters that its readers know. */
static gboolean is_latin(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const GUnicodeScript script = g_unichar_get_script(g_utf8_get_char(p));
        if (script != G_UNICODE_SCRIPT_LATIN && script != G_UNICODE_SCRIPT_COMMON &&
            script != G_UNICODE_SCRIPT_INHERITED)
            return FALSE;
    }
    return TRUE;
}

/* "in Jalisco, Mexico", "in Haiti and the Dominican Republic", "in 5 countries". */
static char *where_words(const GPtrArray *incidents, const GPtrArray *countries)
{
    const char *state = shared(incidents, G_STRUCT_OFFSET(im_incident, admin1));
    const char *country = shared(incidents, G_STRUCT_OFFSET(im_incident, country));
    const char *place = shared_place(incidents);
    if (countries->len == 1 && (!country || !is_latin(country)))
        country = g_ptr_array_index(countries, 0);
    if (state && !is_latin(state))
        state = NULL;
    if (place && is_latin(place) && country && strcmp(place, country) != 0)
        return incidents->len == 1 ? g_strdup_printf(" in %s", place)
                                   : g_strdup_printf(" in %s, %s", place, country);
    if (state && country && strcmp(state, country) != 0)
        return g_strdup_printf(" in %s, %s", state, country);
    if (country)
        return g_strdup_printf(" in %s%s", article(country), country);
    if (countries->len == 2) {
        const char *a = g_ptr_array_index(countries, 0), *b = g_ptr_array_index(countries, 1);
        return g_strdup_printf(" in %s%s and %s%s", article(a), a, article(b), b);
    }
    return countries->len > 2 ? g_strdup_printf(" in %u countries", countries->len) : g_strdup("");
}

static const char *number_of(const type_count *c)
{
    return c->n == 1 ? TYPES[c->type].one : TYPES[c->type].many;
}

/* "attacks", "an armed clash"; looting is not counted. @param listed  beside others */
static char *type_words(const type_count *c, const tally *t, gboolean listed)
{
    const char *one = TYPES[c->type].one;
    if (c->n > 1 || t->several[c->type])
        return g_strdup(TYPES[c->type].many);
    if (!listed || strcmp(one, TYPES[c->type].many) == 0)
        return g_strdup(one);
    return g_strdup_printf("%s %s", strchr("aeiou", *one) ? "an" : "a", one);
}

/* Whether a type is graver than another: by the dead, then by the violence against people, in the order of types. */
static gboolean is_graver(const type_count *a, const type_count *b, const tally *t)
{
    if (t->deaths_in[a->type] != t->deaths_in[b->type])
        return t->deaths_in[a->type] > t->deaths_in[b->type];
    const gboolean violent = a->type > IM_INCIDENT_NONE && a->type <= IM_INCIDENT_KIDNAPPING;
    return t->deaths_in[a->type] == 0 && violent &&
           (b->type == IM_INCIDENT_NONE || a->type < b->type);
}

/* Moves the gravest type to the front of those in order of number. */
static void put_gravest_first(GArray *types, const tally *t)
{
    guint gravest = 0;
    for (guint i = 1; i < types->len; i++)
        if (is_graver(&g_array_index(types, type_count, i),
                      &g_array_index(types, type_count, gravest), t))
            gravest = i;
    const type_count first = g_array_index(types, type_count, gravest);
    g_array_remove_index(types, gravest);
    g_array_prepend_val(types, first);
}

/* "armed clashes, roadblocks and other incidents": the gravest, the most frequent, and the rest. */
static char *what_words(const tally *t)
{
    g_autoptr(GArray) types = types_of(t);
    if (types->len == 0)
        return g_strdup("No incidents");
    put_gravest_first(types, t);
    const type_count *all = (const type_count *)(void *)types->data;
    const gboolean last_is_single = types->len == 3 && all[2].n == 1;
    char *named[3] = {NULL};
    for (guint i = 0; i < MIN(types->len, G_N_ELEMENTS(named)); i++)
        named[i] = type_words(&all[i], t, types->len > 1);
    g_autofree char *what = NULL;
    if (types->len == 1)
        what = g_strdup(named[0]);
    else if (types->len == 2)
        what = g_strdup_printf("%s and %s", named[0], named[1]);
    else if (last_is_single)
        what = g_strdup_printf("%s, %s and %s", named[0], named[1], named[2]);
    else
        what = g_strdup_printf("%s, %s and other incidents", named[0], named[1]);
    for (guint i = 0; i < G_N_ELEMENTS(named); i++)
        g_free(named[i]);
    return capitalised(what);
}

static char *make_title(const GPtrArray *incidents, const tally *t, const GPtrArray *countries)
{
    if (incidents->len == 1) {
        const im_incident *only = g_ptr_array_index(incidents, 0);
        if (only->title && *only->title && only->has_geometry)
            return g_strdup_printf("%s, %s", only->title, im_words_place(only));
    }
    g_autofree char *what = what_words(t);
    g_autofree char *where = where_words(incidents, countries);
    return g_strconcat(what, where, NULL);
}

/* The dead of an incident: its own figure or that of its parts, whichever is more, so that nobody
 * is counted twice. @param parts_of  id → GPtrArray of im_incident * */
static int deaths_below(GHashTable *parts_of, const im_incident *incident, int depth)
{
    const GPtrArray *found =
        incident->id && depth < 8 ? g_hash_table_lookup(parts_of, incident->id) : NULL;
    int parts = 0;
    for (guint i = 0; found && i < found->len; i++) {
        const im_incident *part = g_ptr_array_index(found, i);
        if (part != incident)
            parts += deaths_below(parts_of, part, depth + 1);
    }
    return MAX(deaths_of(incident), parts);
}

static void list_free(gpointer data)
{
    g_ptr_array_unref(data);
}

static GHashTable *find_parts(const GPtrArray *incidents)
{
    GHashTable *parts_of = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, list_free);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = im_incident_at(incidents, i);
        if (!incident->parent_id)
            continue;
        GPtrArray *parts = g_hash_table_lookup(parts_of, incident->parent_id);
        if (!parts)
            g_hash_table_insert(parts_of, incident->parent_id, parts = g_ptr_array_new());
        g_ptr_array_add(parts, incident);
    }
    return parts_of;
}

static gboolean has_parent(GHashTable *ids, const im_incident *incident)
{
    return incident->parent_id && g_hash_table_contains(ids, incident->parent_id);
}

static int total_deaths(const GPtrArray *incidents, const tally *t)
{
    if (!t->has_parts)
        return (int)MIN(t->deaths, G_MAXINT);
    g_autoptr(GHashTable) parts_of = find_parts(incidents),
                          ids = g_hash_table_new(g_str_hash, g_str_equal);
    gint64 total = 0;
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = im_incident_at(incidents, i);
        if (incident->id)
            g_hash_table_add(ids, incident->id);
    }
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        if (!has_parent(ids, incident))
            total += deaths_below(parts_of, incident, 0);
    }
    return (int)MIN(total, G_MAXINT);
}

/* "30 places and 2 states" @param space  between a number and what it counts */
static char *places_words(const tally *t, const char *space)
{
    g_autofree char *spots = im_words_number((int)t->n_spots),
                    *states = im_words_number((int)t->n_states);
    g_autofree char *of_spots =
        g_strdup_printf("%s%splace%s", spots, space, t->n_spots == 1 ? "" : "s");
    g_autofree char *of_states =
        g_strdup_printf("%s%sstate%s", states, space, t->n_states == 1 ? "" : "s");
    if (t->n_states == 0)
        return g_steal_pointer(&of_spots);
    return t->n_spots == 0 ? g_steal_pointer(&of_states)
                           : g_strdup_printf("%s and %s", of_spots, of_states);
}

/* "9 places, 66 dead" */
static char *amount_words(const GPtrArray *drawn, const tally *t)
{
    GString *out = g_string_new(NULL);
    int dead = drawn->len > 0 ? total_deaths(drawn, t) : 0;
    if (drawn->len > 0 && t->n_spots + t->n_states > 1) {
        g_autofree char *n = places_words(t, "\u00A0");
        g_string_append(out, n);
    }
    if (dead > 0) {
        g_autofree char *number = im_words_number(dead);
        g_string_append_printf(out, "%s%s\u00A0dead", out->len > 0 ? ", " : "", number);
    }
    return g_string_free(out, FALSE);
}

static void append_part(GString *out, const char *separator, const char *part)
{
    if (!part || !*part)
        return;
    if (out->len > 0)
        g_string_append(out, separator);
    g_string_append(out, part);
}

/* A single incident has its numbers in the title. */
static gboolean tells_all(const GPtrArray *drawn)
{
    return drawn->len == 1 && ((const im_incident *)g_ptr_array_index(drawn, 0))->title;
}

/* @param t  of what is drawn, or of all where nothing is */
static char *make_subtitle(const GPtrArray *drawn, const tally *t)
{
    g_autofree char *period = im_words_period(t->start, t->end);
    g_autofree char *amount = amount_words(drawn, t);
    GString *out = g_string_new(NULL);
    if (drawn->len == 1) {
        const im_incident *only = g_ptr_array_index(drawn, 0);
        if (only->admin1 && strcmp(only->admin1, im_words_place(only)) != 0)
            append_part(out, ", ", only->admin1);
        append_part(out, ", ", only->country);
    }
    append_part(out, " · ", period);
    if (!tells_all(drawn))
        append_part(out, " · ", amount);
    return g_string_free(out, FALSE);
}

static const char *bound_words(im_count_bound bound)
{
    return bound == IM_BOUND_AT_LEAST  ? "at least "
           : bound == IM_BOUND_ABOUT   ? "about "
           : bound == IM_BOUND_AT_MOST ? "up to "
                                       : "";
}

/* "in 20 states of Mexico", "in Mexico", "“the border region”" */
static char *note_place(const im_incident *incident)
{
    const char *text = incident->place_text, *country = incident->country;
    gboolean has_text = text && *text && (!country || !strstr(country, text));
    if (has_text && country && g_ascii_isdigit(*text) && !strstr(text, country))
        return g_strdup_printf(" in %s of %s%s", text, article(country), country);
    if (country && (!has_text || incident->geo_level == IM_LEVEL_COUNTRY))
        return g_strdup_printf(" in %s%s", article(country), country);
    if (has_text)
        return g_strdup_printf(" (“%s”)", text);
    return g_strdup("");
}

/* "More than 250 roadblocks in 20 states of Mexico, since cleared" */
static char *make_note(const im_incident *incident)
{
    GString *out = g_string_new(NULL);
    im_incident_type type = known_type(incident->type);
    int dead = deaths_of(incident);
    if (incident->count > 1) {
        g_autofree char *number = im_words_number(incident->count);
        g_string_append_printf(out, "%s%s ", bound_words(incident->count_bound), number);
        gboolean things = type == IM_INCIDENT_ARSON || type == IM_INCIDENT_LOOTING ||
                          type == IM_INCIDENT_DEPLOYMENT || type == IM_INCIDENT_DISRUPTION;
        if (things && incident->title)
            g_string_assign(out, incident->title);
        else
            g_string_append(out, TYPES[type].many);
    } else if (dead > 0 && type == IM_INCIDENT_KILLING) {
        g_autofree char *number = im_words_number(dead);
        g_string_append_printf(out, "%s killed", number);
        dead = 0;
    } else {
        g_string_append(out, incident->title ? incident->title : TYPES[type].many);
        dead = incident->title ? 0 : dead;
    }
    if (dead > 0 && incident->count > 1) {
        g_autofree char *number = im_words_number(dead);
        g_string_append_printf(out, " with %s dead", number);
    }
    g_autofree char *place = note_place(incident);
    g_string_append(out, place);
    if (incident->status == IM_STATUS_CLEARED)
        g_string_append(out, ", since cleared");
    g_autofree char *text = g_string_free(out, FALSE);
    return capitalised(text);
}

static GPtrArray *make_notes(const GPtrArray *unplaced, const im_map_options *options)
{
    enum { MOST = 6 };
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint left_out = 0;
    for (guint i = 0; i < unplaced->len; i++) {
        char *note = make_note(g_ptr_array_index(unplaced, i));
        if (g_hash_table_contains(seen, note) || notes->len >= MOST) {
            left_out += !g_hash_table_contains(seen, note);
            g_free(note);
            continue;
        }
        g_hash_table_add(seen, note);
        g_ptr_array_add(notes, note);
    }
    if (left_out > 0)
        g_ptr_array_add(notes, g_strdup_printf("and %u more", left_out));
    for (guint i = 0; options->notes && options->notes[i]; i++)
        g_ptr_array_add(notes, g_strdup(options->notes[i]));
    return notes;
}

/* "Map: attacks and roadblocks in Mexico, 20–24 February 2026: 3 attacks, 2 roadblocks at 4 places." */
static char *make_alt_text(const im_words *words, const tally *drawn)
{
    g_autoptr(GArray) types = types_of(drawn);
    GString *out = g_string_new("Map: ");
    g_string_append(out, words->title);
    append_part(out, "; ", words->subtitle);
    for (guint i = 0; i < types->len; i++) {
        const type_count *c = &g_array_index(types, type_count, i);
        g_string_append_printf(out, "%s%u %s", i == 0 ? "; shown are " : ", ", c->n, number_of(c));
    }
    g_autofree char *n = places_words(drawn, " ");
    if (drawn->n_spots + drawn->n_states > 0)
        g_string_append_printf(out, " %s %s", drawn->n_spots > 0 ? "at" : "in", n);
    g_string_append_c(out, '.');
    return g_string_free(out, FALSE);
}

guint64 im_words_spot(const im_incident *incident)
{
    const guint32 row = (guint32)lround((incident->position.lat_deg + 90) * 2000),
                  column = (guint32)lround((incident->position.lon_deg + 180) * 2000);
    return (guint64)(row + 1) << 32 | column;
}

guint im_words_spot_hash(gconstpointer spot)
{
    return (guint)((guint64)GPOINTER_TO_SIZE(spot) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15) >> 32);
}

im_words *im_words_new(const GPtrArray *drawn, const GPtrArray *unplaced,
                       const GPtrArray *countries, const im_map_options *options)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    g_ptr_array_extend(all, (GPtrArray *)drawn, NULL, NULL);
    g_ptr_array_extend(all, (GPtrArray *)unplaced, NULL, NULL);
    const GPtrArray *shown = drawn->len > 0 ? drawn : all;
    const tally t = take_tally(shown), none = {.start = IM_DAY_NONE};
    im_words *words = g_new0(im_words, 1);
    words->title = options->title ? g_strdup(options->title) : make_title(shown, &t, countries);
    words->subtitle = options->subtitle ? g_strdup(options->subtitle) : make_subtitle(drawn, &t);
    words->alt_text = make_alt_text(words, drawn->len > 0 ? &t : &none);
    words->sources = im_words_sources(all);
    words->notes = make_notes(unplaced, options);
    return words;
}

im_words *im_words_of_period(const im_words *all, const GPtrArray *drawn, const GPtrArray *unplaced,
                             im_day first, im_day last, const im_map_options *options)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new();
    g_ptr_array_extend(told, (GPtrArray *)drawn, NULL, NULL);
    g_ptr_array_extend(told, (GPtrArray *)unplaced, NULL, NULL);
    const tally t = take_tally(drawn);
    im_words *words = g_new0(im_words, 1);
    g_autoptr(GString) subtitle = g_string_new(NULL);
    g_autofree char *amount = amount_words(drawn, &t);
    words->period = im_words_period(first, last);
    words->is_empty = told->len == 0;
    append_part(subtitle, " · ", words->period);
    append_part(subtitle, " · ", options->subtitle ? options->subtitle : amount);
    append_part(subtitle, " · ", words->is_empty ? "no incidents" : NULL);
    words->title = g_strdup(all->title);
    words->subtitle = g_string_free(g_steal_pointer(&subtitle), FALSE);
    words->alt_text = make_alt_text(words, &t);
    words->sources = im_words_sources(told);
    words->notes = make_notes(unplaced, options);
    return words;
}

void im_words_free(im_words *words)
{
    if (!words)
        return;
    g_free(words->title);
    g_free(words->subtitle);
    g_free(words->period);
    g_free(words->alt_text);
    g_free(words->sources);
    g_ptr_array_unref(words->notes);
    g_free(words);
}
