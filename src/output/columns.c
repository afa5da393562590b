/* The record as a table of columns, in the order of spec/incident.md: all formats of records are
 * written and read by it. */
#include "base/digits.h"
#include "base/eight.h"
#include "output/priv.h"

#include <stdio.h>
#include <string.h>

static im_value null_value(void)
{
    return (im_value){.kind = IM_VALUE_NULL};
}

static im_value string_value(const char *string)
{
    return string ? (im_value){.kind = IM_VALUE_STRING, .string = string} : null_value();
}

static im_value integer_value(gint64 integer)
{
    return (im_value){.kind = IM_VALUE_INTEGER, .integer = integer};
}

static im_value number_value(double number, int decimals)
{
    return (im_value){.kind = IM_VALUE_NUMBER, .number = number, .decimals = decimals};
}

/* Fields that are a column as they stand. */

static im_value get_string(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)scratch;
    return string_value(G_STRUCT_MEMBER(char *, incident, column->offset));
}

static void set_string(const im_column *column, im_incident *incident, const char *text)
{
    char **field = &G_STRUCT_MEMBER(char *, incident, column->offset);
    g_free(*field);
    *field = *text ? g_strdup(text) : NULL;
}

static im_value get_int(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)scratch;
    int number = G_STRUCT_MEMBER(int, incident, column->offset);
    return number < 0 ? null_value() : integer_value(number);
}

static gboolean parse_integer(const char *text, gint64 max, gint64 *number)
{
    char *end;
    double value = im_get_number(text, &end); /* tables have `4.0`, too */
    if (end == text || !(value >= 0 && value <= (double)max))
        return FALSE;
    *number = (gint64)value;
    return TRUE;
}

static void set_int(const im_column *column, im_incident *incident, const char *text)
{
    gint64 number;
    if (parse_integer(text, G_MAXINT, &number))
        G_STRUCT_MEMBER(int, incident, column->offset) = (int)number;
}

static im_value get_uint(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)scratch;
    return integer_value(G_STRUCT_MEMBER(guint, incident, column->offset));
}

static im_value get_place_id(const im_column *column, const im_incident *incident, GString *scratch)
{
    im_value value = get_uint(column, incident, scratch);
    return value.integer ? value : null_value();
}

static void set_uint(const im_column *column, im_incident *incident, const char *text)
{
    gint64 number;
    if (parse_integer(text, G_MAXUINT, &number))
        G_STRUCT_MEMBER(guint, incident, column->offset) = (guint)number;
}

static im_value get_number(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)scratch;
    double number = G_STRUCT_MEMBER(double, incident, column->offset);
    return number < 0 ? null_value() : number_value(number, column->decimals);
}

/* Distances and shares are far below it; above it a double does not keep their decimals. */
static const double LARGEST = 1e9;

static void set_number(const im_column *column, im_incident *incident, const char *text)
{
    char *end;
    double number = im_get_number(text, &end);
    if (end != text && number >= 0 && number < LARGEST)
        G_STRUCT_MEMBER(double, incident, column->offset) = number;
}

static im_value get_day(const im_column *column, const im_incident *incident, GString *scratch)
{
    im_day day = G_STRUCT_MEMBER(im_day, incident, column->offset);
    if (day == IM_DAY_NONE)
        return null_value();
    g_string_truncate(scratch, 0);
    return string_value(im_day_format_iso(day, im_room(scratch, IM_DAY_ISO_SIZE)));
}

/* `2026/02/23`: how GDAL spells a field that it found to be a date. */
static im_day parse_slashed(const char *text)
{
    char iso[IM_DAY_ISO_SIZE];
    g_strlcpy(iso, text, sizeof iso);
    return im_day_parse_iso(g_strdelimit(iso, "/", '-'));
}

/* `23 February 2026`, as ACLED's exports have it. */
static im_day parse_english(const char *text)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    int day, year;
    char month[4];
    if (sscanf(text, "%2d %3[A-Za-z]%*[a-z] %4d", &day, month, &year) != 3 &&
        sscanf(text, "%2d %3[A-Za-z] %4d", &day, month, &year) != 3)
        return IM_DAY_NONE;
    for (int i = 0; i < (int)G_N_ELEMENTS(months); i++)
        if (g_ascii_strcasecmp(months[i], month) == 0)
            return im_day_from_ymd(year, i + 1, day);
    return IM_DAY_NONE;
}

