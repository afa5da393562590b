/* Options of commands that read reports, and what a run has to say. */
#include "cli/cli.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

void cli_add_reading(cli *c, cli_reading *r)
{
    r->jobs = (int)MIN(g_get_num_processors(), MAX_JOBS);
    const GOptionEntry entries[] = {
        {"date", 0, 0, G_OPTION_ARG_FILENAME, &r->date,
         "Publication date of reports that have none", "YYYY-MM-DD"},
        {"country", 0, 0, G_OPTION_ARG_FILENAME, &r->country,
         "Country that names mean when nothing else tells", "CC"},
        {"input-format", 0, 0, G_OPTION_ARG_FILENAME, &r->input_format,
         "txt, md, html, rss, jsonl or csv, instead of by suffix", "NAME"},
        {"field", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &r->fields,
         "Where JSON and CSV have it: text=KEY, date=KEY ...", "NAME=KEY"},
        {"language", 0, 0, G_OPTION_ARG_FILENAME, &r->language, "auto, en or es", "NAME"},
        {"gazetteer", 0, 0, G_OPTION_ARG_FILENAME, &r->gazetteer_path,
         "Compiled gazetteer, instead of the one installed", "FILE"},
        {"near", 0, 0, G_OPTION_ARG_FILENAME, &r->near_text,
         "Position that names are likely to be near, in degrees", "LON,LAT"},
        {"not-found", 0, 0, G_OPTION_ARG_FILENAME, &r->not_found,
         "Table to write of the names that the gazetteer lacks", "FILE"},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &r->jobs, "Reports to read at the same time", "N"},
        {"max-report", 0, 0, G_OPTION_ARG_FILENAME, &r->max_report,
         "Largest document, line of JSON, row of CSV or feed, in bytes, K or M: 64M, which is the "
         "most",
         "SIZE"},
        {"max-nesting", 0, 0, G_OPTION_ARG_FILENAME, &r->max_nesting,
         "Deepest level in HTML, in JSON and in feeds: 512; at most 1000", "N"},
        {"max-mentions", 0, 0, G_OPTION_ARG_FILENAME, &r->max_mentions,
         "Most place names of a report: 1000000; at most 67108864", "N"},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "reading", "Reading:", entries);
}

void cli_add_store(cli *c, cli_reading *r)
{
    const GOptionEntry entries[] = {
        {"store", 0, 0, G_OPTION_ARG_FILENAME, &r->store,
         "Reports that 'incmap update' keeps there, instead of inputs: FILE.gpkg or PG:...",
         "STORE"},
        {"corrections", 0, 0, G_OPTION_ARG_FILENAME, &r->corrections,
         "Table of incidents to reject, move, merge or split, by their ids: CSV with the columns "
         "action, "
         "id and value",
         "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    g_option_context_add_main_entries(c->context, entries, NULL);
}

int cli_check_inputs(const cli *c, const cli_reading *r)
{
    const guint n = cli_n_arguments(c);
    if (n == 0 && !r->store)
        return cli_misuse(c, "no input given");
    if (n > 0 && r->store)
        return cli_misuse(c,
                          "--store: no INPUT beside it; 'incmap update' adds reports to a store");
    if (r->store && (r->date || r->country || r->near_text || r->fields || r->language ||
                     r->input_format || r->max_report || r->max_nesting || r->max_mentions))
        return cli_misuse(c, "--store: how its reports were read 'incmap update' was told");
    return CLI_OK;
}

static gboolean is_same_file(const char *a, const char *b)
{
    GStatBuf x, y;
    return strcmp(a, b) == 0 || (g_stat(a, &x) == 0 && g_stat(b, &y) == 0 && x.st_dev == y.st_dev &&
                                 x.st_ino == y.st_ino);
}

int cli_check_store(const cli *c, const cli_reading *r, const cli_outputs *outputs)
{
    for (guint i = 0; r->store && outputs->paths && outputs->paths[i]; i++)
        if (is_same_file(r->store, outputs->paths[i]))
            return cli_misuse(c, "-o %s: is the store", outputs->paths[i]);
    return CLI_OK;
}

void cli_tell_undated(const cli *c, guint n)
{
    if (n > 0)
        cli_warn(c,
                 "reports without a publication date: %u; --date gives one to those that are read",
                 n);
}

int cli_correct(const cli *c, const cli_reading *r, im_run *run)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) missed = g_ptr_array_new_with_free_func(g_free);
    if (!r->corrections)
        return CLI_OK;
    g_autoptr(im_corrections) corrections = im_corrections_read(r->corrections, &error);
    if (!corrections)
        return cli_fail(c, error);
    im_corrections_apply(corrections, run->incidents, missed);
    for (guint i = 0; i < missed->len; i++)
        cli_mention(c, "%s", (const char *)missed->pdata[i]);
    if (missed->len > 0)
        cli_warn(c, "corrections that meet no incident: %u", missed->len);
    return CLI_OK;
}

