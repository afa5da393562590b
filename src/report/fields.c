/* The keys of JSON objects and the columns of CSV, and where their values go. */
#include "report/priv.h"

#include "report/dates.h"

#include <string.h>

/* spec/cli.md, JSON Lines; first come the names that `--field` takes */
static const struct {
    const char *name;
    const char *keys[IM_FIELD_MAX_KEYS];
} fields[IM_FIELD_N] = {
    [IM_FIELD_ID] = {"id", {"id"}},
    [IM_FIELD_TEXT] = {"text", {"text", "event_text", "body"}},
    [IM_FIELD_TITLE] = {"title", {"title", "headline"}},
    [IM_FIELD_DATE] = {"date", {"date", "pub_date", "published"}},
    [IM_FIELD_URL] = {"url", {"url", "link"}},
    [IM_FIELD_PUBLISHER] = {"publisher", {"publisher", "source"}},
    [IM_FIELD_LANGUAGE] = {"language", {"language", "lang"}},
};

static gboolean map_field(im_field_keys *keys, const char *pair)
{
    const char *equals = strchr(pair, '=');
    gsize len = equals ? (gsize)(equals - pair) : 0;
    for (guint i = 0; i < IM_FIELD_N; i++) {
        if (len != strlen(fields[i].name) || strncmp(pair, fields[i].name, len) != 0 || !equals[1])
            continue;
        memset(keys->keys[i], 0, sizeof keys->keys[i]);
        keys->keys[i][0] = equals + 1;
        return TRUE;
    }
    return FALSE;
}

gboolean im_field_keys_init(im_field_keys *keys, const char *const *pairs, GError **error)
{
    for (guint i = 0; i < IM_FIELD_N; i++)
        memcpy(keys->keys[i], fields[i].keys, sizeof fields[i].keys);
    for (; pairs && *pairs; pairs++) {
        if (map_field(keys, *pairs))
            continue;
        g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                    "field \"%s\": not NAME=KEY with NAME one of id, text, title, date, url, "
                    "publisher, language",
                    *pairs);
        return FALSE;
    }
    return TRUE;
}

static void set_string(char **where, char *value)
{
    g_free(*where);
    *where = value;
}

static void set_date(im_report *report, const char *value)
{
    im_day day = im_date_read(value);
    if (day == IM_DAY_NONE)
        return;
    report->published = day;
    report->published_basis = IM_PUBLISHED_METADATA;
}

void im_report_set(im_report *report, im_field field, char *value)
{
    g_autofree char *owned = value;
    if (!value || !*im_squeeze(value))
        return;
    switch (field) {
    case IM_FIELD_ID:
        set_string(&report->id, g_steal_pointer(&owned));
        break;
    case IM_FIELD_TITLE:
        set_string(&report->headline, g_steal_pointer(&owned));
        break;
    case IM_FIELD_DATE:
        set_date(report, value);
        break;
    case IM_FIELD_URL:
        set_string(&report->url, g_steal_pointer(&owned));
        break;
    case IM_FIELD_PUBLISHER:
        set_string(&report->publisher, g_steal_pointer(&owned));
        break;
    case IM_FIELD_LANGUAGE:
        report->language = im_language_from_code(value);
        break;
    case IM_FIELD_TEXT:
    case IM_FIELD_N:
        g_assert_not_reached();
    }
}
