/* Any text has tokens, sentences and mentions that keep their promises. The first byte chooses the
 * language and whether spans are given; the gazetteer is the small one of the tests. */
#include "../unit/gazetteer_mini.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "text/text.h"

#include <incmap/toponym.h>

enum { SPANISH = 1 << 0, GUESS = 1 << 1, SPANS = 1 << 2, PRIORS = 1 << 3 };

static im_gazetteer *gazetteer;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    gazetteer = gazetteer_of(MINI_FOLDER);
    return 0;
}

static void check_text(const im_text *text)
{
    guint32 at = 0, token = 0;
    for (guint32 i = 0; i < text->n_tokens; i++) {
        g_assert(text->tokens[i].span.start >= at &&
                 text->tokens[i].span.end > text->tokens[i].span.start);
        at = text->tokens[i].span.end;
        g_assert(text->tokens[i].sentence < text->n_sentences);
    }
    g_assert(at <= text->len);
    for (guint32 i = 0; i < text->n_sentences; i++) {
        g_assert(text->sentences[i].first == token && text->sentences[i].end > token);
        token = text->sentences[i].end;
    }
    g_assert(token == text->n_tokens);
    for (guint32 i = 0; i < text->n_tags; i++)
        g_assert(text->tags[i].first < text->tags[i].end && text->tags[i].end <= text->n_tokens);
}

static void check_mention(const im_text *text, const im_mention *m, guint n)
{
    gboolean resolved = m->status == IM_MENTION_RESOLVED;
    g_assert(m->status != IM_MENTION_NONE);
    g_assert(resolved == (m->place != IM_PLACE_NONE));
    g_assert(m->place == IM_PLACE_NONE || m->place < im_gazetteer_n_places(gazetteer));
    g_assert(m->runner_up == IM_PLACE_NONE || m->runner_up < im_gazetteer_n_places(gazetteer));
    g_assert(m->score >= 0 && m->score <= 1 && m->runner_up_score >= 0 && m->runner_up_score <= 1);
    g_assert(m->container == G_MAXUINT32 || m->container < n);
    g_assert(m->relation != IM_RELATION_BETWEEN || m->other < n);
    g_assert(m->span.end <= text->len && m->first <= m->end && m->end <= text->n_tokens);
}

static void check_mentions(const im_text *text, const im_toponym_options *options)
{
    g_autoptr(GArray) mentions = im_toponyms_find(gazetteer, text, options);
    guint32 at = 0;
    for (guint i = 0; i < mentions->len; i++) {
        const im_mention *m = &g_array_index(mentions, im_mention, i);
        check_mention(text, m, mentions->len);
        g_assert(options->n_spans || (m->span.start >= at && m->span.end > m->span.start));
        at = m->span.end;
    }
    g_assert(!options->n_spans || mentions->len == options->n_spans);
}

/* Spans at whole characters, also empty, overlapping and out of order. */
static guint make_spans(const char *bytes, gsize len, im_span *spans, guint most)
{
    guint n = 0;
    for (gsize at = 0; at < len && n < most; at += 7) {
        guint32 start = (guint32)im_utf8_offset(bytes, len, at);
        guint32 end = (guint32)im_utf8_offset(bytes, len, at + at % 17);
        spans[n++] = (im_span){start, end};
    }
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOST_SPANS = 8 };
    if (size < 1)
        return 0;
    gsize len;
    g_autofree char *bytes = im_utf8_repair((const char *)data + 1, size - 1, &len, NULL);
    im_language language = data[0] & GUESS     ? IM_LANGUAGE_UNKNOWN
                           : data[0] & SPANISH ? IM_LANGUAGE_ES
                                               : IM_LANGUAGE_EN;
    g_autoptr(im_text) text = im_text_new(bytes, len, language);
    check_text(text);
    im_span spans[MOST_SPANS];
    im_lonlat near = {-103.35, 20.68};
    im_toponym_options options = {0};
    if (data[0] & PRIORS)
        options = (im_toponym_options){.country = "MX", .near = &near, .publisher = bytes};
    if (data[0] & SPANS) {
        options.spans = spans;
        options.n_spans = make_spans(bytes, len, spans, MOST_SPANS);
    }
    check_mentions(text, &options);
    return 0;
}
