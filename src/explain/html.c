/* One page of HTML that is well-formed XML, too: no script, nothing from elsewhere. Marks and rows point
 * to each other, so that keyboards and screen readers go along. */
#include "explain/priv.h"

#include <string.h>

/* Colours have a contrast of at least 4.5 to their ground in both schemes (WCAG 2.1, AA). */
static const char STYLE[] =
    ":root{color-scheme:light dark;--ground:#fff;--ink:#1b1b1b;--faint:#5a5a5a;--line:#d0d0d0;"
    "--link:#0b57a4;--resolved:#d5f0d8;--ambiguous:#ffe9ad;--not_found:#ffd9d4;--told:#7a4fb5}\n"
    "@media(prefers-color-scheme:dark){:root{--ground:#161616;--ink:#ececec;--faint:#adadad;"
    "--line:#444;--link:#8fc1f7;--resolved:#1e4d28;--ambiguous:#5c4700;--not_found:#6b241c;"
    "--told:#c3a4ee}}\n"
    "body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--ground);color:var(--ink);"
    "font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.4rem}h2{font-size:1.3rem;margin-bottom:.2rem}h3{font-size:1.05rem;"
    "margin:1.6rem 0 .4rem}\n"
    ".origin,.facts{color:var(--faint);margin:0}\n"
    ".text{white-space:pre-wrap;border-block:1px solid var(--line);padding:.8rem 0}\n"
    "a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}\n"
    "mark{color:inherit;border-radius:.2em;padding:0 .15em}mark a{color:inherit}\n"
    "mark.resolved,.key.resolved{background:var(--resolved)}"
    "mark.ambiguous,.key.ambiguous{background:var(--ambiguous)}"
    "mark.not_found,.key.not_found{background:var(--not_found)}\n"
    ".key{border-radius:.2em;padding:0 .4em;margin-right:.6em}\n"
    "sup{font-size:.7em;line-height:0}\n"
    ".sentence{border-bottom:2px dotted var(--told)}\n"
    ":target{outline:2px solid var(--link)}\n"
    "table{border-collapse:collapse;width:100%;font-size:.92rem}\n"
    "th,td{text-align:start;vertical-align:top;padding:.35rem .5rem;"
    "border-bottom:1px solid var(--line)}\n"
    "td small{display:block;color:var(--faint);font-size:.92em}\n"
    "blockquote{margin:.3rem 0 0;padding-inline-start:.8rem;border-inline-start:3px solid "
    "var(--told)}\n"
    "ol.incidents li{margin-bottom:1rem}\n"
    "@media(max-width:44rem){thead{position:absolute;width:1px;height:1px;overflow:hidden;"
    "clip-path:inset(50%)}tr,td,tbody th{display:block;border:0;padding:.1rem 0}"
    "tr{border-bottom:1px solid var(--line);padding:.6rem 0}"
    "td[data-label]::before{content:attr(data-label)': ';color:var(--faint)}}\n"
    "@media print{body{max-width:none;font-size:10pt}a{color:inherit;text-decoration:none}"
    "mark,.key{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "tr,li{break-inside:avoid}}\n";

void im_explain_html_begin(GString *out)
{
    g_string_append_printf(
        out,
        "<!DOCTYPE html>\n"
        "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
        "<meta charset=\"utf-8\"/>\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
        "<title>Places and incidents, and why</title>\n<style>\n%s</style>\n</head>\n<body>\n"
        "<main>\n<h1>Places and incidents, and why</h1>\n"
        "<p><span class=\"key resolved\">a place</span> "
        "<span class=\"key ambiguous\">which one is not clear</span> "
        "<span class=\"key not_found\">not in the gazetteer</span> "
        "<span class=\"sentence\">tells of an incident</span></p>\n",
        STYLE);
}

void im_explain_html_end(GString *out)
{
    g_string_append(out, "</main>\n</body>\n</html>\n");
}

G_GNUC_PRINTF(2, 3) static void add(GString *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *escaped = g_markup_vprintf_escaped(format, arguments);
    va_end(arguments);
    g_string_append(out, escaped);
}