im_day im_day_parse_loose(const char *text)
{
    im_day day = parse_slashed(text);
    return day == IM_DAY_NONE ? parse_english(text) : day;
}

static void set_day(const im_column *column, im_incident *incident, const char *text)
{
    G_STRUCT_MEMBER(im_day, incident, column->offset) = im_day_parse_loose(text);
}

/* Codes: the field holds an enumeration, the column its name. */
#define CODE(field, code)                                                                          \
    static im_value get_##field(const im_column *column, const im_incident *incident,              \
                                GString *scratch)                                                  \
    {                                                                                              \
        (void)column, (void)scratch;                                                               \
        return string_value(code##_name(incident->field));                                         \
    }                                                                                              \
    static void set_##field(const im_column *column, im_incident *incident, const char *text)      \
    {                                                                                              \
        (void)column;                                                                              \
        incident->field = code##_parse(text);                                                      \
    }

CODE(type, im_incident_type)
CODE(status, im_incident_status)
CODE(count_bound, im_count_bound)
CODE(date_basis, im_date_basis)
CODE(geo_level, im_geo_level)

/* Columns that follow from others. */

static im_value get_event_type(const im_column *column, const im_incident *incident,
                               GString *scratch)
{
    (void)column, (void)scratch;
    return string_value(im_incident_acled_event_type(incident));
}

static im_value get_sub_event_type(const im_column *column, const im_incident *incident,
                                   GString *scratch)
{
    (void)column, (void)scratch;
    return string_value(im_incident_acled_sub_event_type(incident));
}

static im_value get_fatalities(const im_column *column, const im_incident *incident,
                               GString *scratch)
{
    (void)column, (void)scratch;
    return integer_value(im_incident_fatalities(incident));
}

enum { COORDINATE_DECIMALS = 5 };

static im_value get_longitude(const im_column *column, const im_incident *incident,
                              GString *scratch)
{
    (void)column, (void)scratch;
    return incident->has_geometry ? number_value(incident->position.lon_deg, COORDINATE_DECIMALS)
                                  : null_value();
}

static im_value get_latitude(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)column, (void)scratch;
    return incident->has_geometry ? number_value(incident->position.lat_deg, COORDINATE_DECIMALS)
                                  : null_value();
}

/* Sources: one entry a report in each list, so that the lists run side by side. */

im_source *im_source_at(im_incident *incident, guint i)
{
    while (incident->sources->len <= i)
        g_ptr_array_add(incident->sources, im_source_new());
    return incident->sources->pdata[i];
}

static const im_source *first_source(const im_incident *incident)
{
    return incident->sources->len ? incident->sources->pdata[0] : NULL;
}

/* A list is cut at `; ` when it is read, so no entry may hold that. */
static void append_entry(GString *list, const char *entry)
{
    for (const char *p = entry; *p; p++)
        g_string_append_c(list, *p == ';' && p[1] == ' ' ? ',' : *p);
}

typedef const char *(*source_entry)(const im_source *source, char iso[IM_DAY_ISO_SIZE]);

static im_value join_sources(const im_incident *incident, GString *scratch, source_entry entry_of)
{
    gboolean any = FALSE;
    if (incident->sources->len == 1) { /* most: as it stands */
        g_string_truncate(scratch, 0);
        const char *entry =
            entry_of(incident->sources->pdata[0], im_room(scratch, IM_DAY_ISO_SIZE));
        if (!entry || !*entry || !strchr(entry, ';'))
            return string_value(entry && *entry ? entry : NULL);
    }
    g_string_truncate(scratch, 0);
    for (guint i = 0; i < incident->sources->len; i++) {
        char iso[IM_DAY_ISO_SIZE];
        const char *entry = entry_of(incident->sources->pdata[i], iso);
        g_string_append(scratch, i ? "; " : "");
        append_entry(scratch, entry ? entry : "");
        any |= entry && *entry;
    }
    return any ? string_value(scratch->str) : null_value();
}

static const char *publisher_of(const im_source *source, char iso[IM_DAY_ISO_SIZE])
{
    (void)iso;
    return im_source_name(source);
}

