#include "base/xml.h"

static gboolean is_xml_char(gunichar c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

void im_xml_append(GString *xml, const char *text)
{
    g_autoptr(GString) clean = g_string_new(NULL);
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (is_xml_char(g_utf8_get_char(p)))
            g_string_append_len(clean, p, g_utf8_next_char(p) - p);
    g_autofree char *escaped = g_markup_escape_text(clean->str, (gssize)clean->len);
    g_string_append(xml, escaped);
}
