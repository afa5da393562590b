#include "store/name.h"

#include <incmap/error.h>
#include <incmap/store.h>
#include <string.h>

static const char prefix[] = "PG:";
enum { PREFIX_LEN = sizeof prefix - 1, MOST_SCHEMA_BYTES = 63 };

void im_store_name_clear(im_store_name *name)
{
    g_clear_pointer(&name->shown, g_free);
    g_clear_pointer(&name->connection, g_free);
    g_clear_pointer(&name->schema, g_free);
}

/* ---- a connection string (https://www.postgresql.org/docs/15/libpq-connect.html, 34.1.1.1) ---- */

static const char *skip_space(const char *p)
{
    while (g_ascii_isspace(*p))
        p++;
    return p;
}

/* Takes `key =`. @return where its value begins; NULL when it is none */
static const char *take_key(const char *p, char **key)
{
    const gsize len = strspn(p, "abcdefghijklmnopqrstuvwxyz_");
    const char *end = skip_space(p + len);
    if (len == 0 || *end != '=')
        return NULL;
    *key = g_strndup(p, len);
    return skip_space(end + 1);
}

/* Takes a value, which may be 'quoted' or have \ before what is not to end it. @return its end, NULL when it has none */
static const char *take_value(const char *p, GString *value)
{
    const gboolean is_quoted = *p == '\'';
    for (p += is_quoted; *p && (is_quoted ? *p != '\'' : !g_ascii_isspace(*p)); p++) {
        p += *p == '\\' && p[1];
        g_string_append_c(value, *p);
    }
    if (!is_quoted) /* `user= password=x` is a user to libpq, and a slip */
        return strstr(value->str, "password=") ? NULL : p;
    return *p ? p + 1 : NULL;
}

/* Takes one pair. @return its end */
static const char *take_pair(const char *p, im_store_name *name, GString *connection,
                             GString *shown)
{
    g_autofree char *key = NULL;
    g_autoptr(GString) value = g_string_new(NULL);
    const char *begin = take_key(p, &key), *end = begin ? take_value(begin, value) : NULL;
    if (!end)
        return NULL;
    if (strcmp(key, "active_schema") == 0) {
        g_free(name->schema);
        name->schema = g_strdup(value->str);
    } else {
        g_string_append_c(connection, ' ');
        g_string_append_len(connection, p, end - p);
    }
    if (!strstr(key, "password")) {
        g_string_append_c(shown, ' ');
        g_string_append_len(shown, p, end - p);
    }
    return end;
}

static gboolean read_pairs(const char *p, im_store_name *name, GString *connection, GString *shown)
{
    for (p = skip_space(p); *p; p = skip_space(p))
        if (!(p = take_pair(p, name, connection, shown)))
            return FALSE;
    return TRUE;
}

static gboolean is_schema(const char *schema)
{
    const gsize len = strlen(schema);
    return len > 0 && len <= MOST_SCHEMA_BYTES && !g_ascii_isdigit(*schema) &&
           strspn(schema, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

static char *with_prefix(const GString *pairs)
{
    return g_strconcat(prefix, pairs->len > 0 ? pairs->str + 1 : "", NULL);
}

static gboolean read_database(const char *text, im_store_name *name, GError **error)
{
    g_autoptr(GString) connection = g_string_new(NULL), shown = g_string_new(NULL);
    if (!read_pairs(text + PREFIX_LEN, name, connection, shown)) {
        g_set_error(
            error, IM_ERROR, IM_ERROR_USAGE,
            "PG: is not followed by key=value pairs, as in \"PG:host=localhost dbname=news\"");
        return FALSE;
    }
    name->connection = with_prefix(connection);
    name->shown = with_prefix(shown);
    if (!name->schema)
        name->schema = g_strdup("incmap");
    if (is_schema(name->schema))
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                "%s: active_schema is no name of a-z, 0-9 and _ that a letter begins", name->shown);
    return FALSE;
}

gboolean im_store_name_read(const char *text, im_store_name *name, GError **error)
{
    const gsize len = strlen(text);
    *name = (im_store_name){0};
    if (g_ascii_strncasecmp(text, prefix, PREFIX_LEN) == 0)
        return read_database(text, name, error);
    name->shown = g_strdup(text);
    if (len >= 5 && g_ascii_strcasecmp(text + len - 5, ".gpkg") == 0)
        return TRUE;
    g_set_error(error, IM_ERROR, IM_ERROR_USAGE,
                "%s: a store's name ends in .gpkg, or begins with PG:", text);
    return FALSE;
}

char *im_store_beside(const char *store, const char *suffix)
{
    g_auto(im_store_name) name = {0};
    if (!im_store_name_read(store, &name, NULL) || !name.connection)
        return g_strconcat(store, ".", suffix, NULL);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, name.shown, -1),
                    *file = g_strdup_printf("%.16s.%s", hash, suffix);
    g_autofree char *folder = g_build_filename(g_get_user_state_dir(), "incmap", NULL);
    g_mkdir_with_parents(folder, 0700); /* whoever writes there says why not */
    return g_build_filename(folder, file, NULL);
}