/* A fault in the table is told before there is work to lose. */
static int check_corrections(const cli *c, const cli_reading *r)
{
    g_autoptr(GError) error = NULL;
    if (r->corrections && r->no_merge)
        return cli_misuse(c, "--corrections: they are of merged incidents, not with --no-merge");
    if (!r->corrections)
        return CLI_OK;
    g_autoptr(im_corrections) corrections = im_corrections_read(r->corrections, &error);
    return corrections ? CLI_OK : cli_fail(c, error);
}

im_run *cli_run(const cli *c, const cli_reading *r, const cli_period *period,
                const im_run_options *options, GError **error)
{
    if (!r->store)
        return im_run_reports(r->gazetteer, (const char *const *)c->arguments, options);
    g_autoptr(im_store) store = im_store_open(r->store, IM_STORE_READ, error);
    const gboolean is_part = period && cli_period_is_set(period) && !r->corrections;
    im_run *run =
        store ? im_run_store(store, options, is_part ? &period->days : NULL, error) : NULL;
    if (run)
        cli_tell_without_day(c, run->n_without_day);
    return run;
}

gboolean cli_parse_day(const char *text, im_day *day)
{
    *day = strlen(text) == IM_DAY_ISO_SIZE - 1 ? im_day_parse_iso(text) : IM_DAY_NONE;
    return *day != IM_DAY_NONE;
}

static gboolean parse_language(const char *text, im_language *language)
{
    *language = strlen(text) == 2 ? im_language_from_code(text) : IM_LANGUAGE_UNKNOWN;
    return *language != IM_LANGUAGE_UNKNOWN || strcmp(text, "auto") == 0;
}

static const char *first_bad_field(char **fields)
{
    for (guint i = 0; fields && fields[i]; i++) {
        const char *sign = strchr(fields[i], '=');
        if (!sign || sign == fields[i] || !sign[1])
            return fields[i];
    }
    return NULL;
}

im_gazetteer *cli_open_gazetteer(const char *path, GError **error)
{
    g_autofree char *usual = im_gazetteer_default_path();
    return im_gazetteer_open(path ? path : usual, error);
}

enum { KILO_BITS = 10, MEGA_BITS = 20 };

/* Bytes, or with K and M behind them so many times 1024 or 1024 * 1024. */
static gboolean parse_size(const char *text, guint64 most, guint64 *bytes)
{
    const guint bits = g_str_has_suffix(text, "K")   ? KILO_BITS
                       : g_str_has_suffix(text, "M") ? MEGA_BITS
                                                     : 0;
    g_autofree char *digits = g_strndup(text, strlen(text) - (bits > 0));
    if (!g_ascii_string_to_unsigned(digits, 10, 1, most >> bits, bytes, NULL))
        return FALSE;
    *bytes <<= bits;
    return TRUE;
}

/* A limit that is given; else it stays as it was. */
static int resolve_limit(const cli *c, const char *option, const char *text, guint most,
                         guint *limit)
{
    guint64 value = 0;
    if (text && !g_ascii_string_to_unsigned(text, 10, 1, most, &value, NULL))
        return cli_misuse(c, "--%s %s: no number from 1 to %u", option, text, most);
    *limit = text ? (guint)value : *limit;
    return CLI_OK;
}

static int resolve_limits(const cli *c, cli_reading *r)
{
    im_run_options *o = &r->options;
    guint64 bytes = 0;
    if (r->max_report && !parse_size(r->max_report, IM_TEXT_MAX_BYTES, &bytes))
        return cli_misuse(c, "--max-report %s: no size from 1 to %uM", r->max_report,
                          IM_TEXT_MAX_BYTES >> MEGA_BITS);
    o->read.max_bytes = (gsize)bytes;
    const int code =
        resolve_limit(c, "max-nesting", r->max_nesting, IM_MOST_NESTING, &o->read.max_nesting);
    return code ? code
                : resolve_limit(c, "max-mentions", r->max_mentions, IM_TEXT_MAX_BYTES,
                                &o->max_mentions);
}

static int resolve_country(const cli *c, cli_reading *r)
{
    if (!r->country)
        return CLI_OK;
    g_autofree char *code = g_ascii_strup(r->country, -1);
    if (strlen(code) != 2 || im_gazetteer_by_code(r->gazetteer, code) == IM_PLACE_NONE)
        return cli_misuse(c, "--country %s: no ISO 3166 code of two letters", r->country);
    g_free(r->country);
    r->options.country = r->country = g_steal_pointer(&code);
    return CLI_OK;
}