static void add_text(GString *out, const char *text, guint32 start, guint32 end)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    im_explain_clean(text + start, end - start, clean);
    g_autofree char *escaped = g_markup_escape_text(clean->str, (gssize)clean->len);
    g_string_append(out, escaped);
}

static int by_start(const void *a, const void *b)
{
    const im_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* The sentences that tell of incidents, in order, each once, not overlapping. Owned by the caller. */
static GArray *sentences_of(const story *s)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(im_span));
    for (guint i = 0; i < s->incidents->len; i++) {
        im_span sentence = g_array_index(s->incidents, incident_words, i).sentence;
        if (sentence.end > sentence.start)
            g_array_append_val(all, sentence);
    }
    g_array_sort(all, by_start);
    guint kept = 0;
    for (guint i = 0; i < all->len; i++) {
        im_span sentence = g_array_index(all, im_span, i);
        if (kept == 0 || sentence.start >= g_array_index(all, im_span, kept - 1).end)
            g_array_index(all, im_span, kept++) = sentence;
    }
    g_array_set_size(all, kept);
    return all;
}

/* Where in the text the writing of it is. */
typedef struct cursor {
    const story *story;
    guint number;            /* of the report */
    const GArray *sentences; /* of im_span */
    guint next;              /* end of a sentence: two for each */
    guint32 at;
} cursor;

static guint32 next_end(const cursor *c)
{
    if (c->next >= 2 * c->sentences->len)
        return G_MAXUINT32;
    im_span sentence = g_array_index(c->sentences, im_span, c->next / 2);
    return c->next % 2 == 0 ? sentence.start : sentence.end;
}

static void pass_end(GString *out, cursor *c)
{
    im_span sentence = g_array_index(c->sentences, im_span, c->next / 2);
    if (c->next % 2 == 0)
        add(out, "<span class=\"sentence\" id=\"r%us%u\">", c->number, sentence.start);
    else
        g_string_append(out, "</span>");
    c->next++;
}

static void add_run(GString *out, cursor *c, guint32 end)
{
    const char *text = c->story->report->text;
    for (guint32 where; (where = next_end(c)) <= end;) {
        where = MAX(where, c->at);
        add_text(out, text, c->at, where);
        c->at = where;
        pass_end(out, c);
    }
    add_text(out, text, c->at, end);
    c->at = end;
}

static void add_mark(GString *out, const story *s, guint number, const mention_words *w)
{
    add(out, "<mark class=\"%s\" id=\"r%ut%u\"><a href=\"#r%um%u\" title=\"%s: %s\">",
        im_mention_status_name(w->status), number, w->number, number, w->number, w->verdict,
        w->reason);
    add_text(out, s->report->text, w->span.start, w->span.end);
    add(out, "<sup>%u</sup></a></mark>", w->number);
}

static void add_marked_text(GString *out, const story *s, guint number, const GArray *sentences)
{
    cursor c = {s, number, sentences, 0, s->body.start};
    const char *language = im_language_code(s->report->language);
    if (language)
        add(out, "<div class=\"text\" dir=\"auto\" lang=\"%s\">", language);
    else
        g_string_append(out, "<div class=\"text\" dir=\"auto\">");
    for (guint i = 0; i < s->mentions->len; i++) {
        const mention_words *w = &g_array_index(s->mentions, mention_words, i);
        if (w->span.start < c.at || w->span.end == w->span.start)
            continue;
        add_run(out, &c, w->span.start);
        if (next_end(&c) < w->span.end && c.next % 2 == 1)
            pass_end(out, &c); /* a sentence does not end within a mark, but before it */
        add_mark(out, s, number, w);
        c.at = w->span.end;
    }
    add_run(out, &c, s->body.end);
    g_string_append(out, "</div>\n");
}

static void add_place(GString *out, const place_words *place)
{
    add(out, "<bdi>%s</bdi><small>%s, %s</small>", place->name, place->kind, place->position);
}

