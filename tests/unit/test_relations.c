/* Near, between, south of: the sentences of data/relations.tsv. */
#include "sentences.h"

static void append_number(GString *out, double value, double none)
{
    if (value <= none)
        g_string_append(out, "\t-");
    else
        g_string_append_printf(out, "\t%g", value);
}

static char *relation_of(const im_gazetteer *real, const char *bytes, const GArray *mentions,
                         guint mention)
{
    const im_mention *all = (const im_mention *)mentions->data, *m = &all[mention];
    const char *name = im_relation_name(m->relation);
    (void)real;
    GString *out = g_string_new(name ? name : "none");
    append_number(out, m->distance_km, 0);
    append_number(out, m->bearing_deg, -0.5);
    const im_span *other = m->relation == IM_RELATION_BETWEEN ? &all[m->other].span : NULL;
    g_string_append_printf(out, "\t%.*s", other ? (int)(other->end - other->start) : 1,
                           other ? bytes + other->start : "-");
    g_assert_true((m->radius_km > 0) == (m->relation != IM_RELATION_NONE));
    return g_string_free(out, FALSE);
}

static void test_relations(void)
{
    check_sentences("relations.tsv", 40, relation_of);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/toponym/relations/table", test_relations);
    return g_test_run();
}
