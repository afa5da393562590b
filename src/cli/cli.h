/** @file
 *  What the subcommands share: parsing, messages, groups of options that mean the same everywhere.
 *  A command returns its exit code (spec/cli.md): 0 all well, 1 some inputs failed, 2 usage,
 *  3 data, 4 system. */
#ifndef IM_CLI_CLI_H
#define IM_CLI_CLI_H

#include <incmap/corrections.h>
#include <incmap/output.h>
#include <incmap/pipeline.h>

enum {
    CLI_OK = 0,
    CLI_INPUT = 1,
    CLI_USAGE = 2,
    CLI_DATA = 3,
};

/** A subcommand. */
typedef struct cli_command {
    const char *name;
    const char *help; /**< one line */
    int (*run)(int argc, char **argv);
} cli_command;

int cmd_map(int argc, char **argv);
int cmd_extract(int argc, char **argv);
int cmd_render(int argc, char **argv);
int cmd_merge(int argc, char **argv);
int cmd_update(int argc, char **argv);
int cmd_watch(int argc, char **argv);
int cmd_toponyms(int argc, char **argv);
int cmd_resolve(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_locate(int argc, char **argv);
int cmd_gazetteer(int argc, char **argv);

/** One invocation of a command: its options and what is left of the arguments. */
typedef struct cli {
    const char *command; /**< `map`, `gazetteer build` */
    GOptionContext *context;
    gboolean quiet, verbose;
    char **arguments; /**< NULL-terminated, never NULL once parsed */
} cli;

/** Begins the command line of a command.
 *  @param arguments  as help shows them, `INPUT...`
 *  @param summary    what it does, a sentence or a few lines */
void cli_begin(cli *c, const char *command, const char *arguments, const char *summary);

/** What --help says below the options: what comes out, examples. */
void cli_describe(cli *c, const char *description);

/** Adds a titled group of options; entries are copied. @return the group, borrowed */
GOptionGroup *cli_add(cli *c, const char *group, const char *title, const GOptionEntry *entries);

/** Reads the command line. @return FALSE when the command ends here, with `*exit_code` */
gboolean cli_parse(cli *c, int argc, char **argv, int *exit_code);
void cli_end(cli *c);

guint cli_n_arguments(const cli *c);

/** Messages, on standard error only and each on a line of its own behind `incmap: `. */
void cli_say(const char *format, ...) G_GNUC_PRINTF(1, 2);
void cli_warn(const cli *c, const char *format, ...) G_GNUC_PRINTF(2, 3);    /**< not if --quiet */
void cli_mention(const cli *c, const char *format, ...) G_GNUC_PRINTF(2, 3); /**< if --verbose */

/** Shows on a terminal how many reports are done, when they take long enough to wonder; messages
 *  clear it away. An im_progress_func, whose data is the cli. */
void cli_progress(guint n_reports, gpointer data);
void cli_progress_end(void);

/** Says what was wrong with the command line and where help is. @return CLI_USAGE */
int cli_misuse(const cli *c, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** Says what an error says, with a hint for errors of usage. @return its exit code */
int cli_fail(const cli *c, const GError *error);

/** --since, --until and --last. */
typedef struct cli_period {
    char *since_text, *until_text, *last_text;
    im_period days; /* when resolved */
} cli_period;

void cli_add_period(cli *c, cli_period *period);
gboolean cli_period_is_set(const cli_period *period);

/** Checks the values. @return CLI_OK or an exit code, said already */
int cli_resolve_period(const cli *c, cli_period *period);

/** The incidents of the period; says how many have no date.
 *  @return GPtrArray of im_incident *, borrowed from `incidents`; owned by the caller */
GPtrArray *cli_choose_period(const cli *c, const cli_period *period, const GPtrArray *incidents);

/** The days that a period comes to. @param since, until  0 and the largest where there is no bound */
void cli_period_bounds(const cli_period *period, const GPtrArray *incidents, im_day *since,
                       im_day *until);

/** Whether an incident has a date and some of its days are among these. */
gboolean cli_is_within(const im_incident *incident, im_day since, im_day until);

/** The newest day that something happened on, not after `until`; what is planned has not. IM_DAY_NONE for none */
im_day cli_newest_day(const GPtrArray *incidents, im_day until);

/** Says so of `n` incidents, if there are any. */
void cli_tell_without_day(const cli *c, guint n);
void cli_free_period(cli_period *period);

/** Options of commands that read reports. */
typedef struct cli_reading {
    char *date, *input_format, *language, *country, *near_text;
    char *max_report, *max_nesting, *max_mentions;
    char **fields;
    int jobs;
    gboolean no_merge, explain_merge;
    char *gazetteer_path;
    char *not_found;   /* table to write of names not found, or NULL */
    char *store;       /* whose reports are meant instead of inputs, or NULL */
    char *corrections; /* table to make on what comes out, or NULL */
    gboolean overwrite;
    im_gazetteer *gazetteer; /* when resolved */
    im_lonlat near;
    im_run_options options;
} cli_reading;

void cli_add_reading(cli *c, cli_reading *reading);

/** Checks the values and opens the gazetteer.
 *  @param overwrite  a table of names not found may replace a file
 *  @return           CLI_OK or an exit code, said already */
int cli_resolve_reading(const cli *c, cli_reading *reading, gboolean overwrite);
void cli_free_reading(cli_reading *reading);

/** --store and --corrections, for commands that can do without inputs. */
void cli_add_store(cli *c, cli_reading *reading);

/** Whether there are inputs or a store, but not both, nor what says how inputs are read beside a store.
 *  @return CLI_OK or an exit code, said already */
int cli_check_inputs(const cli *c, const cli_reading *reading);

/** Says how many reports of a store have no date. */
void cli_tell_undated(const cli *c, guint n);

/** What the inputs come to, or those days of the store; all of it where corrections may join what is of other days.
 *  @param period  NULL for all. @return owned by the caller; NULL with an error of the store */
im_run *cli_run(const cli *c, const cli_reading *reading, const cli_period *period,
                const im_run_options *options, GError **error);

/** Makes the corrections of the table that was asked for, if one was. @return CLI_OK or an exit code, said already */
int cli_correct(const cli *c, const cli_reading *reading, im_run *run);

/** --gazetteer alone, for commands that read no reports. */
void cli_add_gazetteer(cli *c, char **path);

/** Opens the gazetteer at `path`, or at its default for NULL. */
im_gazetteer *cli_open_gazetteer(const char *path, GError **error);

/** Reads a day, YYYY-MM-DD. @return FALSE when it is none */
gboolean cli_parse_day(const char *text, im_day *day);

/** -o, -f and --overwrite. */
typedef struct cli_outputs {
    char **paths;
    char *format;
    char *format_help;    /* help borrows it */
    gboolean simplestyle; /* GeoJSON says how its points look */
    char *acled;          /* table of ACLED's words, or NULL */
    gboolean overwrite;
    cli_period period;
    char *series;       /* a map a day or a week, or NULL */
    guint series_days;  /* of each, when resolved; 0: no series */
    GPtrArray *formats; /* of const im_output_format *, one a path, when resolved */
} cli_outputs;

void cli_add_outputs(cli *c, cli_outputs *outputs);

/** The same for a command with formats of its own. @param formats  help of -f; NULL: there is no -f */
void cli_add_outputs_of(cli *c, cli_outputs *outputs, const char *formats);

/** --series, for commands that draw many maps at once. */
void cli_add_series(cli *c, cli_outputs *outputs);

/** Checks its value and what it does not go with. @return CLI_OK or an exit code, said already */
int cli_resolve_series(const cli *c, cli_outputs *outputs);

/** Standard output, and GeoJSON on it, when nothing else is asked for. */
void cli_default_outputs(cli_outputs *outputs);

/** Finds the formats and checks that all may be written, before there is work to lose.
 *  @return CLI_OK or an exit code, said already */
int cli_resolve_outputs(const cli *c, cli_outputs *outputs);
/** Whether no output is the store. @return CLI_OK or an exit code, said already */
int cli_check_store(const cli *c, const cli_reading *reading, const cli_outputs *outputs);
void cli_free_outputs(cli_outputs *outputs);
gboolean cli_outputs_need_map(const cli_outputs *outputs);

/** Options of commands that draw. */
typedef struct cli_drawing {
    char *size, *size_help, *bbox, *extent, *title, *subtitle, *boundaries, *layer, *name_field,
        *theme, *style, *crs, *disclaimer;
    double scale, dpi;
    int callouts;
    gboolean historic, alt_text, stats, graticule;
    im_bbox box; /* when resolved */
    im_map_options options;
} cli_drawing;

void cli_add_drawing(cli *c, cli_drawing *drawing);

/** Checks the values. @return CLI_OK or an exit code, said already */
int cli_resolve_drawing(const cli *c, cli_drawing *drawing);
void cli_free_drawing(cli_drawing *drawing);

/** Draws what the outputs need and writes them; prints the alt text when asked for.
 *  @param notes  as im_map_options.notes
 *  @return       exit code, said already */
int cli_write(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
              const im_gazetteer *gazetteer, const GPtrArray *incidents, const char *const *notes);

/** As cli_write() for a series: a file for each output and period, and a page that shows them and has the notes. */
int cli_write_series(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
                     const im_gazetteer *gazetteer, const GPtrArray *incidents,
                     const char *const *notes);

/** What is to be said of a map; --stats and --alt-text say it, too. */
void cli_tell_map(const cli *c, const cli_drawing *drawing, const im_map *map);

/** Writes one file of an output; says what the format leaves out. @return FALSE with an error */
gboolean cli_write_file(const im_output_format *format, const im_output_data *data,
                        const char *path, gboolean overwrite, GError **error);

/** The same of a run, with a note on the names that were not found. */
int cli_write_run(const cli *c, const cli_outputs *outputs, cli_drawing *drawing,
                  const im_gazetteer *gazetteer, const im_run *run);

/** Writes one JSON line a report to one output (spec/cli.md). @return exit code, said already */
int cli_write_lines(const cli *c, const cli_outputs *outputs, const cli_reading *reading,
                    const char *const *inputs);

/** Reads the incidents of the files that are the arguments; says which cannot be read, and when none can.
 *  @param map        as of im_incidents_read_mapped(); NULL: the fields have the usual names
 *  @param incidents  of im_incident *; NULL when no file could be read
 *  @return           CLI_OK, or CLI_INPUT when one failed */
int cli_read_records(const cli *c, const char *const *map, GPtrArray **incidents);

/** Leaves records to the end of the process, which takes all of their memory at once; to free half a million takes
 *  0.2 s. For the last thing that a command does. */
void cli_leave(GPtrArray *incidents);

/** Prints what im_incidents_merge() says of pairs of records that are, or could be, of one event. */
void cli_explain_merge(const GString *explanation);

/** Says what failed in a run and what is to be known of it. @return CLI_OK or an exit code */
int cli_report_run(const cli *c, const cli_reading *reading, const im_run *run);

/** Tells the names that were not found: on a terminal and if --verbose the most frequent ones; all
 *  in the table that was asked for. @return CLI_OK or an exit code, said already */
int cli_tell_missing(const cli *c, const cli_reading *reading, const im_missing *missing);

/** Reads a longitude and a latitude, `LON,LAT`. @return FALSE when it is none */
gboolean cli_parse_lonlat(const char *text, im_lonlat *position);

/** Reads `n` numbers with commas between them. */
gboolean cli_parse_numbers(const char *text, double *numbers, guint n);

#endif
