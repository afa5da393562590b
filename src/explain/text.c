/* For a terminal: the text with its names marked, and below it what is to be said of each. */
#include "explain/flow.h"
#include "explain/priv.h"

#include <string.h>

enum { USUAL_COLUMNS = 80, LEAST_COLUMNS = 40, NAME_MOST = 24, GAP = 2, NUMBER_AT = 2 };

/* SGR sequences (ECMA-48), by im_mention_status. */
static const char *const COLOURS[] = {"", "\033[1;32m", "\033[1;33m", "\033[1;31m"};
static const char HEADING[] = "\033[1m", PLAIN[] = "\033[0m";

typedef struct page {
    flow flow;
    gboolean colour;
    guint name_at, score_at, place_at; /* columns of the table */
} page;

static void colour(page *p, const char *sequence)
{
    if (p->colour)
        im_flow_unseen(&p->flow, sequence);
}

static void add_clean(page *p, const char *text, gsize len)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    im_explain_clean(text, len, clean);
    im_flow_text(&p->flow, clean->str);
}

static void heading(page *p, const char *text)
{
    p->flow.indent = 0;
    im_flow_end_line(&p->flow);
    g_string_append_c(p->flow.out, '\n');
    colour(p, HEADING);
    im_flow_text(&p->flow, text);
    colour(p, PLAIN);
    im_flow_end_line(&p->flow);
}

static void add_marked_text(page *p, const story *s)
{
    const char *text = s->report->text;
    guint32 at = s->body.start;
    for (guint i = 0; i < s->mentions->len; i++) {
        const mention_words *w = &g_array_index(s->mentions, mention_words, i);
        if (w->span.start < at || w->span.end == w->span.start) /* spans that were given */
            continue;
        g_autofree char *number = g_strdup_printf("[%u]", w->number);
        add_clean(p, text + at, w->span.start - at);
        colour(p, COLOURS[w->status]);
        add_clean(p, text + w->span.start, w->span.end - w->span.start);
        colour(p, PLAIN);
        im_flow_text(&p->flow, number);
        at = w->span.end;
    }
    add_clean(p, text + at, s->body.end - at);
    im_flow_end_line(&p->flow);
}

static void set_columns(page *p, const story *s)
{
    guint widest = 4, digits = s->mentions->len > 99 ? 3 : 2;
    for (guint i = 0; i < s->mentions->len; i++)
        widest = MAX(widest, im_flow_width(g_array_index(s->mentions, mention_words, i).surface));
    p->name_at = NUMBER_AT + digits + GAP;
    p->score_at = p->name_at + MIN(widest, (guint)NAME_MOST) + GAP;
    p->place_at = p->score_at + (guint)strlen("SCORE") + GAP;
}

static void add_table_head(page *p)
{
    im_flow_column(&p->flow, NUMBER_AT);
    im_flow_text(&p->flow, "#");
    im_flow_column(&p->flow, p->name_at);
    im_flow_text(&p->flow, "NAME");
    im_flow_column(&p->flow, p->score_at);
    im_flow_text(&p->flow, "SCORE");
    im_flow_column(&p->flow, p->place_at);
    im_flow_text(&p->flow, "PLACE");
    im_flow_end_line(&p->flow);
}

/* A line of its own in the last column. */
static void add_line(page *p, const char *before, const char *text)
{
    im_flow_end_line(&p->flow);
    im_flow_column(&p->flow, p->place_at);
    im_flow_text(&p->flow, before);
    im_flow_text(&p->flow, text);
}

static void add_place(page *p, const place_words *place, const char *score)
{
    g_autofree char *words =
        score ? g_strdup_printf("%s · %s · %s", place->name, place->kind, score)
              : g_strdup_printf("%s · %s · %s", place->name, place->kind, place->position);
    im_flow_text(&p->flow, words);
}

static void add_row(page *p, const mention_words *w)
{
    g_autofree char *number = g_strdup_printf("%u", w->number);
    im_flow_column(&p->flow, NUMBER_AT);
    im_flow_text(&p->flow, number);
    im_flow_column(&p->flow, p->name_at);
    colour(p, COLOURS[w->status]);
    im_flow_text(&p->flow, w->surface);
    colour(p, PLAIN);
    im_flow_column(&p->flow, p->score_at);
    im_flow_text(&p->flow, w->score);
    im_flow_column(&p->flow, p->place_at);
    if (w->place.name)
        add_place(p, &w->place, NULL);
    else
        im_flow_text(&p->flow, w->verdict);
    add_line(p, "why: ", w->reason);
    if (w->relation)
        add_line(p, "meant: ", w->relation);
    if (w->runner_up.name) {
        add_line(p, "next: ", "");
        add_place(p, &w->runner_up, w->runner_up_score);
    }
    im_flow_end_line(&p->flow);
}

static void add_table(page *p, const story *s)
{
    heading(p, s->mentions->len ? "Places" : "No place names");
    if (s->mentions->len == 0)
        return;
    set_columns(p, s);
    add_table_head(p);
    for (guint i = 0; i < s->mentions->len; i++)
        add_row(p, &g_array_index(s->mentions, mention_words, i));
}

static void add_rejected(page *p, const story *s)
{
    if (s->rejected->len == 0)
        return;
    heading(p, "Names that are no places here");
    for (guint i = 0; i < s->rejected->len; i++) {
        const rejected_words *w = &g_array_index(s->rejected, rejected_words, i);
        im_flow_column(&p->flow, NUMBER_AT);
        p->flow.indent = 2 * NUMBER_AT;
        im_flow_text(&p->flow, w->surface);
        im_flow_text(&p->flow, ": ");
        im_flow_text(&p->flow, w->why);
        im_flow_end_line(&p->flow);
    }
}

static void add_detail(page *p, const char *name, const char *text)
{
    enum { TEXT_AT = 2 * NUMBER_AT };
    im_flow_end_line(&p->flow);
    im_flow_column(&p->flow, TEXT_AT);
    im_flow_text(&p->flow, name);
    im_flow_text(&p->flow, text);
}

static void add_incidents(page *p, const story *s)
{
    heading(p, s->incidents->len ? "Incidents" : "No incidents");
    for (guint i = 0; i < s->incidents->len; i++) {
        const incident_words *w = &g_array_index(s->incidents, incident_words, i);
        im_flow_column(&p->flow, NUMBER_AT);
        p->flow.indent = 2 * NUMBER_AT;
        colour(p, HEADING);
        im_flow_text(&p->flow, w->title);
        colour(p, PLAIN);
        add_detail(p, "what: ", w->what);
        add_detail(p, "where: ", w->where);
        add_detail(p, "when: ", w->when);
        if (*w->who)
            add_detail(p, "who: ", w->who);
        if (*w->quote)
            add_detail(p, "told by: ", w->quote);
        im_flow_end_line(&p->flow);
    }
}

void im_explain_text(const story *s, const im_explain_options *options, GString *out)
{
    page p = {.colour = options->colour};
    guint columns = options->columns ? options->columns : (guint)USUAL_COLUMNS;
    im_flow_init(&p.flow, out, MAX(columns, (guint)LEAST_COLUMNS));
    colour(&p, HEADING);
    im_flow_text(&p.flow, s->title);
    colour(&p, PLAIN);
    im_flow_end_line(&p.flow);
    im_flow_text(&p.flow, s->origin);
    im_flow_end_line(&p.flow);
    g_string_append_c(out, '\n');
    add_marked_text(&p, s);
    add_table(&p, s);
    add_incidents(&p, s);
    add_rejected(&p, s);
    im_flow_clear(&p.flow);
}
