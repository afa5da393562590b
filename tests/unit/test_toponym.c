/* Texts and the places in them, against the committed gazetteer. A mention is written
 * `surface=name,state`; `surface?` is ambiguous, `surface!` is a place that is not in it. */
#include "gazetteer_mini.h"

#include <incmap/toponym.h>
#include <string.h>

static im_gazetteer *real;

/* `Tapalpa,MX.14`, `MX.14`, `MX`: towns by name and state, areas by code. */
static void append_place(GString *out, im_place_id id)
{
    im_place p = im_gazetteer_place(real, id);
    if (p.kind == IM_PLACE_TOWN || p.kind == IM_PLACE_ADMIN2)
        g_string_append_printf(out, "%s,%s", p.name, im_gazetteer_place(real, p.admin1).code);
    else
        g_string_append(out, p.code);
}

static void append_mention(GString *out, const char *text, const im_mention *m)
{
    g_string_append_len(out, text + m->span.start, m->span.end - m->span.start);
    if (m->status == IM_MENTION_RESOLVED) {
        g_string_append_c(out, '=');
        append_place(out, m->place);
    } else {
        g_string_append_c(out, m->status == IM_MENTION_AMBIGUOUS ? '?' : '!');
    }
}

static char *describe(const char *bytes, const im_toponym_options *options)
{
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_UNKNOWN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, options);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < mentions->len; i++) {
        g_string_append(out, i ? "; " : "");
        append_mention(out, bytes, &g_array_index(mentions, im_mention, i));
    }
    return g_string_free(out, FALSE);
}

typedef struct text_case {
    const char *text, *expected;
} text_case;

static void check(const text_case *cases, gsize n)
{
    guint wrong = 0;
    for (gsize i = 0; i < n; i++) {
        g_autofree char *got = describe(cases[i].text, NULL);
        if (strcmp(got, cases[i].expected) == 0)
            continue;
        wrong++;
        g_printerr("%s\n  expected %s\n  got      %s\n", cases[i].text, cases[i].expected, got);
    }
    g_assert_cmpuint(wrong, ==, 0);
}

