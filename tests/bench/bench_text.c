/* Tokens, sentences and tags of a long text. */
#include "bench.h"

#include <incmap/text.h>

static void read_text(void *data)
{
    const GString *bytes = data;
    g_autoptr(im_text) text = im_text_new(bytes->str, bytes->len, IM_LANGUAGE_UNKNOWN);
    g_assert_nonnull(text);
}

int main(int argc, char **argv)
{
    bench_init(argc, argv);
    g_autoptr(GString) bytes = bench_text(1024 * 1024);
    bench_run("text", read_text, bytes, bytes->len);
    return 0;
}
