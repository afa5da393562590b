/* How far long work is, on a terminal only. How much is to come nobody knows: inputs are streams. */
#include "cli/cli.h"

#include <stdio.h>
#include <unistd.h>

static const gint64 FIRST_US = 700 * 1000, NEXT_US = 100 * 1000;

/* Standard error is one for the whole process, and so is the line on it. */
static gint64 next_us;
static gboolean is_shown;

void cli_progress(guint n_reports, gpointer data)
{
    const cli *c = data;
    gint64 now_us = g_get_monotonic_time();
    if (next_us == 0)
        next_us = now_us + FIRST_US;
    if (now_us < next_us || c->quiet)
        return;
    next_us = now_us + NEXT_US;
    if (!isatty(STDERR_FILENO))
        return;
    is_shown = TRUE;
    fprintf(stderr, "\r%u reports read", n_reports);
}

void cli_progress_end(void)
{
    if (is_shown)
        fputs("\r\033[K", stderr);
    is_shown = FALSE;
}
