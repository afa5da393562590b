#include "output/markup.h"

#include "base/xml.h"

void im_markup_attribute(GString *out, const char *name, const char *value)
{
    g_string_append_printf(out, " %s=\"", name);
    im_xml_append(out, value);
    g_string_append_c(out, '"');
}

void im_markup_element(GString *out, const char *name, const char *cls, const char *text)
{
    g_string_append_printf(out, "<%s", name);
    if (cls)
        im_markup_attribute(out, "class", cls);
    g_string_append_c(out, '>');
    im_xml_append(out, text);
    g_string_append_printf(out, "</%s>", name);
}

void im_markup_hash(GString *out, const char *text, gsize len)
{
    guint8 digest[32];
    gsize size = sizeof digest;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)text, (gssize)len);
    g_checksum_get_digest(sum, digest, &size);
    g_autofree char *base64 = g_base64_encode(digest, size);
    g_string_append_printf(out, "'sha256-%s'", base64);
}