static const char *date_of(const im_source *source, char iso[IM_DAY_ISO_SIZE])
{
    return im_day_format_iso(source->date, iso);
}

static const char *headline_of(const im_source *source, char iso[IM_DAY_ISO_SIZE])
{
    (void)iso;
    return source->headline;
}

static im_value get_source(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)column;
    return join_sources(incident, scratch, publisher_of);
}

static im_value get_source_date(const im_column *column, const im_incident *incident,
                                GString *scratch)
{
    (void)column;
    return join_sources(incident, scratch, date_of);
}

static im_value get_source_headline(const im_column *column, const im_incident *incident,
                                    GString *scratch)
{
    (void)column;
    return join_sources(incident, scratch, headline_of);
}

static void set_source(const im_column *column, im_incident *incident, const char *text)
{
    (void)column;
    g_auto(GStrv) entries = g_strsplit(text, "; ", -1);
    for (guint i = 0; entries[i]; i++) {
        im_source *source = im_source_at(incident, i);
        g_free(source->report);
        g_free(source->publisher);
        source->report = g_strdup(entries[i]);
        source->publisher = g_strdup(entries[i]);
    }
}

static void set_source_date(const im_column *column, im_incident *incident, const char *text)
{
    (void)column;
    g_auto(GStrv) entries = g_strsplit(text, "; ", -1);
    for (guint i = 0; entries[i]; i++)
        im_source_at(incident, i)->date = im_day_parse_loose(entries[i]);
}

static void set_source_headline(const im_column *column, im_incident *incident, const char *text)
{
    (void)column;
    g_auto(GStrv) entries = g_strsplit(text, "; ", -1);
    for (guint i = 0; entries[i]; i++) {
        char **headline = &im_source_at(incident, i)->headline;
        g_free(*headline);
        *headline = *entries[i] ? g_strdup(entries[i]) : NULL;
    }
}

#define QUOTE_OPEN  "\xE2\x80\x9C" /* “ */
#define QUOTE_CLOSE "\xE2\x80\x9D" /* ” */

static gboolean quoted_before(const im_incident *incident, guint end, const char *quote)
{
    for (guint i = 0; i < end; i++)
        if (g_strcmp0(((const im_source *)incident->sources->pdata[i])->quote, quote) == 0)
            return TRUE;
    return FALSE;
}

static void append_quote(GString *list, const char *quote)
{
    const gsize len = strlen(quote);
    char *at = im_room(list, len + sizeof("; " QUOTE_OPEN QUOTE_CLOSE));
    if (list->len)
        at = IM_PUT(at, "; ");
    at = im_put_bytes(IM_PUT(at, QUOTE_OPEN), quote, len);
    im_take_room(list, IM_PUT(at, QUOTE_CLOSE));
}

/* The sentences of all sources, each once: copies of a wire story say the same. */
static im_value get_notes(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)column;
    g_string_truncate(scratch, 0);
    for (guint i = 0; i < incident->sources->len; i++) {
        const im_source *source = incident->sources->pdata[i];
        if (!source->quote || quoted_before(incident, i, source->quote))
            continue;
        append_quote(scratch, source->quote);
    }
    return scratch->len ? string_value(scratch->str) : null_value();
}

static void set_notes(const im_column *column, im_incident *incident, const char *text)
{
    (void)column;
    gboolean quoted = g_str_has_prefix(text, QUOTE_OPEN) && g_str_has_suffix(text, QUOTE_CLOSE);
    gsize mark = quoted ? strlen(QUOTE_OPEN) : 0;
    char **quote = &im_source_at(incident, 0)->quote;
    g_free(*quote);
    *quote = g_strndup(text + mark, strlen(text) - 2 * mark);
}

static im_value get_char(const im_column *column, const im_incident *incident, GString *scratch)
{
    (void)scratch;
    const im_source *source = first_source(incident);
    return source ? integer_value(G_STRUCT_MEMBER(guint32, source, column->offset)) : null_value();
}

static void set_char(const im_column *column, im_incident *incident, const char *text)
{
    gint64 number;
    if (parse_integer(text, G_MAXUINT32, &number))
        G_STRUCT_MEMBER(guint32, im_source_at(incident, 0), column->offset) = (guint32)number;
}

