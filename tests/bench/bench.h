/** @file
 *  The frame of the benchmarks: repeat, take the time, print one JSON line a figure. */
#ifndef IM_TESTS_BENCH_H
#define IM_TESTS_BENCH_H

#include <glib.h>

/** Reads the command line of a benchmark: `--quick` measures three times instead of for seconds. */
void bench_init(int argc, char **argv);

/** What is measured; called again and again with the same data. */
typedef void (*bench_body)(void *data);

/** Measures a body for about two seconds, at least five times after one call that is not counted,
 *  and prints
 *
 *      {"bench":NAME,"runs":N,"min_ms":T,"median_ms":T,"mb_per_s":R}
 *
 *  @param bytes  what one call reads, for the rate at the median; 0 leaves the rate out */
void bench_run(const char *name, bench_body body, void *data, gsize bytes);

/** Prints the line for times that were measured otherwise.
 *  @param times_ms    of double, at least one; is sorted
 *  @param max_rss_mb  peak memory; 0 leaves it out */
void bench_print(const char *name, GArray *times_ms, gsize bytes, double max_rss_mb);

/** Measures a command as a whole process, from exec to exit: once that is not counted, then so many
 *  times, and prints the line with its peak memory. What it says on standard output is lost. A run
 *  that fails ends the benchmark, for its time would mean nothing.
 *  @param argv  ends with NULL; the first is looked for in PATH */
void bench_command(const char *name, const char *const *argv, guint runs, gsize bytes);

/** What one run of a command took. */
typedef struct bench_usage {
    double wall_ms, max_rss_mb;
} bench_usage;

/** Runs a command once, as bench_command() does, and prints nothing. */
bench_usage bench_once(const char *const *argv);

/** A command that is measured beside others. */
typedef struct bench_rival {
    const char *name;
    const char *const *argv; /**< as of bench_command() */
} bench_rival;

/** As bench_command() for `n` of them side by side: by turns, for the machine is not the same a minute later. */
void bench_turns(const bench_rival *rivals, guint n, guint runs, gsize bytes);

/** Whether `--quick` was given. */
gboolean bench_is_quick(void);

/** A text of about `bytes` bytes: the sample reports of tests/data, again and again. Owned by the
 *  caller. */
GString *bench_text(gsize bytes);

#endif
