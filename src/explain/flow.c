#include "explain/flow.h"

static const gunichar NO_BREAK_SPACE = 0x00A0;

void im_flow_init(flow *f, GString *out, guint columns)
{
    *f = (flow){.out = out, .columns = columns, .word = g_string_new(NULL)};
}

void im_flow_clear(flow *f)
{
    g_string_free(f->word, TRUE);
}

static guint width_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

guint im_flow_width(const char *text)
{
    guint width = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        width += width_of(g_utf8_get_char(p));
    return width;
}

static void pad_to(flow *f, guint column)
{
    f->behind_word = FALSE;
    for (; f->at < column; f->at++)
        g_string_append_c(f->out, ' ');
}

static void new_line(flow *f)
{
    g_string_append_c(f->out, '\n');
    f->at = 0;
    f->behind_word = FALSE;
}

/* Puts the word out, behind a space when another one stands before it. */
static void put_word(flow *f)
{
    if (f->word_columns > 0) {
        if (f->behind_word && f->at + 1 + f->word_columns > f->columns)
            new_line(f);
        else if (f->behind_word)
            pad_to(f, f->at + 1);
        if (f->at == 0)
            pad_to(f, f->indent);
        f->behind_word = TRUE;
    }
    g_string_append_len(f->out, f->word->str, (gssize)f->word->len);
    f->at += f->word_columns;
    g_string_truncate(f->word, 0);
    f->word_columns = 0;
}

void im_flow_text(flow *f, const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        guint width = width_of(c);
        if (c == '\n') {
            put_word(f);
            new_line(f);
        } else if (g_unichar_isspace(c) && c != NO_BREAK_SPACE) {
            put_word(f);
        } else {
            if (f->indent + f->word_columns + width > f->columns) /* no line would hold it */
                put_word(f);
            g_string_append_unichar(f->word, c);
            f->word_columns += width;
        }
    }
}

void im_flow_unseen(flow *f, const char *bytes)
{
    g_string_append(f->word, bytes);
}

void im_flow_end_line(flow *f)
{
    put_word(f);
    if (f->at > 0)
        new_line(f);
}

void im_flow_column(flow *f, guint column)
{
    put_word(f);
    if (f->at > column || (f->at == column && column > 0 && f->indent != column))
        new_line(f);
    f->indent = column;
    pad_to(f, column);
}