#define NAME(name)   #name, "\"" #name "\":", sizeof(#name) + 2
#define FIELD(field) G_STRUCT_OFFSET(im_incident, field)
#define STRING(field)                                                                              \
    {                                                                                              \
        NAME(field), IM_VALUE_STRING, get_string, set_string, FIELD(field), 0, FALSE,              \
            IM_FIELD_STRING                                                                        \
    }
#define INTEGER(field)                                                                             \
    {                                                                                              \
        NAME(field), IM_VALUE_INTEGER, get_int, set_int, FIELD(field), 0, FALSE, IM_FIELD_COUNT    \
    }
#define UNSIGNED(field)                                                                            \
    {                                                                                              \
        NAME(field), IM_VALUE_INTEGER, get_uint, set_uint, FIELD(field), 0, FALSE, IM_FIELD_OTHER  \
    }
#define NUMBER(field, dec)                                                                         \
    {                                                                                              \
        NAME(field), IM_VALUE_NUMBER, get_number, set_number, FIELD(field), dec, FALSE,            \
            IM_FIELD_NUMBER                                                                        \
    }
#define DAY(field)                                                                                 \
    {                                                                                              \
        NAME(field), IM_VALUE_STRING, get_day, set_day, FIELD(field), 0, TRUE, IM_FIELD_DAY        \
    }
#define CODED(field)                                                                               \
    {                                                                                              \
        NAME(field), IM_VALUE_STRING, get_##field, set_##field, 0, 0, FALSE, IM_FIELD_OTHER        \
    }
#define PLAIN(field)                                                                               \
    {                                                                                              \
        NAME(field), IM_VALUE_STRING, get_##field, set_##field, 0, 0, FALSE, IM_FIELD_PLAIN        \
    }
#define DERIVED(name, kind)                                                                        \
    {                                                                                              \
        NAME(name), kind, get_##name, NULL, 0, 0, FALSE, IM_FIELD_OTHER                            \
    }
#define QUOTE_SPAN(field)                                                                          \
    {                                                                                              \
        NAME(field), IM_VALUE_INTEGER, get_char, set_char, G_STRUCT_OFFSET(im_source, field), 0,   \
            FALSE, IM_FIELD_OTHER                                                                  \
    }

static const im_column columns[] = {
    STRING(id),
    STRING(parent_id),
    PLAIN(type),
    DERIVED(event_type, IM_VALUE_STRING),
    DERIVED(sub_event_type, IM_VALUE_STRING),
    PLAIN(status),
    STRING(title),
    INTEGER(count),
    PLAIN(count_bound),
    INTEGER(deaths_low),
    INTEGER(deaths_best),
    INTEGER(deaths_high),
    INTEGER(deaths_security),
    INTEGER(deaths_suspects),
    INTEGER(deaths_civilians),
    INTEGER(deaths_unknown),
    INTEGER(injured),
    INTEGER(arrested),
    INTEGER(abducted),
    DERIVED(fatalities, IM_VALUE_INTEGER),
    DAY(date_start),
    DAY(date_end),
    INTEGER(time_precision),
    PLAIN(date_basis),
    STRING(date_text),
    STRING(location),
    STRING(place_text),
    STRING(admin2),
    STRING(admin1),
    STRING(country),
    STRING(iso),
    DERIVED(longitude, IM_VALUE_NUMBER),
    DERIVED(latitude, IM_VALUE_NUMBER),
    PLAIN(geo_level),
    INTEGER(geo_precision),
    INTEGER(where_prec),
    NUMBER(radius_km, 1),
    {NAME(place_id), IM_VALUE_INTEGER, get_place_id, set_uint, FIELD(place_id), 0, FALSE,
     IM_FIELD_OTHER},
    NUMBER(place_score, 3),
    STRING(actor1),
    STRING(actor2),
    UNSIGNED(number_of_sources),
    UNSIGNED(number_of_articles),
    CODED(source),
    PLAIN(source_date),
    CODED(source_headline),
    CODED(notes),
    QUOTE_SPAN(char_start),
    QUOTE_SPAN(char_end),
    NUMBER(confidence, 3),
};

const im_column *im_columns(guint *n)
{
    *n = G_N_ELEMENTS(columns);
    return columns;
}

const im_column *im_column_find(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        if (strcmp(columns[i].name, name) == 0)
            return &columns[i];
    return NULL;
}

