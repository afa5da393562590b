/* The compiler's one way through. */
#include "base/files.h"
#include "gazetteer/intake.h"
#include "gazetteer/sources.h"

static gboolean take_folder(intake *in, const char *path, GError **error)
{
    return draft_read_places(in->d, path, error) && draft_read_names(in->d, path, error) &&
           draft_read_sources(in->d, path, error);
}

static gboolean (*const readers[GAZ_FROM_N])(intake *, const char *, GError **) = {
    [GAZ_FROM_FOLDER] = take_folder,         [GAZ_FROM_DUMP] = intake_dump,
    [GAZ_FROM_CODES] = intake_codes,         [GAZ_FROM_COUNTRY_INFO] = intake_country_info,
    [GAZ_FROM_AGEEML] = intake_ageeml,       [GAZ_FROM_LAYER] = intake_layer,
    [GAZ_FROM_HIERARCHY] = intake_hierarchy, [GAZ_FROM_ALTERNATES] = intake_alternates,
};

static gboolean read_sources(intake *in, const GArray *sources, GError **error)
{
    for (guint i = 0; i < sources->len; i++)
        in->has_alternates |= g_array_index(sources, gaz_source, i).format == GAZ_FROM_ALTERNATES;
    for (guint format = 0; format < GAZ_FROM_N; format++) {
        for (guint i = 0; i < sources->len; i++) {
            const gaz_source *s = &g_array_index(sources, gaz_source, i);
            if (s->format == format && !readers[format](in, s->path, error))
                return FALSE;
        }
    }
    return TRUE;
}

void im_build_report_clear(im_build_report *report)
{
    g_clear_pointer(&report->messages, g_ptr_array_unref);
    report->n_rejected = 0;
}

static gboolean build(intake *in, const char *const *paths, const char *out_path, GError **error)
{
    g_autoptr(GArray) sources = gaz_find_sources(paths, in->options->name_field != NULL, error);
    if (!sources || !im_file_may_write(out_path, TRUE, error) || !read_sources(in, sources, error))
        return FALSE;
    draft_measure(in->d);
    draft_derive_names(in->d);
    return draft_write(in->d, out_path, error);
}

gboolean im_gazetteer_build(const char *const *sources, const im_build_options *options,
                            const char *out_path, im_build_report *report, GError **error)
{
    static const im_build_options none = {0};
    im_build_report unread = {0};
    g_autoptr(draft) d = draft_new();
    options = options ? options : &none;
    g_autoptr(gaz_features) features = gaz_features_new(options->features, error);
    if (!features)
        return FALSE;
    intake in = {
        .d = d, .options = options, .report = report ? report : &unread, .features = features};
    *in.report = (im_build_report){.messages = g_ptr_array_new_with_free_func(g_free)};
    gboolean built = build(&in, sources, out_path, error);
    im_build_report_clear(&unread);
    return built;
}
