/** @file
 *  The formats that the module writes and reads. */
#ifndef IM_OUTPUT_ON_DEMAND_H
#define IM_OUTPUT_ON_DEMAND_H

#include "base/module.h"

#include <incmap/output.h>

typedef struct im_writer {
    /** Appends the file: the picture of data->map, or the records. */
    gboolean (*write)(const im_output_data *data, GString *out, GError **error);
} im_writer;

extern const im_writer im_draw_png IM_MODULE_TABLE;
extern const im_writer im_draw_svg IM_MODULE_TABLE;
extern const im_writer im_draw_pdf IM_MODULE_TABLE;
extern const im_writer im_draw_kml IM_MODULE_TABLE;
extern const im_writer im_draw_html IM_MODULE_TABLE;

typedef struct im_series_writer {
    /** Appends the page of a series. */
    void (*write)(const im_series_page *page, GString *out);
} im_series_writer;

extern const im_series_writer im_draw_series IM_MODULE_TABLE;

typedef struct im_maker {
    /** Makes the file `path`, which is not there, with the records of data->incidents. */
    gboolean (*make)(const char *path, const im_output_data *data, GError **error);
} im_maker;

extern const im_maker im_gis_gpkg IM_MODULE_TABLE;
extern const im_maker im_gis_fgb IM_MODULE_TABLE;

typedef struct im_record_reader {
    /** As im_incidents_read_mapped(). */
    GPtrArray *(*read)(const char *path, const char *const *map, GError **error);
} im_record_reader;

extern const im_record_reader im_gis_records IM_MODULE_TABLE;

#endif