im_value im_column_get(const im_column *column, const im_incident *incident, GString *scratch)
{
    return column->get(column, incident, scratch);
}

/* ---- as JSON, straight into memory: of a long run most of what is written is columns. What im_columns_write() would
 * hold many times over is no part of it. ---- */

/* @return where the value goes; there is room for its key, and for `room` bytes */
static inline char *put_key(im_json *json, const im_column *column, gsize room)
{
    char *at = im_room(json->out, 1 + IM_KEY_BYTES + room);
    *at = ',';
    at += json->comma;
    memcpy(at, column->key, IM_KEY_BYTES); /* all of it: a length known here costs no call */
    json->comma = TRUE;
    return at + column->key_len;
}

G_GNUC_NO_INLINE static void write_string(im_json *json, const im_column *column,
                                          const char *string)
{
    const gsize len = string ? strlen(string) : 0;
    char *at = put_key(json, column, IM_JSON_STRING_MAX(len));
    im_take_room(json->out, string ? im_put_json_string(at, string, len) : IM_PUT(at, "null"));
}

G_GNUC_NO_INLINE static void write_plain(im_json *json, const im_column *column, const char *string)
{
    const gsize len = string ? strlen(string) : 0;
    char *at = put_key(json, column, len + 2 * IM_EIGHT);
    if (string) {
        im_eight_copy(IM_PUT(at, "\""), string, len);
        at = IM_PUT(at + 1 + len, "\"");
    } else {
        at = IM_PUT(at, "null");
    }
    im_take_room(json->out, at);
}

static inline void write_count(im_json *json, const im_column *column, gint64 count)
{
    im_take_room(json->out, im_put_count(put_key(json, column, IM_DIGITS_MAX), count));
}

G_GNUC_NO_INLINE static void write_number(im_json *json, const im_column *column, double number,
                                          int decimals)
{
    char *at = put_key(json, column, IM_NUMBER_MAX);
    im_take_room(json->out, number < 0 ? IM_PUT(at, "null") : im_put_number(at, number, decimals));
}

static inline void write_day(im_json *json, const im_column *column, im_day day)
{
    char *at = put_key(json, column, 2 + IM_DAY_ISO_SIZE);
    if (day == IM_DAY_NONE) {
        at = IM_PUT(at, "null");
    } else {
        im_day_format_iso(day, IM_PUT(at, "\""));
        at = IM_PUT(at + IM_DAY_ISO_SIZE, "\"");
    }
    im_take_room(json->out, at);
}

G_GNUC_NO_INLINE void im_column_write(im_json *json, const im_column *column, const im_value *value)
{
    if (value->kind == IM_VALUE_STRING)
        write_string(json, column, value->string);
    else if (value->kind == IM_VALUE_NUMBER)
        im_take_room(json->out, im_put_number(put_key(json, column, IM_NUMBER_MAX), value->number,
                                              value->decimals));
    else
        write_count(json, column, value->kind == IM_VALUE_NULL ? -1 : value->integer);
}

static inline void write_field(im_json *json, const im_column *column, const im_incident *incident,
                               GString *scratch)
{
    im_value value;
    switch (column->field) {
    case IM_FIELD_COUNT:
        write_count(json, column, G_STRUCT_MEMBER(int, incident, column->offset));
        break;
    case IM_FIELD_STRING:
        write_string(json, column, G_STRUCT_MEMBER(char *, incident, column->offset));
        break;
    case IM_FIELD_NUMBER:
        write_number(json, column, G_STRUCT_MEMBER(double, incident, column->offset),
                     column->decimals);
        break;
    case IM_FIELD_DAY:
        write_day(json, column, G_STRUCT_MEMBER(im_day, incident, column->offset));
        break;
    case IM_FIELD_PLAIN:
        write_plain(json, column, column->get(column, incident, scratch).string);
        break;
    case IM_FIELD_OTHER:
        value = column->get(column, incident, scratch);
        im_column_write(json, column, &value);
        break;
    }
}

void im_columns_write(im_json *json, const im_incident *incident, GString *scratch)
{
    /* one after the other, each as what the table says: nothing of that is left to foretell */
#pragma GCC unroll 64
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        write_field(json, &columns[i], incident, scratch);
}
