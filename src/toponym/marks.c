/* Which words belong to persons, streets and roads; which sentences are headlines. */
#include "base/hash.h"
#include "toponym/priv.h"

enum { PERSON_WORDS = 5 };

static gboolean is_initial(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    return t->kind == IM_TOKEN_WORD && (t->fold_len == 1 || (t->flags & IM_TOKEN_DOTTED)) &&
           t->shape != IM_SHAPE_LOWER;
}

/* Words that name no person although they have a capital. */
static gboolean is_head(const im_text *text, guint32 token)
{
    static const guint64 heads = IM_CLASS_BIT(IM_LEX_PLACEHEAD) | IM_CLASS_BIT(IM_LEX_ORGHEAD) |
                                 IM_CLASS_BIT(IM_LEX_WEEKDAY) | IM_CLASS_BIT(IM_LEX_MONTH) |
                                 IM_CLASS_BIT(IM_LEX_FUNCTION) | IM_CLASS_BIT(IM_LEX_SAYING) |
                                 IM_CLASS_BIT(IM_LEX_DIRECTION) | IM_CLASS_BIT(IM_LEX_TITLE);
    return (text->tokens[token].begins & heads) != 0;
}

/* A word of three letters at most as a number. */
#define SHORT(a, b, c) ((guint64)(a) | (guint64)(b) << 8 | (guint64)(c) << 16)

static gboolean is_particle(const im_text *text, guint32 token)
{
    static const guint64 particles[] = {
        SHORT('d', 'e', 0),   SHORT('d', 'e', 'l'), SHORT('l', 'a', 0),   SHORT('l', 'a', 's'),
        SHORT('l', 'o', 's'), SHORT('d', 'a', 0),   SHORT('d', 'o', 's'), SHORT('d', 'o', 0),
        SHORT('d', 'i', 0),   SHORT('v', 'a', 'n'), SHORT('v', 'o', 'n'), SHORT('d', 'e', 'r'),
        SHORT('d', 'e', 'n'), SHORT('b', 'i', 'n'), SHORT('a', 'l', 0),   SHORT('e', 'l', 0),
        SHORT('y', 0, 0)};
    const im_token *t = &text->tokens[token];
    if (t->kind != IM_TOKEN_WORD || t->fold_len > 3 || t->shape == IM_SHAPE_TITLE)
        return FALSE;
    guint64 word = im_first_chunk(im_token_fold(text, token), t->fold_len);
    for (guint i = 0; i < G_N_ELEMENTS(particles); i++)
        if (particles[i] == word)
            return TRUE;
    return FALSE;
}

/* `de la`, `van der`, `bin`: up to two short words in lower case before the next capital. */
static guint32 skip_particles(const im_topo *topo, guint32 token)
{
    for (guint n = 0; n < 2 && token < topo->text->n_tokens && is_particle(topo->text, token); n++)
        token++;
    return token;
}

/* The token after the run of names that begins at `token`; `*words` counts them. */
static guint32 run_end(const im_topo *topo, guint32 token, guint *words)
{
    const im_text *text = topo->text;
    guint32 end = token + 1;
    *words = 1;
    while (*words < PERSON_WORDS) {
        guint32 next = end;
        if (im_token_is_punct(text, next, '.') && is_initial(text, next - 1))
            next++;
        if (im_token_is_punct(text, next, '-'))
            next++;
        next = skip_particles(topo, next);
        if (!topo_is_capital(topo, next) || !topo_same_sentence(text, token, next) ||
            is_head(text, next))
            break;
        end = next + 1;
        ++*words;
    }
    return end;
}

/* What makes a given name that is also a great place a person: a title or a saying verb beside it,
 * or an age behind it. */
static gboolean person_cue(const im_text *text, guint32 first, guint32 end)
{
    if (topo_title_before(text, first) || topo_tag_before(text, first, IM_LEX_SAYING) ||
        topo_has_tag(text, end, IM_LEX_SAYING))
        return TRUE;
    return im_token_is_punct(text, end, ',') && end + 1 < text->n_tokens &&
           (text->tokens[end + 1].kind == IM_TOKEN_NUMBER || im_token_is(text, end + 1, "who") ||
            im_token_is(text, end + 1, "quien"));
}

