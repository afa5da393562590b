/** @file
 *  GDAL's virtual files (/vsizip/, /vsigzip/, /vsicurl/ …), in the module. */
#ifndef IM_REPORT_VSI_H
#define IM_REPORT_VSI_H

#include "base/module.h"

typedef struct im_vsi_file im_vsi_file;

typedef struct im_vsi {
    /** Opens a /vsi… path to read; NULL with IM_ERROR_IO. */
    im_vsi_file *(*open)(const char *path, GError **error);

    /** Reads at most `room` bytes; fewer at the end, or with IM_ERROR_IO where it cannot go on. */
    gsize (*read)(im_vsi_file *file, char *out, gsize room, GError **error);
    void (*close)(im_vsi_file *file);
} im_vsi;

extern const im_vsi im_gis_vsi IM_MODULE_TABLE;

#endif
