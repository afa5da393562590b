#include "store/pages.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_BYTES = 100, PAGE_SIZE_AT = 16, CHANGES_AT = 24, PAGES_AT = 28, VALID_FOR_AT = 92 };

static guint32 number_at(const guint8 *header, guint at)
{
    guint32 number;
    memcpy(&number, header + at, sizeof number);
    return GUINT32_FROM_BE(number);
}

gboolean im_store_has_all_pages(const char *path)
{
    guint8 header[HEADER_BYTES];
    GStatBuf info;
    FILE *file = g_fopen(path, "rb");
    const gboolean is_read = file && fread(header, 1, sizeof header, file) == sizeof header;
    if (file)
        fclose(file);
    if (!is_read || g_stat(path, &info) != 0)
        return FALSE;
    const guint32 size = (guint32)header[PAGE_SIZE_AT] << 8 | header[PAGE_SIZE_AT + 1];
    const guint64 page = size == 1 ? 65536 : size, n_pages = number_at(header, PAGES_AT);
    return number_at(header, CHANGES_AT) != number_at(header, VALID_FOR_AT) ||
           (guint64)info.st_size >= page * n_pages;
}