static gboolean is_prominent(const im_topo *topo, guint32 token)
{
    enum { LARGE = 200000 };
    const im_token *t = &topo->text->tokens[token];
    guint n;
    const im_reading *r =
        im_key_find(topo->gazetteer, t->hash, im_token_fold(topo->text, token), t->fold_len, &n);
    for (guint i = 0; i < n && i < 4; i++) {
        im_place_record p = im_gazetteer_record(topo->gazetteer, r[i].place);
        if (p.kind == IM_PLACE_COUNTRY || p.kind == IM_PLACE_ADMIN1 || p.population >= LARGE)
            return r[i].kind != IM_NAME_DEMONYM;
    }
    return FALSE;
}

static gboolean any_surname(const im_text *text, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++)
        if (topo_has_tag(text, i, IM_LEX_SURNAME))
            return TRUE;
    return FALSE;
}

/* Whether the run of capitals from a given name on is a person's name. */
static gboolean named_person(const im_topo *topo, guint32 first, guint32 end)
{
    const im_text *text = topo->text;
    gboolean surname = any_surname(text, first + 1, end);
    if (surname)
        return TRUE;
    if (topo->headline[text->tokens[first].sentence] || text->upper_case)
        return FALSE;
    if (is_prominent(topo, first))
        return person_cue(text, first, end);
    return !topo_has_tag(text, first, IM_LEX_NOTPLACE) || person_cue(text, first, end);
}

static void mark_person(im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 i = first; i < end; i++)
        topo->marks[i] |= TOPO_PERSON;
    topo->marks[end - 1] |= TOPO_PERSON_END;
    topo_see(topo->text, topo->surnames, topo->surname_mask, end - 1);
}

/* @param token  a word with a capital
 * @return       the token after the person that begins there, or `token` when none does */
static guint32 find_person(im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    if (is_head(text, token))
        return token;
    guint words;
    guint32 end = run_end(topo, token, &words);
    const im_tag *title = topo_title_before(text, token);
    if (!title && token > 0 && topo_is_saint(text, token - 1) &&
        topo_same_sentence(text, token - 1, token))
        return token;
    gboolean given = topo_has_tag(text, token, IM_LEX_GIVEN) ||
                     (is_initial(text, token) && text->tokens[token].fold_len == 1 &&
                      im_token_is_punct(text, token + 1, '.'));
    if (!title && !(given && words > 1 && named_person(topo, token, end)))
        return token;
    mark_person(topo, token, end);
    return end;
}

/* `in a downtown Bogota street`: one of that town's, not its name. */
static gboolean is_any_street(const im_text *text, guint32 head)
{
    enum { REACH_ARTICLE = 4 };
    static im_words words = IM_WORDS("a", "an", "downtown", "central", "busy");
    for (guint32 back = 2; back <= REACH_ARTICLE && back <= head; back++)
        if (im_token_is_any(text, head - back, &words))
            return topo_same_sentence(text, head - back, head);
    return FALSE;
}

/* The first of the words with a capital right before a `street` head, three at most. */
static guint32 first_of_street(const im_topo *topo, guint32 head)
{
    enum { STREET_WORDS = 3 };
    guint32 first = head;
    while (first > 0 && head - first < STREET_WORDS && topo_is_capital(topo, first - 1) &&
           topo_same_sentence(topo->text, first - 1, head) &&
           !(topo->text->tokens[first - 1].flags & IM_TOKEN_FIRST && first < head))
        first--;
    return first;
}

static void mark_street(im_topo *topo, guint32 first, guint32 end)
{
    for (guint32 t = first; t < end; t++)
        topo->marks[t] |= TOPO_STREET;
}

static void mark_street_before(im_topo *topo, guint32 head)
{
    if (!is_any_street(topo->text, head))
        mark_street(topo, first_of_street(topo, head), head);
}

static gboolean is_and(const im_text *text, guint32 token)
{
    static im_words words = IM_WORDS("and", "y", "e", "con", "esquina");
    return im_token_is_any(text, token, &words);
}

/* `Sarmiento and San Martin streets`; of `Bogota streets` the town stays a place. */
static void mark_streets_before(im_topo *topo, guint32 head)
{
    guint32 second = first_of_street(topo, head);
    if (second == head || second < 2 || !is_and(topo->text, second - 1))
        return;
    guint32 first = first_of_street(topo, second - 1);
    if (first == second - 1)
        return;
    mark_street(topo, first, second - 1);
    mark_street(topo, second, head);
}

