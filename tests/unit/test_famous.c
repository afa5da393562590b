/* Famous names in the sentences of data/famous.tsv: each must mean what a reader takes it for. */
#include "sentences.h"

static char *meaning_of(const im_gazetteer *real, const char *bytes, const GArray *mentions,
                        guint mention)
{
    const im_mention *m = &g_array_index(mentions, im_mention, mention);
    (void)bytes;
    if (m->status == IM_MENTION_NOT_FOUND)
        return g_strdup("!");
    if (m->place == IM_PLACE_NONE)
        return g_strdup("ambiguous");
    im_place p = im_gazetteer_place(real, m->place);
    if (p.kind != IM_PLACE_TOWN && p.kind != IM_PLACE_ADMIN2)
        return g_strdup(p.code);
    return g_strdup_printf(
        "town %s", p.admin1 == IM_PLACE_NONE ? "" : im_gazetteer_place(real, p.admin1).code);
}

static void test_famous(void)
{
    check_sentences("famous.tsv", 80, meaning_of);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/toponym/famous", test_famous);
    return g_test_run();
}
