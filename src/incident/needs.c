/* What must stand beside a trigger for it to tell of an incident: the needs of src/lexicon/<language>/trigger.tsv. */
#include "incident/priv.h"

#include <string.h>

gboolean im_clause_has(const im_text *text, guint32 token, im_lexeme_class cls, const char *value)
{
    const guint32 end = im_clause_end(text, token),
                  hash = value ? im_hash_word(value, strlen(value)) : 0;
    for (guint32 t = im_clause_start(text, token); t < end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, cls);
        if (tag && (!value || tag->lexeme->value_hash == hash))
            return TRUE;
    }
    return FALSE;
}

gboolean im_tells_other(const im_text *text, const im_tag *trigger, const char *type)
{
    const im_sentence *s = im_sentence_of(text, trigger->first);
    const guint32 hash = im_hash_word(type, strlen(type));
    for (guint32 t = im_sentence_from(s, IM_LEX_TRIGGER); t < s->end; t++) {
        const im_tag *tag = im_text_tag_at(text, t, IM_LEX_TRIGGER);
        if (tag && tag->first != trigger->first && tag->lexeme->value_hash == hash)
            return TRUE;
    }
    return FALSE;
}

/* "the missing students", "two men are missing"; not "a part is missing" */
static gboolean has_people_beside(const im_text *text, const im_tag *trigger)
{
    enum { REACH_BESIDE = 4 };
    const im_sentence *s = im_sentence_of(text, trigger->first);
    for (guint32 t = trigger->end; t < MIN(trigger->end + REACH_BESIDE, s->end); t++)
        if (im_text_has_tag(text, t, IM_LEX_PEOPLE))
            return TRUE;
    for (guint32 back = 1; back <= REACH_BESIDE && trigger->first >= s->first + back; back++)
        if (im_text_has_tag(text, trigger->first - back, IM_LEX_PEOPLE) ||
            im_text_has_tag(text, trigger->first - back, IM_LEX_SURNAME))
            return TRUE;
    return FALSE;
}

/* "arribaron 200 soldados", "300 soldiers arrived": who came, not any police of whom the clause speaks, nor whoever went
 * with a minister. */
static gboolean has_troops_beside(const im_text *text, const im_tag *trigger)
{
    enum { REACH_TROOPS = 6 };
    static im_words with = IM_WORDS("accompanied", "escorted", "flanked", "guarded", "acompanado",
                                    "acompanada", "acompanados", "acompanadas", "escoltado",
                                    "escoltada", "escoltados", "escoltadas", "custodiado");
    const im_sentence *s = im_sentence_of(text, trigger->first);
    guint32 t = trigger->first - MIN(trigger->first - s->first, REACH_TROOPS);
    for (; t < MIN(trigger->end + REACH_TROOPS, s->end); t++) {
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE);
        if (people && im_value_is(people->lexeme, "security"))
            return TRUE;
        if (im_token_is_any(text, t, &with))
            return FALSE;
    }
    return FALSE;
}

/* "seized two fishermen", not "seized 40 rifles, the prosecutor said" */
static gboolean has_victim_behind(const im_text *text, guint32 token)
{
    enum { REACH_VICTIM = 6 };
    guint32 end = MIN(token + REACH_VICTIM, im_sentence_of(text, token - 1)->end);
    for (guint32 t = token; t < end && text->tokens[t].kind != IM_TOKEN_PUNCT; t++) {
        if (im_text_tag_at(text, t, IM_LEX_OBJECT) || im_text_tag_at(text, t, IM_LEX_PREPOSITION))
            return FALSE;
        const im_tag *people = im_text_tag_at(text, t, IM_LEX_PEOPLE);
        if (people)
            return !im_text_has_tag(text, people->end, IM_LEX_OBJECT); /* "a police outpost" */
    }
    return FALSE;
}

/* "cortan la A-9", "blocked the RN8": a road by its number. */
static gboolean is_road_number(const im_text *text, guint32 token)
{
    static im_words letters = IM_WORDS("a", "ap", "n", "ca", "rn", "rp", "br", "pe", "i", "us");
    const im_token *t = &text->tokens[token];
    if (t->kind != IM_TOKEN_WORD || !(t->flags & IM_TOKEN_CAPITAL))
        return FALSE;
    const char *fold = im_token_fold(text, token);
    const gsize n_letters = strcspn(fold, "0123456789"), longest = 2;
    if (fold[n_letters] != '\0')
        return n_letters <= longest &&
               strspn(fold + n_letters, "0123456789") + n_letters == t->fold_len;
    return im_token_is_any(text, token, &letters) && im_token_is_punct(text, token + 1, '-') &&
           token + 2 < text->n_tokens && text->tokens[token + 2].kind == IM_TOKEN_NUMBER &&
           !(text->tokens[token + 2].flags & IM_TOKEN_SPACE_BEFORE);
}