static gboolean is_dash(const im_text *text, guint32 token)
{
    const im_token *t = &text->tokens[token];
    if (t->kind != IM_TOKEN_PUNCT)
        return FALSE;
    gunichar c = g_utf8_get_char(text->bytes + t->span.start);
    return c == '-' || c == 0x2013 || c == 0x2014;
}

/* `de Guadalajara, Jalisco` behind a street's name: the town that it is in. */
static gboolean is_town_of_street(const im_topo *topo, guint32 particle)
{
    const im_text *text = topo->text;
    guint32 end = particle + 1;
    while (topo_is_capital(topo, end) && topo_same_sentence(text, particle, end))
        end++;
    return im_token_is(text, particle, "de") && end > particle + 1 &&
           im_token_is_punct(text, end, ',') && topo_is_capital(topo, end + 1) &&
           topo_same_sentence(text, particle, end + 1);
}

/* The words with a capital behind `Calle`, `carretera`: and, of a road, its two ends. The town to
 * which a road leads stays a place: `carretera a Rioverde`. Returns the token behind. */
static guint32 mark_street_behind(im_topo *topo, guint32 token, gboolean road)
{
    const im_text *text = topo->text;
    guint8 mark = TOPO_STREET;
    if (road && token + 1 < text->n_tokens && im_token_is(text, token, "a") &&
        topo_is_capital(topo, token + 1)) {
        token++;
        mark = TOPO_ROAD;
    }
    guint32 i = token;
    while (i < text->n_tokens && topo_same_sentence(text, token, i)) {
        guint32 next = skip_particles(topo, i);
        if (road && i > token && is_dash(text, i))
            next = i + 1;
        if (!topo_is_capital(topo, next) || !topo_same_sentence(text, token, next) ||
            (i > token && is_town_of_street(topo, i)))
            break;
        for (; i <= next; i++)
            topo->marks[i] |= mark;
    }
    return i;
}

/* `las calles Hidalgo y Zapata`; of `las calles de Zapopan` the town stays a place. */
static void mark_streets_behind(im_topo *topo, guint32 token)
{
    if (!topo_is_capital(topo, token))
        return;
    guint32 end = mark_street_behind(topo, token, FALSE);
    if (end > token && end < topo->text->n_tokens && is_and(topo->text, end))
        mark_street_behind(topo, end + 1, FALSE);
}

/* The end of the run of words with a capital from `token` on. */
static guint32 end_of_name(const im_topo *topo, guint32 token)
{
    guint32 end = token;
    for (guint32 next = token; topo_is_capital(topo, next) &&
                               topo_same_sentence(topo->text, token, next) &&
                               end < token + PERSON_WORDS;) {
        end = next + 1;
        next = skip_particles(topo, end);
    }
    return end;
}

/* The first word with a capital of the run that ends at `end`. */
static guint32 first_of_name(const im_topo *topo, guint32 end)
{
    guint32 first = end;
    while (first > 0 && topo_is_capital(topo, first - 1) &&
           topo_same_sentence(topo->text, first - 1, end - 1) && end - first < PERSON_WORDS &&
           !is_head(topo->text, first - 1))
        first--;
    return first;
}

/* `carretera Guadalajara–Chapala`, `the Monterrey-Reynosa highway`: its ends are places. */
static gboolean mark_road_ends(im_topo *topo, const im_tag *road)
{
    gboolean before = im_extra_is(road->lexeme, "before");
    const im_text *text = topo->text;
    guint32 first = road->end, dash = end_of_name(topo, first), end = 0;
    if (!before) {
        end = road->first;
        dash = first_of_name(topo, end) - 1;
        first = dash < text->n_tokens ? first_of_name(topo, dash) : dash;
    }
    if (dash <= first || dash + 1 >= text->n_tokens || !is_dash(text, dash))
        return FALSE;
    if (before)
        end = end_of_name(topo, dash + 1);
    for (guint32 i = first; i < end; i++)
        topo->marks[i] |= TOPO_ROAD;
    return end > dash + 1;
}

