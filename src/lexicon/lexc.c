/* lexc OUT.c FOLDER...  compiles lexicon tables into one constant C table (see text/lexicon.h).
 * A build tool: prints the file and line of a fault and ends with 1. */
#include "base/hash.h"
#include "base/utf8.h"
#include "text/lexicon.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREFIX_LETTERS = 3, MAX_WORDS = 12, MAX_WORD_BYTES = 60 };

typedef struct entry {
    char *phrase, *first, *value, *extra;
    gboolean prefix;
    guint cls, language, n_words;
} entry;

#define CLASS(name, file) {file, "IM_LEX_" #name},
static const struct {
    const char *file, *name;
} classes[] = {{"", "IM_LEX_NONE"}, IM_LEXEME_CLASSES(CLASS)};
#undef CLASS

#define WORD(name, word) word,
static const char *const extra_words[] = {IM_EXTRA_WORDS(WORD)};
#undef WORD

G_GNUC_NORETURN static void fail(const char *path, guint line, const char *what)
{
    fprintf(stderr, "%s:%u: %s\n", path, line, what);
    exit(1);
}

static void entry_free(gpointer data)
{
    entry *e = data;
    g_free(e->phrase);
    g_free(e->first);
    g_free(e->value);
    g_free(e->extra);
    g_free(e);
}

static char *fold_phrase(const char *raw, guint *n_words)
{
    char folded[MAX_WORDS * (MAX_WORD_BYTES + 1)];
    gsize n = im_fold(raw, strlen(raw), folded, sizeof folded - 1);
    folded[n] = '\0';
    g_strdelimit(folded, "-", ' ');
    g_auto(GStrv) parts = g_strsplit_set(folded, " \xc2\xa0", -1);
    GString *out = g_string_new(NULL);
    *n_words = 0;
    for (char **part = parts; *part; part++) {
        if (!**part)
            continue;
        g_string_append_printf(out, "%s%s", out->len ? " " : "", *part);
        ++*n_words;
    }
    return g_string_free(out, FALSE);
}

/* Where a line stands, and what its table is of. */
typedef struct origin {
    const char *path;
    guint line, cls, language;
} origin;

/* @param cells  value and extra */
static void add_entry(const origin *o, const char *phrase, const char *const cells[2],
                      GPtrArray *entries)
{
    entry *e = g_new0(entry, 1);
    e->phrase = fold_phrase(phrase, &e->n_words);
    if (e->n_words == 0 || e->n_words > MAX_WORDS)
        fail(o->path, o->line, "a phrase has 1 to 12 words");
    if (!g_unichar_isalpha(g_utf8_get_char(e->phrase)))
        fail(o->path, o->line, "a phrase begins with a letter");
    if (o->cls == IM_LEX_FUNCTION && e->n_words != 1)
        fail(o->path, o->line, "a function word is one word");
    const char *space = strchr(e->phrase, ' ');
    e->first = space ? g_strndup(e->phrase, (gsize)(space - e->phrase)) : g_strdup(e->phrase);
    e->prefix = g_str_has_suffix(e->first, "*");
    if (e->prefix)
        e->first[strlen(e->first) - 1] = '\0';
    if (e->prefix && strlen(e->first) < PREFIX_LETTERS)
        fail(o->path, o->line, "a first word that ends in * needs three letters before it");
    e->value = g_strdup(cells[0]);
    e->extra = g_strdup(cells[1]);
    e->cls = o->cls;
    e->language = o->language;
    g_ptr_array_add(entries, e);
}

/* A phrase may hold alternatives, as `atac{ó|aron}`: each of them is an entry. */
static void add_forms(const origin *o, const char *phrase, const char *const cells[2],
                      GPtrArray *entries)
{
    const char *open = strchr(phrase, '{'), *close = open ? strchr(open, '}') : NULL;
    if (!open) {
        add_entry(o, phrase, cells, entries);
        return;
    }
    if (!close)
        fail(o->path, o->line, "a { without its }");
    g_autofree char *inner = g_strndup(open + 1, (gsize)(close - open - 1));
    g_auto(GStrv) forms = g_strsplit(inner, "|", -1);
    for (guint i = 0; forms[i]; i++) {
        g_autofree char *form =
            g_strdup_printf("%.*s%s%s", (int)(open - phrase), phrase, forms[i], close + 1);
        add_forms(o, form, cells, entries);
    }
}