static void add_row(GString *out, const mention_words *w, guint number)
{
    add(out,
        "<tr id=\"r%um%u\"><th scope=\"row\"><a href=\"#r%ut%u\" aria-label=\"%u, %s, in the "
        "text\">%u</a></th><td data-label=\"Name\"><bdi>%s</bdi></td><td data-label=\"Place\">",
        number, w->number, number, w->number, w->number, w->surface, w->number, w->surface);
    if (w->place.name)
        add_place(out, &w->place);
    else
        add(out, "<span class=\"key %s\">%s</span>", im_mention_status_name(w->status), w->verdict);
    add(out, "</td><td data-label=\"Score\">%s</td><td data-label=\"Why\">%s", w->score, w->reason);
    if (w->relation)
        add(out, "<small>meant: %s</small>", w->relation);
    g_string_append(out, "</td><td data-label=\"Next\">");
    if (w->runner_up.name) {
        add_place(out, &w->runner_up);
        add(out, "<small>%s</small>", w->runner_up_score);
    } else {
        g_string_append(out, "none");
    }
    g_string_append(out, "</td></tr>\n");
}

static void add_table(GString *out, const story *s, guint number)
{
    add(out, "<h3 id=\"r%up\">Places</h3>\n", number);
    if (s->mentions->len == 0) {
        g_string_append(out, "<p>No place names.</p>\n");
        return;
    }
    add(out, "<table aria-labelledby=\"r%up\">\n<thead><tr>", number);
    for (const char *const *head =
             (const char *const[]){"No.", "Name", "Place", "Score", "Why", "Next best", NULL};
         *head; head++)
        add(out, "<th scope=\"col\">%s</th>", *head);
    g_string_append(out, "</tr></thead>\n<tbody>\n");
    for (guint i = 0; i < s->mentions->len; i++)
        add_row(out, &g_array_index(s->mentions, mention_words, i), number);
    g_string_append(out, "</tbody>\n</table>\n");
}

static gboolean has_anchor(const GArray *sentences, im_span sentence)
{
    for (guint i = 0; i < sentences->len; i++)
        if (g_array_index(sentences, im_span, i).start == sentence.start)
            return TRUE;
    return FALSE;
}

static void add_incident(GString *out, const incident_words *w, guint number,
                         const GArray *sentences)
{
    add(out, "<li><b><bdi>%s</bdi></b><p class=\"facts\">%s<br/>%s<br/>%s", w->title, w->what,
        w->where, w->when);
    if (*w->who)
        add(out, "<br/>%s", w->who);
    g_string_append(out, "</p>");
    if (*w->quote)
        add(out, "<blockquote dir=\"auto\">%s</blockquote>", w->quote);
    if (has_anchor(sentences, w->sentence))
        add(out, "<a href=\"#r%us%u\">where it stands in the text</a>", number, w->sentence.start);
    g_string_append(out, "</li>\n");
}

static void add_incidents(GString *out, const story *s, guint number, const GArray *sentences)
{
    g_string_append(out, "<h3>Incidents</h3>\n");
    if (s->incidents->len == 0) {
        g_string_append(out, "<p>No incidents.</p>\n");
        return;
    }
    g_string_append(out, "<ol class=\"incidents\">\n");
    for (guint i = 0; i < s->incidents->len; i++)
        add_incident(out, &g_array_index(s->incidents, incident_words, i), number, sentences);
    g_string_append(out, "</ol>\n");
}

static void add_rejected(GString *out, const story *s)
{
    if (s->rejected->len == 0)
        return;
    g_string_append(out, "<h3>Names that are no places here</h3>\n<ul>\n");
    for (guint i = 0; i < s->rejected->len; i++) {
        const rejected_words *w = &g_array_index(s->rejected, rejected_words, i);
        add(out, "<li><b><bdi>%s</bdi></b>: %s</li>\n", w->surface, w->why);
    }
    g_string_append(out, "</ul>\n");
}

void im_explain_html(const story *s, guint number, GString *out)
{
    g_autoptr(GArray) sentences = sentences_of(s);
    add(out,
        "<article aria-labelledby=\"r%u\">\n<h2 id=\"r%u\"><bdi>%s</bdi></h2>\n"
        "<p class=\"origin\"><bdi>%s</bdi></p>\n",
        number, number, s->title, s->origin);
    add_marked_text(out, s, number, sentences);
    add_table(out, s, number);
    add_incidents(out, s, number, sentences);
    add_rejected(out, s);
    g_string_append(out, "</article>\n");
}