int cli_resolve_reading(const cli *c, cli_reading *r, gboolean overwrite)
{
    g_autoptr(GError) error = NULL;
    int code = check_corrections(c, r);
    code = code ? code : resolve_limits(c, r);
    if (code)
        return code;
    r->overwrite = overwrite;
    if (r->not_found && !im_output_check(r->not_found, overwrite, &error))
        return cli_fail(c, error);
    im_read_options *read = &r->options.read;
    if (r->date && !cli_parse_day(r->date, &read->date))
        return cli_misuse(c, "--date %s: no date of the form YYYY-MM-DD", r->date);
    if (r->language && !parse_language(r->language, &read->language))
        return cli_misuse(c, "--language %s: not auto, en or es", r->language);
    if (r->near_text && !cli_parse_lonlat(r->near_text, &r->near))
        return cli_misuse(c, "--near %s: no position of the form LON,LAT in degrees", r->near_text);
    r->options.near = r->near_text ? &r->near : NULL;
    const char *bad = first_bad_field(r->fields);
    if (bad)
        return cli_misuse(c, "--field %s: not of the form NAME=KEY", bad);
    if (r->jobs < 1 || r->jobs > MAX_JOBS)
        return cli_misuse(c, "--jobs %d: not between 1 and %d", r->jobs, MAX_JOBS);
    if (!im_input_format_parse(r->input_format, &read->format, &error))
        return cli_fail(c, error);
    read->fields = (const char *const *)r->fields;
    r->options.jobs = (guint)r->jobs;
    r->options.no_merge = r->no_merge;
    r->options.progress = cli_progress;
    r->options.progress_data = (gpointer)c;
    r->gazetteer = cli_open_gazetteer(r->gazetteer_path, &error);
    return r->gazetteer ? resolve_country(c, r) : cli_fail(c, error);
}

void cli_free_reading(cli_reading *r)
{
    g_free(r->date);
    g_free(r->input_format);
    g_free(r->language);
    g_free(r->country);
    g_free(r->near_text);
    g_free(r->max_report);
    g_free(r->max_nesting);
    g_free(r->max_mentions);
    g_free(r->not_found);
    g_free(r->store);
    g_free(r->corrections);
    g_strfreev(r->fields);
    g_free(r->gazetteer_path);
    im_gazetteer_free(r->gazetteer);
}

void cli_add_gazetteer(cli *c, char **path)
{
    const GOptionEntry entries[] = {
        {"gazetteer", 0, 0, G_OPTION_ARG_FILENAME, path,
         "Compiled gazetteer, instead of the one installed", "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "data", "Data:", entries);
}

enum { MOST_NAMES_TOLD = 10 };

static void tell_names(const im_missing *missing, const GArray *names)
{
    guint told = MIN(names->len, (guint)MOST_NAMES_TOLD);
    cli_say("not in the gazetteer: %u name%s in %" G_GUINT64_FORMAT " mention%s", names->len,
            names->len == 1 ? "" : "s", im_missing_n_mentions(missing),
            im_missing_n_mentions(missing) == 1 ? "" : "s");
    for (guint i = 0; i < told; i++) {
        const im_missing_name *name = &g_array_index(names, im_missing_name, i);
        cli_say("%6" G_GUINT64_FORMAT "  %s", name->n, name->name);
    }
    if (names->len > told)
        cli_say("        and %u more; --not-found FILE writes them all", names->len - told);
}

static gboolean write_names(const cli_reading *r, const im_missing *missing, const GArray *names,
                            GError **error)
{
    g_autoptr(GString) table = g_string_new("mentions\tname\n");
    for (guint i = 0; i < names->len; i++) {
        const im_missing_name *name = &g_array_index(names, im_missing_name, i);
        g_string_append_printf(table, "%" G_GUINT64_FORMAT "\t%s\n", name->n, name->name);
    }
    if (im_missing_n_later(missing))
        g_string_append_printf(table, "%" G_GUINT64_FORMAT "\t\n", im_missing_n_later(missing));
    g_autoptr(im_output_stream) stream = im_output_stream_open(r->not_found, r->overwrite, error);
    return stream && im_output_stream_write(stream, table->str, table->len, error) &&
           im_output_stream_finish(stream, error);
}

int cli_tell_missing(const cli *c, const cli_reading *r, const im_missing *missing)
{
    g_autoptr(GArray) names = im_missing_names(missing);
    g_autoptr(GError) error = NULL;
    cli_progress_end();
    if (names->len && !c->quiet && (c->verbose || isatty(STDERR_FILENO)))
        tell_names(missing, names);
    if (r->not_found && !write_names(r, missing, names, &error))
        return cli_fail(c, error);
    return CLI_OK;
}

int cli_report_run(const cli *c, const cli_reading *reading, const im_run *run)
{
    cli_progress_end();
    for (guint i = 0; i < run->errors->len; i++)
        cli_say("%s", ((const GError *)run->errors->pdata[i])->message);
    if (reading->store)
        cli_tell_undated(c, run->undated->len);
    for (guint i = 0; i < run->undated->len && !reading->store; i++)
        cli_warn(c, "%s: publication date unknown; --date gives one",
                 (const char *)run->undated->pdata[i]);
    cli_mention(c, "reports: %u, failed: %u, incidents: %u", run->n_reports, run->errors->len,
                run->incidents->len);
    int code = cli_tell_missing(c, reading, run->missing);
    return code ? code : run->errors->len ? CLI_INPUT : CLI_OK;
}
