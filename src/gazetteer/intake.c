#include "gazetteer/intake.h"

#include <string.h>

enum { MESSAGES = 20 };

void intake_begin(intake *in, const char *path, const char *label)
{
    g_autofree char *base = g_path_get_basename(path);
    in->path = path;
    in->line = 0;
    in->said = 0;
    draft_begin_source(in->d, label ? label : base);
}

gboolean intake_reject(intake *in, GError **error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *reason = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (in->options->strict) {
        g_set_error(error, IM_ERROR, IM_ERROR_DATA, "%s:%" G_GUINT64_FORMAT ": %s", in->path,
                    in->line, reason);
        return FALSE;
    }
    intake_source(in)->rejected++;
    in->report->n_rejected++;
    if (in->said++ < MESSAGES)
        g_ptr_array_add(in->report->messages, g_strdup_printf("%s:%" G_GUINT64_FORMAT ": %s",
                                                              in->path, in->line, reason));
    return TRUE;
}

/* A name that the place has not got from itself. */
static void add_other_name(intake *in, im_place_id id, const char *name)
{
    char key[IM_KEY_MAX_BYTES + 1];
    const char *own = draft_own_key(in->d, id);
    if (im_gazetteer_key(name, strlen(name), key) > 0 && g_strcmp0(own, key) != 0)
        draft_add_name(in->d, id, name, IM_NAME_OTHER, 0);
}

static void merge(intake *in, im_place_id id, const draft_place *p)
{
    gaz_place *known = draft_at(in->d, id);
    known->population = p->population ? p->population : known->population;
    if (known->country == IM_PLACE_NONE)
        known->country = p->country;
    if (known->admin1 == IM_PLACE_NONE && known->country == p->country)
        known->admin1 = p->admin1;
    if (known->admin2 == IM_PLACE_NONE && known->admin1 == p->admin1)
        known->admin2 = p->admin2;
    if (p->geonameid && !known->geonameid) {
        known->geonameid = p->geonameid;
        gaz_idmap_set(in->d->by_geonameid, p->geonameid, id);
    }
    add_other_name(in, id, p->name);
    intake_source(in)->merged++;
}

im_place_id intake_take(intake *in, const draft_place *p, im_place_id known, gaz_twins *twins)
{
    im_place_id id = known;
    if (id == IM_PLACE_NONE && twins)
        id = gaz_twins_take(twins, p);
    if (id != IM_PLACE_NONE) {
        merge(in, id, p);
        return id;
    }
    intake_source(in)->taken++;
    return draft_add_place(in->d, p);
}

static gboolean contain(const draft *d, draft_place *p, const char *code)
{
    im_place_id id = draft_by_code(d, code);
    if (id == IM_PLACE_NONE)
        return FALSE;
    const gaz_place *container = draft_at(d, id);
    p->country = container->country;
    p->admin1 = container->admin1;
    p->admin2 = container->admin2;
    return TRUE;
}

gboolean intake_set_containers(const draft *d, draft_place *p, const char *country,
                               const char *admin1, const char *admin2)
{
    char code[96];
    if (*admin1 && *admin2 && g_snprintf(code, sizeof code, "%s.%s.%s", country, admin1, admin2) &&
        contain(d, p, code))
        return TRUE;
    if (*admin1 && g_snprintf(code, sizeof code, "%s.%s", country, admin1) && contain(d, p, code))
        return TRUE;
    return contain(d, p, country);
}

gboolean intake_real(const char *field, double min, double max, double *value)
{
    char *end;
    *value = g_ascii_strtod(field, &end);
    return end != field && !*end && *value >= min && *value <= max;
}

gboolean intake_number(const char *field, guint64 max, guint32 *value)
{
    guint64 n = 0;
    const char *at = field;
    for (; g_ascii_isdigit(*at) && n <= max; at++)
        n = n * 10 + (guint64)(*at - '0');
    *value = (guint32)n;
    return at != field && !*at && n <= max;
}

guint intake_split(char *line, char **fields, guint room)
{
    guint n = 0;
    for (char *at = line; at; n++) {
        if (n < room)
            fields[n] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return n;
}

void intake_credit(intake *in, const char *package, const char *licence, const char *attribution,
                   const char *url)
{
    g_autofree char *label = g_strdelimit(g_strdup(intake_source(in)->label), ",\"\n\r", '_');
    g_autofree char *row =
        g_strdup_printf("%s,import,%s,,%s,,\"%s\",%s", label, package, licence, attribution, url);
    draft_credit(in->d, attribution, row);
}

void intake_credit_geonames(intake *in)
{
    intake_credit(in, "GeoNames", "CC BY 4.0",
                  "Place data from GeoNames (https://www.geonames.org), CC BY 4.0",
                  "https://www.geonames.org");
}
