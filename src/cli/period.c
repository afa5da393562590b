/* Which days are written: --since, --until, --last. */
#include "cli/cli.h"

#include <string.h>

void cli_add_period(cli *c, cli_period *p)
{
    const GOptionEntry entries[] = {
        {"since", 0, 0, G_OPTION_ARG_FILENAME, &p->since_text,
         "Only what happened on that day or later", "YYYY-MM-DD"},
        {"until", 0, 0, G_OPTION_ARG_FILENAME, &p->until_text,
         "Only what happened on that day or earlier", "YYYY-MM-DD"},
        {"last", 0, 0, G_OPTION_ARG_FILENAME, &p->last_text,
         "Only the last days or weeks, up to the newest day of all that happened", "7d, 2w"},
        G_OPTION_ENTRY_NULL,
    };
    cli_add(c, "period", "Period:", entries);
}

gboolean cli_period_is_set(const cli_period *p)
{
    return p->since_text || p->until_text || p->last_text;
}

/* `7d` or `2w`; 0 for what is neither. */
static guint parse_days(const char *text)
{
    enum { MOST = 100000, DAYS_A_WEEK = 7 };
    char *unit;
    const guint64 n = g_ascii_isdigit(*text) ? g_ascii_strtoull(text, &unit, 10) : 0;
    if (n == 0 || n > MOST)
        return 0;
    return strcmp(unit, "d") == 0 ? (guint)n : strcmp(unit, "w") == 0 ? DAYS_A_WEEK * (guint)n : 0;
}

int cli_resolve_period(const cli *c, cli_period *p)
{
    p->days.until = G_MAXUINT32;
    if (p->since_text && !cli_parse_day(p->since_text, &p->days.since))
        return cli_misuse(c, "--since %s: no date of the form YYYY-MM-DD", p->since_text);
    if (p->until_text && !cli_parse_day(p->until_text, &p->days.until))
        return cli_misuse(c, "--until %s: no date of the form YYYY-MM-DD", p->until_text);
    if (p->days.since > p->days.until)
        return cli_misuse(c, "--since %s: later than --until %s", p->since_text, p->until_text);
    if (p->last_text && p->since_text)
        return cli_misuse(c, "--last: not together with --since");
    if (p->last_text && !(p->days.n_days = parse_days(p->last_text)))
        return cli_misuse(c, "--last %s: no number of days or weeks, like 7d or 2w", p->last_text);
    return CLI_OK;
}

im_day cli_newest_day(const GPtrArray *incidents, im_day until)
{
    im_day newest = IM_DAY_NONE;
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = incidents->pdata[i];
        const im_day last = im_incident_last_day(incident);
        if (last != IM_DAY_NONE && incident->date_start <= until)
            newest = MAX(newest, MIN(last, until));
    }
    return newest;
}

void cli_period_bounds(const cli_period *p, const GPtrArray *incidents, im_day *since,
                       im_day *until)
{
    *since = p->days.since;
    *until = p->days.until;
    if (p->days.n_days) {
        *until = cli_newest_day(incidents, p->days.until);
        *since = *until > p->days.n_days ? *until - p->days.n_days + 1 : 0;
    }
}

gboolean cli_is_within(const im_incident *incident, im_day since, im_day until)
{
    const im_day first = incident->date_start, last = MAX(first, incident->date_end);
    return first != IM_DAY_NONE && last >= since && first <= until;
}

GPtrArray *cli_choose_period(const cli *c, const cli_period *p, const GPtrArray *incidents)
{
    GPtrArray *chosen = g_ptr_array_new();
    im_day since, until;
    guint n_undated = 0;
    cli_period_bounds(p, incidents, &since, &until);
    for (guint i = 0; i < incidents->len; i++) {
        im_incident *incident = incidents->pdata[i];
        n_undated += incident->date_start == IM_DAY_NONE;
        if (cli_is_within(incident, since, until))
            g_ptr_array_add(chosen, incident);
    }
    cli_tell_without_day(c, n_undated);
    return chosen;
}

void cli_tell_without_day(const cli *c, guint n)
{
    if (n > 0)
        cli_warn(c, "records left out because they have no date: %u", n);
}

void cli_free_period(cli_period *p)
{
    g_free(p->since_text);
    g_free(p->until_text);
    g_free(p->last_text);
}