static gboolean clause_has_road(const im_text *text, guint32 token)
{
    if (im_clause_has(text, token, IM_LEX_OBJECT, "road"))
        return TRUE;
    guint32 end = im_clause_end(text, token);
    for (guint32 t = im_clause_start(text, token); t < end; t++)
        if (is_road_number(text, t))
            return TRUE;
    return FALSE;
}

/* "took three teachers from their homes", "sacaron a dos jóvenes de su casa"; not "fled from their homes" */
static gboolean has_taking_before(const im_text *text, const im_tag *trigger)
{
    enum { REACH_TAKING = 10 };
    static im_words taking =
        IM_WORDS("took", "taken", "taking", "takes", "dragged", "dragging", "snatched", "seized",
                 "hauled", "marched", "llevaron", "llevo", "llevan", "llevado", "sacaron", "saco",
                 "sacan", "sacado", "sacados", "sacada", "sacadas", "bajaron", "bajo", "bajan",
                 "bajado", "bajados", "arrancaron");
    const guint32 start = im_clause_start(text, trigger->first);
    gboolean people = FALSE;
    for (guint32 back = 1; back <= REACH_TAKING && trigger->first >= start + back; back++) {
        const guint32 t = trigger->first - back;
        if (im_token_is_any(text, t, &taking))
            return people || text->tokens[t + 1].shape == IM_SHAPE_TITLE ||
                   (text->language == IM_LANGUAGE_ES && im_token_is(text, t + 1, "a")) ||
                   im_auxiliary_before(text, t, start);
        people = people || im_text_has_tag(text, t, IM_LEX_PEOPLE);
    }
    return FALSE;
}

static gboolean need_is_met(const im_text *text, const im_tag *trigger, const char *need)
{
    static const char *const roles[] = {"security", "suspects", "civilians", "people"};
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (strcmp(need, roles[i]) == 0)
            return im_clause_has(text, trigger->first, IM_LEX_PEOPLE, need);
    if (strcmp(need, "dead") == 0 || strcmp(need, "injured") == 0)
        return im_clause_has(text, trigger->first, IM_LEX_CASUALTY, need);
    if (strcmp(need, "strike") == 0)
        return im_clause_has(text, trigger->first, IM_LEX_STRIKE, NULL);
    if (strcmp(need, "bomb") == 0)
        return im_tells_other(text, trigger, "explosion");
    if (strcmp(need, "attack") == 0)
        return im_tells_other(text, trigger, "attack");
    if (strcmp(need, "beside") == 0)
        return has_people_beside(text, trigger);
    if (strcmp(need, "troops") == 0)
        return has_troops_beside(text, trigger);
    if (strcmp(need, "victim") == 0)
        return has_victim_behind(text, trigger->end);
    if (strcmp(need, "taken") == 0)
        return has_taking_before(text, trigger);
    if (strcmp(need, "person") == 0)
        return trigger->end < text->n_tokens && text->tokens[trigger->end].shape == IM_SHAPE_TITLE;
    if (strcmp(need, "road") == 0)
        return clause_has_road(text, trigger->first);
    return im_clause_has(text, trigger->first, IM_LEX_OBJECT, need);
}

gboolean im_needs_are_met(const im_text *text, const im_tag *trigger)
{
    if (!im_lexeme_has(trigger->lexeme, IM_EXTRA_NEEDS))
        return TRUE;
    const char *needs = strstr(trigger->lexeme->extra, "needs:");
    enum { LONGEST_NEED = 24 };
    char need[LONGEST_NEED];
    for (const char *at = needs + strlen("needs:"); *at;) {
        gsize len = strcspn(at, "|");
        g_strlcpy(need, at, MIN(len + 1, sizeof need));
        if (need_is_met(text, trigger, need))
            return TRUE;
        at += len + (at[len] == '|');
    }
    return FALSE;
}