/* `en la México-Pachuca`: with the article of a road. @param token  a word with a capital */
static void mark_named_by_ends(im_topo *topo, guint32 token)
{
    const im_text *text = topo->text;
    if (token == 0 || !im_token_is(text, token - 1, "la") || topo_is_capital(topo, token - 1))
        return;
    const guint32 dash = end_of_name(topo, token), end = end_of_name(topo, dash + 1);
    if (dash >= text->n_tokens || !is_dash(text, dash) || end == dash + 1 ||
        ((text->tokens[dash].flags | text->tokens[dash + 1].flags) & IM_TOKEN_SPACE_BEFORE))
        return;
    for (guint32 i = token; i < end; i++)
        topo->marks[i] |= TOPO_ROAD;
}

/* `una avenida de Reynosa`: one of the town's. */
static gboolean is_one_of_town(const im_text *text, const im_tag *way)
{
    static im_words some = IM_WORDS("un", "una", "unas", "varias", "varios", "otra", "otras",
                                    "distintas", "diferentes", "diversas", "principales");
    return way->first > 0 && im_token_is_any(text, way->first - 1, &some) &&
           im_token_is(text, way->end, "de");
}

static void mark_ways(im_topo *topo, const im_tag *tag)
{
    gboolean street = im_value_is(tag->lexeme, "street");
    gboolean road = im_value_is(tag->lexeme, "road");
    gboolean before = im_extra_is(tag->lexeme, "before");
    if (im_value_is(tag->lexeme, "streets")) {
        if (before)
            mark_streets_behind(topo, tag->end);
        else
            mark_streets_before(topo, tag->first);
    }
    if ((!street && !road) || (road && mark_road_ends(topo, tag)) ||
        is_one_of_town(topo->text, tag))
        return;
    if (before)
        mark_street_behind(topo, tag->end, road);
    else if (road || topo_is_capital(topo, tag->first))
        mark_street_before(topo, tag->first);
}

/* Most longer words of a headline have a capital. */
static gboolean is_headline(const im_sentence *s)
{
    enum { FEWEST = 3 };
    guint32 capital = s->n_long - s->n_lower;
    return s->n_long >= FEWEST && (capital * 4 >= s->n_long * 3 || s->n_upper * 2 >= s->n_long);
}

/* Notes the words of three letters and more that stand in lower case, of those that stand with a capital, too: others
 * are not asked for. Some bits of a hash tell which may be one. */
static void see_lowers(im_topo *topo)
{
    enum { WORDS = 32 };
    const im_text *text = topo->text;
    guint64 with_capital[WORDS] = {0};
    guint32 n = 0, *lowers = im_arena_room(topo->arena, guint32, text->n_tokens + 1);
    for (guint32 k = 0; k < text->n_capitals; k++) {
        const guint32 hash = text->tokens[text->capitals[k]].hash;
        with_capital[hash / 64 % WORDS] |= G_GUINT64_CONSTANT(1) << hash % 64;
    }
    for (guint32 i = 0; i < text->n_tokens; i++) {
        const im_token *t = &text->tokens[i];
        lowers[n] = i;
        n += (t->shape == IM_SHAPE_LOWER) & (t->fold_len > 2) &
             (with_capital[t->hash / 64 % WORDS] >> t->hash % 64 & 1);
    }
    topo->lower_mask = topo_table_size(n) - 1;
    topo->lowers = im_arena_array(topo->arena, guint32, topo->lower_mask + 1);
    for (guint32 i = 0; i < n; i++)
        topo_see(text, topo->lowers, topo->lower_mask, lowers[i]);
}

void topo_mark(im_topo *topo)
{
    const im_text *text = topo->text;
    for (guint32 s = 0; s < text->n_sentences; s++)
        topo->headline[s] = (guint8)is_headline(&text->sentences[s]);
    for (const im_tag *head = im_text_first_tag(text, IM_LEX_PLACEHEAD); head;
         head = im_text_next_tag(text, head))
        mark_ways(topo, head);
    see_lowers(topo);
    for (guint32 k = 0; k < text->n_capitals && text->language == IM_LANGUAGE_ES; k++)
        mark_named_by_ends(topo, text->capitals[k]);
    guint32 end = 0;
    for (guint32 k = 0; k < text->n_capitals; k++)
        if (text->capitals[k] >= end)
            end = find_person(topo, text->capitals[k]);
}
