/* cli_cases BIN FILE   runs the cases of a file with BIN in the PATH. A case is
 *
 *      case NAME
 *      $ COMMAND     run by sh in a new folder; several lines are one script
 *      < LINE        standard input; none: empty
 *      > LINE        standard output, all of it; none: empty
 *      ! LINE        standard error, all of it; none: empty
 *      ? CODE        exit code; none: 0
 *
 * `>~ REGEX` and `!~ REGEX` match one line that holds it, `>...` and `!...` any number of lines.
 * Lines that begin with # are comments. The samples of tests/data are in $IM_TEST_DATA. */
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

typedef struct test_case {
    char *name;
    GString *script, *input;
    GPtrArray *output, *messages; /* of char *: ` LINE`, `~ REGEX` or `...` */
    int code;
} test_case;

static test_case *case_new(const char *name)
{
    test_case *c = g_new0(test_case, 1);
    c->name = g_strdup(name);
    c->script = g_string_new(NULL);
    c->input = g_string_new(NULL);
    c->output = g_ptr_array_new_with_free_func(g_free);
    c->messages = g_ptr_array_new_with_free_func(g_free);
    return c;
}

static void case_free(gpointer data)
{
    test_case *c = data;
    g_free(c->name);
    g_string_free(c->script, TRUE);
    g_string_free(c->input, TRUE);
    g_ptr_array_unref(c->output);
    g_ptr_array_unref(c->messages);
    g_free(c);
}

/* @return FALSE for a line that means nothing */
static gboolean read_line(test_case *c, const char *line)
{
    const char *rest = line + 1, *text = *rest == ' ' ? rest + 1 : rest;
    switch (*line) {
    case '$':
        g_string_append_printf(c->script, "%s\n", text);
        return TRUE;
    case '<':
        g_string_append_printf(c->input, "%s\n", text);
        return TRUE;
    case '>':
        g_ptr_array_add(c->output, g_strdup(rest));
        return TRUE;
    case '!':
        g_ptr_array_add(c->messages, g_strdup(rest));
        return TRUE;
    case '?':
        c->code = atoi(text);
        return TRUE;
    default:
        return FALSE;
    }
}

static GPtrArray *read_cases(const char *path)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;
    GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
    if (!g_file_get_contents(path, &text, NULL, &error))
        g_error("%s", error->message);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        if (!*lines[i] || *lines[i] == '#')
            continue;
        if (g_str_has_prefix(lines[i], "case "))
            g_ptr_array_add(cases, case_new(lines[i] + 5));
        else if (cases->len == 0 || !read_line(cases->pdata[cases->len - 1], lines[i]))
            g_error("%s:%u: not understood: %s", path, i + 1, lines[i]);
    }
    return cases;
}

static gboolean line_matches(const char *pattern, const char *line)
{
    if (*pattern == '~')
        return g_regex_match_simple(pattern[1] == ' ' ? pattern + 2 : pattern + 1, line, 0, 0);
    return strcmp(*pattern == ' ' ? pattern + 1 : pattern, line) == 0;
}

/* Patterns against lines, both with what is left of them. */
static gboolean lines_match(char **patterns, char **lines)
{
    if (!*patterns)
        return !*lines;
    if (strcmp(*patterns, "...") != 0)
        return *lines && line_matches(*patterns, *lines) && lines_match(patterns + 1, lines + 1);
    return lines_match(patterns + 1, lines) || (*lines && lines_match(patterns, lines + 1));
}

static gboolean text_matches(const GPtrArray *expected, const char *text)
{
    g_autoptr(GPtrArray) patterns = g_ptr_array_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n = g_strv_length(lines);
    if (n && !*lines[n - 1]) /* behind the last line break */
        g_clear_pointer(&lines[n - 1], g_free);
    for (guint i = 0; i < expected->len; i++)
        g_ptr_array_add(patterns, expected->pdata[i]);
    g_ptr_array_add(patterns, NULL);
    return lines_match((char **)patterns->pdata, lines);
}

static void print_lines(const char *title, char mark, const GPtrArray *expected, const char *text)
{
    printf("#   %s should be\n", title);
    for (guint i = 0; i < expected->len; i++)
        printf("#     %c%s\n", mark, (const char *)expected->pdata[i]);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    printf("#   but is\n");
    for (guint i = 0; lines[i] && (lines[i + 1] || *lines[i]); i++)
        printf("#     %c %.1000s\n", mark, lines[i]);
}

static void remove_folder(const char *folder)
{
    const char *argv[] = {"rm", "-rf", folder, NULL};
    g_spawn_sync(NULL, (char **)(gpointer)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                 NULL, NULL);
}

/* Runs the script with the input in a file beside the folder, so that neither waits for the other. */
static int run_script(const test_case *c, char **output, char **messages)
{
    int status;
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp("incmap-cli-XXXXXX", &error);
    g_autofree char *input = g_strconcat(folder, ".stdin", NULL);
    g_autofree char *script = g_strdup_printf("exec <'%s'\n%s", input, c->script->str);
    const char *argv[] = {"sh", "-c", script, NULL};
    if (!folder || !g_file_set_contents(input, c->input->str, (gssize)c->input->len, &error) ||
        !g_spawn_sync(folder, (char **)(gpointer)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                      output, messages, &status, &error))
        g_error("%s", error->message);
    g_unlink(input);
    remove_folder(folder);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static gboolean run_case(const test_case *c)
{
    g_autofree char *output = NULL;
    g_autofree char *messages = NULL;
    int code = run_script(c, &output, &messages);
    gboolean right_output = text_matches(c->output, output);
    gboolean right_messages = text_matches(c->messages, messages);
    if (code != c->code)
        printf("#   exit code should be %d but is %d\n", c->code, code);
    if (!right_output)
        print_lines("standard output", '>', c->output, output);
    if (!right_messages || code != c->code)
        print_lines("standard error", '!', c->messages, messages);
    return right_output && right_messages && code == c->code;
}

int main(int argc, char **argv)
{
    guint failed = 0;
    if (argc != 3) {
        fprintf(stderr, "usage: cli_cases BIN FILE\n");
        return 2;
    }
    g_autofree char *path = g_strconcat(argv[1], ":", g_getenv("PATH"), NULL);
    g_setenv("PATH", path, TRUE);
    g_unsetenv("INCMAP_GAZETTEER");
    g_unsetenv("INCMAP_GEODATA");
    g_unsetenv("INCMAP_FONTS");
    g_autoptr(GPtrArray) cases = read_cases(argv[2]);
    printf("1..%u\n", cases->len);
    for (guint i = 0; i < cases->len; i++) {
        const test_case *c = cases->pdata[i];
        gboolean ok = run_case(c);
        printf("%s %u - %s\n", ok ? "ok" : "not ok", i + 1, c->name);
        fflush(stdout);
        failed += !ok;
    }
    return failed || cases->len == 0;
}