static void read_line(const origin *o, char *line, GPtrArray *entries)
{
    g_auto(GStrv) cells = g_strsplit(line, "\t", -1);
    const guint n = g_strv_length(cells);
    if (n > 3)
        fail(o->path, o->line, "more than three columns");
    const char *const rest[] = {n > 1 ? cells[1] : "", n > 2 ? cells[2] : ""};
    add_forms(o, cells[0], rest, entries);
}

static void read_table(const char *path, guint cls, guint language, GPtrArray *entries)
{
    g_autofree char *bytes = NULL;
    if (!g_file_get_contents(path, &bytes, NULL, NULL))
        fail(path, 0, "cannot be read");
    if (!g_utf8_validate(bytes, -1, NULL))
        fail(path, 0, "is not UTF-8");
    g_auto(GStrv) lines = g_strsplit(bytes, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (*lines[i] && *lines[i] != '#')
            read_line(&(origin){path, i + 1, cls, language}, lines[i], entries);
}

static guint class_of(const char *file)
{
    for (guint i = 1; i < G_N_ELEMENTS(classes); i++)
        if (g_str_has_suffix(file, ".tsv") && strlen(file) == strlen(classes[i].file) + 4 &&
            g_str_has_prefix(file, classes[i].file))
            return i;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_folder(const char *folder, GPtrArray *entries)
{
    g_autofree char *name = g_path_get_basename(folder);
    guint language = strcmp(name, "en") == 0   ? IM_LANGUAGE_EN
                     : strcmp(name, "es") == 0 ? IM_LANGUAGE_ES
                                               : IM_LANGUAGE_UNKNOWN;
    GDir *dir = g_dir_open(folder, 0, NULL);
    if (!dir)
        fail(folder, 0, "no such folder");
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    for (const char *file; (file = g_dir_read_name(dir));)
        g_ptr_array_add(files, g_strdup(file));
    g_dir_close(dir);
    g_ptr_array_sort(files, by_name);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = g_build_filename(folder, files->pdata[i], NULL);
        guint cls = class_of(files->pdata[i]);
        if (!cls)
            fail(path, 0, "names no class of text/lexicon.h");
        read_table(path, cls, language, entries);
    }
}

static char *group_key(const entry *e)
{
    return e->prefix ? g_strndup(e->first, PREFIX_LETTERS) : g_strdup(e->first);
}

static int by_group(const void *a, const void *b)
{
    const entry *x = *(entry *const *)a, *y = *(entry *const *)b;
    if (x->prefix != y->prefix)
        return x->prefix ? 1 : -1;
    g_autofree char *kx = group_key(x), *ky = group_key(y);
    int order = strcmp(kx, ky);
    if (!order && x->n_words != y->n_words)
        order = x->n_words > y->n_words ? -1 : 1;
    if (!order)
        order = strcmp(x->phrase, y->phrase);
    if (!order)
        order = (int)x->cls - (int)y->cls;
    if (!order)
        order = (int)x->language - (int)y->language;
    return order ? order : strcmp(x->value, y->value);
}

static void print_string(FILE *out, const char *s)
{
    g_autofree char *escaped = g_strescape(s, NULL);
    fprintf(out, "\"%s\"", escaped);
}

/* Which of the words that code asks for `extra` holds, as bits: a word, or one that goes on after a colon. */
static guint extras_of(const char *extra)
{
    guint bits = 0;
    g_auto(GStrv) words = g_strsplit(extra, " ", -1);
    for (guint i = 0; words[i]; i++)
        for (guint k = 0; k < G_N_ELEMENTS(extra_words); k++)
            if (g_str_has_suffix(extra_words[k], ":") ? g_str_has_prefix(words[i], extra_words[k])
                                                      : g_str_equal(words[i], extra_words[k]))
                bits |= 1u << k;
    return bits;
}

static guint32 hash_of(const char *word, gsize len)
{
    return im_hash_word(word, len);
}

/* That of a value or extra; no other has the same. @param hashes  of those before, the text to each */
static guint32 hash_alone(GHashTable *hashes, const char *text)
{
    const guint32 hash = hash_of(text, strlen(text));
    const char *other = g_hash_table_lookup(hashes, GUINT_TO_POINTER(hash));
    if (other && strcmp(other, text) != 0)
        fail(text, 0, "cannot be told from another value by its hash");
    g_hash_table_insert(hashes, GUINT_TO_POINTER(hash), (gpointer)text);
    return hash;
}

static void print_entries(FILE *out, GPtrArray *entries)
{
    g_autoptr(GHashTable) hashes = g_hash_table_new(NULL, NULL);
    fputs("const im_lexeme im_lexicon_entries[] = {\n", out);
    for (guint i = 0; i < entries->len; i++) {
        const entry *e = entries->pdata[i];
        fputs("    {", out);
        print_string(out, e->phrase);
        fputs(", ", out);
        print_string(out, e->value);
        fputs(", ", out);
        print_string(out, e->extra);
        fprintf(out, ", %ld, %s, %u, %u, %u, %uu, %uu},\n", strtol(e->value, NULL, 10),
                classes[e->cls].name, e->language, e->n_words, extras_of(e->extra),
                hash_alone(hashes, e->value), hash_alone(hashes, e->extra));
    }
    fputs("};\n\n", out);
}

/* The hash of the second word, 0 when there is none or a `*` leaves it open. */
static guint32 second_hash(const entry *e)
{
    const char *second = strchr(e->phrase, ' ');
    gsize len = second ? strcspn(++second, " ") : 0;
    return len == 0 || second[len - 1] == '*' ? 0 : hash_of(second, len);
}

static gboolean opens_group(GPtrArray *entries, guint i)
{
    if (i == 0)
        return TRUE;
    const entry *e = entries->pdata[i], *before = entries->pdata[i - 1];
    g_autofree char *key = group_key(e), *key_before = group_key(before);
    return e->prefix != before->prefix || strcmp(key, key_before) != 0;
}

static guint group_size(GPtrArray *entries, guint first)
{
    guint n = 1;
    while (first + n < entries->len && !opens_group(entries, first + n))
        n++;
    return n;
}

static void print_keys(FILE *out, GPtrArray *entries)
{
    fputs("const im_lexeme_key im_lexicon_keys[] = {\n", out);
    for (guint i = 0; i < entries->len; i++) {
        const entry *e = entries->pdata[i];
        fprintf(out, "    {%s, %u},\n", classes[e->cls].name, e->language);
    }
    fputs("};\n\nconst guint32 im_lexicon_seconds[] = {\n", out);
    for (guint i = 0; i < entries->len; i++)
        fprintf(out, "    %u,\n", second_hash(entries->pdata[i]));
    for (guint i = 0; i < IM_LEXICON_SECONDS_AHEAD; i++)
        fputs("    0,\n", out);
    fputs("};\n\n", out);
}

/* The classes of the entries that a text of the language has. */
static guint64 classes_in(GPtrArray *entries, guint first, guint n, guint language)
{
    guint64 bits = 0;
    for (guint i = first; i < first + n; i++) {
        const entry *e = entries->pdata[i];
        if (e->language == IM_LANGUAGE_UNKNOWN || e->language == language)
            bits |= IM_CLASS_BIT(e->cls);
    }
    return bits;
}

/* What tells that no phrase of the group goes on with a word. */
static guint64 seconds_of(GPtrArray *entries, guint first, guint n_longer)
{
    guint64 bits = 0;
    for (guint i = first; i < first + n_longer; i++) {
        guint32 hash = second_hash(entries->pdata[i]);
        bits |= hash ? im_lexicon_second_bit(hash) : G_MAXUINT64;
    }
    return bits;
}

static guint count_longer(GPtrArray *entries, guint first, guint n)
{
    guint longer = 0;
    while (longer < n && ((const entry *)entries->pdata[first + longer])->n_words > 1)
        longer++;
    return longer;
}

static void print_groups(FILE *out, GPtrArray *entries)
{
    fputs("const im_lexeme_group im_lexicon_groups[] = {\n    {{0}, 0, 0, 0, 0},\n", out);
    for (guint i = 0, n; i < entries->len; i += n) {
        n = group_size(entries, i);
        guint longer = count_longer(entries, i, n);
        fputs("    {{", out);
        for (guint language = 0; language <= IM_LANGUAGE_ES; language++)
            fprintf(out, "%" G_GUINT64_FORMAT "u, ", classes_in(entries, i, n, language));
        fprintf(out, "}, %" G_GUINT64_FORMAT "u, %u, %u, %u},\n", seconds_of(entries, i, longer), i,
                n, longer);
    }
    fputs("};\n\n", out);
}

/* Of the word of each group what stands behind its first eight bytes: eight more, filled up with NUL. */
static void print_tails(FILE *out, GPtrArray *entries)
{
    fputs("static const guint64 group_tails[] = {\n    0,\n", out);
    for (guint i = 0, n; i < entries->len; i += n) {
        n = group_size(entries, i);
        g_autofree char *key = group_key(entries->pdata[i]);
        const gsize len = strlen(key);
        const guint64 tail =
            len > IM_CHUNK_BYTES ? im_first_chunk(key + IM_CHUNK_BYTES, len - IM_CHUNK_BYTES) : 0;
        fprintf(out, "    %" G_GUINT64_FORMAT "u,\n", tail);
    }
    fputs("};\n\n", out);
}

typedef struct place {
    guint64 head;
    guint32 hash, group;
} place;

static void fail_if_same(const place *a, const place *b, const char *key)
{
    if (a->group && a->head == b->head && a->hash == b->hash)
        fail(key, 0, "cannot be told from another word by its hash");
}

/* Puts a group into its bucket, or the next that has room. @param more  of each bucket */
static void enter(place *places, guint *more, guint n_buckets, place new, const char *key)
{
    const guint mask = n_buckets - 1;
    for (guint bucket = new.hash &mask;; bucket = (bucket + 1) & mask) {
        for (guint i = 0; i < 2; i++) {
            place *at = &places[2 * bucket + i];
            fail_if_same(at, &new, key);
            if (at->group)
                continue;
            *at = new;
            return;
        }
        more[bucket] = 1;
    }
}

/* A table of groups by their words, as text/lexicon.c reads it. */
static void print_buckets(FILE *out, const char *name, GPtrArray *entries, gboolean prefix)
{
    guint groups = 0, group = 0, n = 64;
    for (guint i = 0; i < entries->len; i++)
        groups += ((const entry *)entries->pdata[i])->prefix == prefix && opens_group(entries, i);
    while (n < 2 * groups)
        n *= 2;
    g_autofree place *places = g_new0(place, 2 * n);
    g_autofree guint *more = g_new0(guint, n);
    for (guint i = 0; i < entries->len; i++) {
        const entry *e = entries->pdata[i];
        group += opens_group(entries, i);
        if (e->prefix != prefix || !opens_group(entries, i))
            continue;
        g_autofree char *key = group_key(e);
        gsize len = strlen(key);
        enter(places, more, n, (place){im_first_chunk(key, len), hash_of(key, len), group}, key);
    }
    fprintf(out, "static const lexicon_bucket %s[%u] __attribute__((aligned(32))) = {", name, n);
    for (guint i = 0; i < n; i++) {
        const place *p = &places[2 * i];
        fprintf(out,
                "%s{{%" G_GUINT64_FORMAT "u, %" G_GUINT64_FORMAT "u}, {%uu, %uu}, {%u, %u}, %u},",
                i % 4 ? "" : "\n    ", p[0].head, p[1].head, p[0].hash, p[1].hash, p[0].group,
                p[1].group, more[i]);
    }
    fputs("\n};\n\n", out);
}

/* Of the entries that end in `*` the classes, and for each first letter the second ones, as bits. */
static void print_prefixes(FILE *out, GPtrArray *entries)
{
    guint32 letters[26] = {0};
    guint64 bits = 0;
    for (guint i = 0; i < entries->len; i++) {
        const entry *e = entries->pdata[i];
        if (!e->prefix)
            continue;
        if (!g_ascii_islower(e->first[0]) || !g_ascii_islower(e->first[1]))
            fail(e->phrase, 0, "what words begin with is two letters from a to z at least");
        bits |= IM_CLASS_BIT(e->cls);
        letters[e->first[0] - 'a'] |= 1u << (e->first[1] - 'a');
    }
    fprintf(out, "const guint64 im_lexicon_prefix_classes = %" G_GUINT64_FORMAT "u;\n", bits);
    fputs("const guint32 im_lexicon_prefix_letters[26] = {", out);
    for (guint i = 0; i < G_N_ELEMENTS(letters); i++)
        fprintf(out, "%uu, ", letters[i]);
    fputs("};\n\n", out);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: lexc OUT.c FOLDER...\n", stderr);
        return 2;
    }
    g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(entry_free);
    for (int i = 2; i < argc; i++)
        read_folder(argv[i], entries);
    g_ptr_array_sort(entries, by_group);
    if (entries->len >= G_MAXUINT16)
        fail(argv[0], 0, "more entries than a slot can number");
    FILE *out = fopen(argv[1], "w");
    if (!out)
        fail(argv[1], 0, "cannot be written");
    fputs("/* made by lexc from src/lexicon; do not edit */\n", out);
    print_entries(out, entries);
    print_keys(out, entries);
    print_groups(out, entries);
    print_tails(out, entries);
    print_prefixes(out, entries);
    print_buckets(out, "exact_buckets", entries, FALSE);
    print_buckets(out, "prefix_buckets", entries, TRUE);
    return fclose(out) == 0 ? 0 : 1;
}
