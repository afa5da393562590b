#include "gazetteer/csv.h"

/* Moves a field's text to `to`, without its quotes. @return behind the field, at its comma or NUL */
static const char *take_field(const char *from, char **to)
{
    gboolean quoted = FALSE;
    for (; *from && (quoted || *from != ','); from++) {
        if (*from != '"')
            *(*to)++ = *from;
        else if (quoted && from[1] == '"')
            *(*to)++ = *from++;
        else
            quoted = !quoted;
    }
    return from;
}

guint gaz_csv_split(char *line, char **fields, guint room)
{
    const char *from = line;
    char *to = line;
    for (guint n = 1;; n++) {
        if (n <= room)
            fields[n - 1] = to;
        from = take_field(from, &to);
        gboolean is_last =
            *from == '\0'; /* before the NUL of the field is written, perhaps there */
        *to++ = '\0';
        if (is_last)
            return n;
        from++;
    }
}
