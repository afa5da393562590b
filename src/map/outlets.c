/* Which outlets a map draws on, and when they reported. */
#include "incident/content.h"
#include "map/words.h"

#include <string.h>

/* One outlet with the days of its reports. */
typedef struct outlet {
    char *name;
    im_day first, last;
    guint n;
} outlet;

static void outlet_free(gpointer data)
{
    outlet *o = data;
    g_free(o->name);
    g_free(o);
}

static void add_outlet(GPtrArray *outlets, GHashTable *index, const im_source *source)
{
    const char *name = im_source_name(source);
    if (!name || !*name)
        return;
    outlet *o = g_hash_table_lookup(index, name);
    if (!o) {
        o = g_new0(outlet, 1);
        o->name = g_strdup(name);
        g_ptr_array_add(outlets, o);
        g_hash_table_insert(index, o->name, o);
    }
    o->n++;
    if (source->date != IM_DAY_NONE) {
        o->first = o->first == IM_DAY_NONE ? source->date : MIN(o->first, source->date);
        o->last = MAX(o->last, source->date);
    }
}

static gint compare_outlets(gconstpointer a, gconstpointer b)
{
    const outlet *p = *(outlet *const *)a, *q = *(outlet *const *)b;
    if (p->n != q->n)
        return p->n > q->n ? -1 : 1;
    return strcmp(p->name, q->name);
}

char *im_words_sources(const GPtrArray *incidents)
{
    enum { MOST = 6 };
    g_autoptr(GPtrArray) outlets = g_ptr_array_new_with_free_func(outlet_free);
    g_autoptr(GHashTable) index = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < incidents->len; i++) {
        const im_incident *incident = im_incident_at(incidents, i);
        for (guint k = 0; k < incident->sources->len; k++)
            add_outlet(outlets, index, g_ptr_array_index(incident->sources, k));
    }
    g_ptr_array_sort(outlets, compare_outlets);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < MIN(outlets->len, MOST); i++) {
        const outlet *o = g_ptr_array_index(outlets, i);
        g_autofree char *period = im_words_period(o->first, o->last);
        g_string_append_printf(out, "%s%s", i > 0 ? "; " : "", o->name);
        g_string_append_printf(out, "%s%s", *period ? ", " : "", period);
    }
    if (outlets->len > MOST)
        g_string_append_printf(out, "; and %u more", outlets->len - MOST);
    return g_string_free(out, FALSE);
}
