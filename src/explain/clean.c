/* Text of strangers, made fit to be shown. */
#include "explain/priv.h"

enum { SYMBOL_FOR_NULL = 0x2400, SYMBOL_FOR_DELETE = 0x2421 };

/* Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9). */
static gboolean turns_direction(gunichar c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* 0 for what is dropped. */
static gunichar shown(gunichar c)
{
    if (c < ' ' && c != '\t' && c != '\n')
        return SYMBOL_FOR_NULL + c;
    if (c == 0x7F)
        return SYMBOL_FOR_DELETE;
    if ((c >= 0x80 && c < 0xA0) || (c & 0xFFFE) == 0xFFFE)
        return 0xFFFD;
    return turns_direction(c) ? 0 : c;
}

void im_explain_clean(const char *text, gsize len, GString *out)
{
    for (const char *p = text, *end = text + len; p < end; p = g_utf8_next_char(p)) {
        if (p[0] == '\r' && p + 1 < end && p[1] == '\n')
            continue;
        gunichar c = shown(g_utf8_get_char(p));
        if (c)
            g_string_append_unichar(out, c);
    }
}

char *im_explain_clean_line(const char *text, gsize len)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    GString *line = g_string_new(NULL);
    im_explain_clean(text, len, clean);
    for (const char *p = clean->str; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (!g_unichar_isspace(c))
            g_string_append_unichar(line, c);
        else if (line->len && line->str[line->len - 1] != ' ')
            g_string_append_c(line, ' ');
    }
    if (line->len && line->str[line->len - 1] == ' ')
        g_string_truncate(line, line->len - 1);
    return g_string_free(line, FALSE);
}
