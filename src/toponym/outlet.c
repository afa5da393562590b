/* What the address of a report tells of its outlet: the country that its host is registered in, and the
 * towns in its name: `www.cambridge-news.co.uk` speaks of Cambridge, and of places in Britain. */
#include "toponym/priv.h"

#include <string.h>

enum { LONGEST_HOST = 120, LONGEST_WORD = 30, SHORTEST_NAME = 4 };

/* Country codes under which everybody registers names (general knowledge). */
static gboolean is_for_all(const char *code)
{
    static const char codes[][3] = {"ai", "am", "cc", "co", "fm", "gl", "io", "la", "ly",
                                    "me", "nu", "sh", "st", "tk", "to", "tv", "vc", "ws"};
    for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
        if (strcmp(codes[i], code) == 0)
            return TRUE;
    return FALSE;
}

static gboolean is_outlet_word(const char *word, gsize len)
{
    guint n;
    const im_lexeme *found = im_lexicon_find(word, len, &n);
    for (guint i = 0; i < n; i++)
        if ((found[i].cls == IM_LEX_OUTLET || found[i].cls == IM_LEX_FUNCTION) &&
            found[i].n_words == 1)
            return TRUE;
    return FALSE;
}

/* Bytes of the longest outlet word with which `word` begins (or ends), less than all; 0 without. */
static gsize outlet_word_at(const char *word, gsize len, gboolean end)
{
    for (gsize n = MIN(len - 1, LONGEST_WORD); n >= 2; n--)
        if (is_outlet_word(end ? word + len - n : word, n))
            return n;
    return 0;
}

static gboolean is_name(const im_topo *topo, const char *key, gsize len)
{
    guint n;
    return len >= SHORTEST_NAME && im_gazetteer_readings(topo->gazetteer, key, len, &n) != NULL;
}

/* The first letter of each word as a capital, for the matcher. */
static void append_name(GString *out, const char *name, gsize len)
{
    if (out->len)
        g_string_append(out, ", ");
    for (gsize i = 0; i < len; i++)
        g_string_append_c(out, i == 0 || name[i - 1] == ' ' ? g_ascii_toupper(name[i]) : name[i]);
}

/* A name of the gazetteer in one word or, written together, in two: `lasvegas`. */
static gboolean append_if_name(const im_topo *topo, const char *word, gsize len, GString *out)
{
    enum { FEWEST = 3 };
    if (is_name(topo, word, len)) {
        append_name(out, word, len);
        return TRUE;
    }
    char two[LONGEST_WORD + 1]; /* the words, with a space that moves through them */
    memcpy(two + 1, word, len);
    for (gsize at = 0; at + FEWEST <= len; at++) {
        two[at] = ' ';
        if (at >= FEWEST && is_name(topo, two, len + 1)) {
            append_name(out, two, len + 1);
            return TRUE;
        }
        two[at] = word[at];
    }
    return FALSE;
}

/* The name in `thespringfieldnewssun` that is left without the words of newspapers around it. */
static void read_word(const im_topo *topo, const char *word, gsize len, GString *out)
{
    for (gboolean end = FALSE;;) {
        if (len < SHORTEST_NAME || len > LONGEST_WORD || is_outlet_word(word, len) ||
            append_if_name(topo, word, len, out))
            return;
        gsize n = outlet_word_at(word, len, end);
        if (n == 0 && end)
            return;
        if (n == 0) {
            end = TRUE;
            continue;
        }
        word += end ? 0 : n;
        len -= n;
    }
}

/* The host of `https://www.example.org:80/a?b` in lower case; FALSE when there is none. */
static gboolean host_of(const char *url, char host[LONGEST_HOST])
{
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    gsize len = strcspn(at, "/:?#@");
    if (len == 0 || len >= LONGEST_HOST || at[len] == '@')
        return FALSE;
    for (gsize i = 0; i < len; i++)
        host[i] = g_ascii_tolower(at[i]);
    host[len] = '\0';
    return strchr(host, '.') != NULL;
}

void topo_read_outlet(im_topo *topo, const char *url)
{
    char host[LONGEST_HOST];
    if (!host_of(url, host))
        return;
    char *top = strrchr(host, '.');
    if (strlen(top + 1) == 2 && !is_for_all(top + 1))
        g_strlcpy(topo->outlet_country, strcmp(top + 1, "uk") == 0 ? "gb" : top + 1,
                  sizeof topo->outlet_country);
    *top = '\0';
    g_autoptr(GString) names = g_string_new(NULL);
    for (const char *word = host; *word;) {
        gsize len = strcspn(word, ".-_");
        read_word(topo, word, len, names);
        word += len + (word[len] != '\0');
    }
    if (names->len)
        topo_match_hint(topo, names->str);
}