static void test_containers(void)
{
    static const text_case cases[] = {
        {"Soldiers were attacked in Tapalpa, Jalisco, on Sunday.",
         "Tapalpa=Tapalpa,MX.14; Jalisco=MX.14"},
        {"The highway was closed near Jalisco's Tapalpa for hours.",
         "Jalisco=MX.14; Tapalpa=Tapalpa,MX.14"},
        {"ZAMORA, Mich.- Dos camiones fueron quemados en la carretera.",
         "ZAMORA=Zamora de Hidalgo,MX.16; Mich.=MX.16"},
        {"A man was shot in Paris, Texas, police said.", "Paris=Paris,US.TX; Texas=US.TX"},
        {"The fire began in Lebanon, Pa., before dawn.", "Lebanon=Lebanon,US.PA; Pa.=US.PA"},
        {"Shells fell on Beirut, Lebanon, overnight.", "Beirut=Beirut,LB.04; Lebanon=LB"},
        {"Colima, Col., 9 de marzo.- No hay clases en todo el estado de Colima.",
         "Colima=Colima,MX.08; Col.=MX.08; Colima=MX.08"},
        {"Gunmen entered a bar in León, Guanajuato.",
         "León=León de los Aldama,MX.11; Guanajuato=MX.11"},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void test_document(void)
{
    static const text_case cases[] = {
        {"Protesters marched in Atlanta, Georgia. A second march in Athens ended early.",
         "Atlanta=Atlanta,US.GA; Georgia=US.GA; Athens=Athens,US.GA"},
        {"Troops left Tbilisi as Georgia accused Russia of shelling.",
         "Tbilisi=Tbilisi,GE.51; Georgia=GE; Russia=RU"},
        {"Hubo bloqueos en Uruapan, Zamora, Morelia y Apatzingán.",
         "Uruapan=Uruapan,MX.16; Zamora=Zamora de Hidalgo,MX.16; "
         "Morelia=Morelia,MX.16; Apatzingán=Apatzingán,MX.16"},
        {"Blockades were cleared in Jalisco, Guanajuato, Puebla and Colima.",
         "Jalisco=MX.14; Guanajuato=MX.11; Puebla=MX.21; Colima=MX.08"},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void test_not_places(void)
{
    static const text_case cases[] = {
        {"The Jalisco New Generation Cartel denied it.", ""},
        {"President Florencia Durango met Gen. Victoria on Monday.", ""},
        {"David Mora ran the farm. Mora said he saw nothing.", ""},
        {"Police said in May that the Union would march on Monday.", ""},
        {"El bloqueo en la Calle Oaxaca terminó a mediodía.", ""},
        {"La Fiscalía de Jalisco no dio detalles.", ""},
        {"Mexican authorities blamed a Colombian gang.", ""},
        {"The bill comes to US$5, he said, and I'll pay.", ""},
        {"Readers of the Washington Post wrote to it.", ""},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void test_unknown(void)
{
    static const text_case cases[] = {
        {"Two bodies were found in the village of Xoquitzintla on Friday.", "Xoquitzintla!"},
        {"Quemaron casas en la comunidad de Piedra Zarca, en Jalisco.",
         "Piedra Zarca!; Jalisco=MX.14"},
        {"A bomb went off near Bolgotara, in Iraq.", "Bolgotara!; Iraq=IQ"},
        {"Soldiers were attacked in San Pedro Perulapan, El Salvador.",
         "San Pedro Perulapan!; El Salvador=SV"},
        {"The San Diego Padres played.", "San Diego=San Diego,US.CA"},
    };
    check(cases, G_N_ELEMENTS(cases));
}

/* Where all is in capitals only names and their surroundings tell. */
static void test_capitals(void)
{
    static const text_case cases[] = {
        {"THE ARMY SAID TODAY THAT TWO SOLDIERS WERE KILLED IN THE VILLAGE OF XOQUITZINTLA IN LA "
         "LIBERTAD, PERU, AND IN THE CAPITAL.",
         "XOQUITZINTLA!; LA LIBERTAD=PE.13; PERU=PE"},
        {"COL. VICTORIA DURANGO ACCUSED THE TOWNS IN MARCH OF HIDING MEN NEAR MEDELLIN, COLOMBIA.",
         "MEDELLIN=Medellín,CO.02; COLOMBIA=CO"},
    };
    check(cases, G_N_ELEMENTS(cases));
}

static void test_priors(void)
{
    const char *text = "A fire destroyed the market in Córdoba.";
    im_toponym_options spain = {.country = "ES"}, argentina = {.publisher = "El Diario de Mendoza"};
    g_autofree char *in_spain = describe(text, &spain);
    g_autofree char *in_argentina = describe(text, &argentina);
    g_assert_cmpstr(in_spain, ==, "Córdoba=Córdoba,ES.51");
    g_assert_cmpstr(in_argentina, ==, "Córdoba=Córdoba,AR.05");
}

/* Given spans come back one for one, in their order, adjectives and unknown words too. */
/* What the address of a report tells, and that the reason is told. */
static void test_outlets(void)
{
    static const struct {
        const char *url, *text, *expected;
    } cases[] = {
        {"https://www.cambridge-news.co.uk/news/1", "The council met in Cambridge.",
         "Cambridge=Cambridge,GB.ENG"},
        {"https://diario.example.com.ar/nota", "Un choque en Córdoba dejó dos heridos.",
         "Córdoba=Córdoba,AR.05"},
        {"http://lasvegassun.com", "Police in Henderson arrested two men.",
         "Henderson=Henderson,US.NV"},
        {"https://www.theparisnews.com/a?b=c",
         "Two men were arrested in Paris, officers in Texas said.",
         "Paris=Paris,US.TX; Texas=US.TX"},
        {"https://startup.io/x", "Two men were arrested in Paris.", "Paris=Paris,FR.11"},
        {"nonsense", "Two men were arrested in Paris.", "Paris=Paris,FR.11"},
        {"https://user@/", "Two men were arrested in Paris.", "Paris=Paris,FR.11"},
        {"https://"
         "-.-..",
         "Two men were arrested in Paris.", "Paris=Paris,FR.11"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        im_toponym_options options = {.url = cases[i].url};
        g_autofree char *got = describe(cases[i].text, &options);
        g_assert_cmpstr(got, ==, cases[i].expected);
    }
    im_toponym_options options = {.country = "ES"};
    const char *bytes = "A fire destroyed the market in Córdoba, and France waits.";
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, &options);
    g_assert_cmpuint(mentions->len, ==, 2);
    g_assert_cmpint(g_array_index(mentions, im_mention, 0).reason, ==, IM_REASON_PRIOR);
    g_assert_cmpint(g_array_index(mentions, im_mention, 1).reason, !=, IM_REASON_PRIOR);
}

static void test_spans(void)
{
    const char *text = "A Georgian mayor in Atlanta wrote to Xoquitzintla.";
    im_span spans[] = {{20, 27}, {2, 10}, {37, 49}};
    im_toponym_options options = {.spans = spans, .n_spans = G_N_ELEMENTS(spans)};
    g_autofree char *got = describe(text, &options);
    g_assert_cmpstr(got, ==, "Atlanta=Atlanta,US.GA; Georgian=GE; Xoquitzintla!");
}

static void test_relations(void)
{
    const char *bytes = "Trucks burned 30 km south of Guadalajara, between Acatic and Tepatitlán, "
                        "and in northern Michoacán. Washington said nothing.";
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, NULL);
    g_assert_cmpuint(mentions->len, ==, 5);
    const im_mention *m = &g_array_index(mentions, im_mention, 0);
    g_assert_cmpint(m[0].relation, ==, IM_RELATION_OFFSET);
    g_assert_cmpfloat_with_epsilon(m[0].distance_km, 30, 1e-9);
    g_assert_cmpfloat_with_epsilon(m[0].bearing_deg, 180, 1e-9);
    g_assert_cmpint(m[1].relation, ==, IM_RELATION_BETWEEN);
    g_assert_cmpuint(m[1].other, ==, 2);
    g_assert_cmpint(m[3].relation, ==, IM_RELATION_PART);
    g_assert_cmpuint(m[4].flags & IM_MENTION_ACTOR, ==, IM_MENTION_ACTOR);
}

static void test_flags(void)
{
    const char *bytes = "TAPALPA, Jalisco (AP) — Two men were shot.";
    g_autoptr(im_text) text = im_text_new(bytes, strlen(bytes), IM_LANGUAGE_EN);
    g_autoptr(GArray) mentions = im_toponyms_find(real, text, NULL);
    g_assert_cmpuint(mentions->len, ==, 2);
    const im_mention *m = &g_array_index(mentions, im_mention, 0);
    g_assert_cmpuint(m[0].flags, ==, IM_MENTION_DATELINE);
    g_assert_cmpuint(m[0].container, ==, 1);
    g_assert_cmpint(m[0].reason, ==, IM_REASON_CONTAINER);
    g_assert_cmpuint(m[1].flags, ==, IM_MENTION_DATELINE | IM_MENTION_AS_CONTAINER);
    g_assert_cmpfloat(m[0].score, >, 0.9);
}

static void test_nothing(void)
{
    g_autofree char *empty = describe("", NULL);
    g_autofree char *marks = describe("... 12 — (?) ' s", NULL);
    g_assert_cmpstr(empty, ==, "");
    g_assert_cmpstr(marks, ==, "");
    g_assert_cmpstr(im_mention_status_name(IM_MENTION_NOT_FOUND), ==, "not_found");
    for (int r = IM_REASON_NONE; r <= IM_REASON_ALIAS; r++)
        g_assert_cmpuint(strlen(im_reason_text((im_reason)r)), >, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    real = gazetteer_of(IM_GEODATA);
    g_test_add_func("/toponym/containers", test_containers);
    g_test_add_func("/toponym/document", test_document);
    g_test_add_func("/toponym/not_places", test_not_places);
    g_test_add_func("/toponym/unknown", test_unknown);
    g_test_add_func("/toponym/capitals", test_capitals);
    g_test_add_func("/toponym/priors", test_priors);
    g_test_add_func("/toponym/outlets", test_outlets);
    g_test_add_func("/toponym/spans", test_spans);
    g_test_add_func("/toponym/relations", test_relations);
    g_test_add_func("/toponym/flags", test_flags);
    g_test_add_func("/toponym/nothing", test_nothing);
    int failed = g_test_run();
    im_gazetteer_free(real);
    return failed;
}
