/** @file
 *  What is loaded on demand. PROJ, Cairo and Pango bring some 80 shared libraries with them, GDAL as many again,
 *  which takes the loader longer than most commands run: so the code that calls them is in modules beside the
 *  library (`incmap-VERSION/`; the lists of their files are in CMakeLists.txt), loaded when something first asks for
 *  one and kept until the process ends: `draw.so` for what draws, `gis.so` for what calls GDAL, GIO or libcurl (which GDAL brings in anyway).
 *
 *  A module offers constant tables of functions, `im_draw_…` or `im_gis_…`. Each is declared in a header of its room
 *  with IM_MODULE_TABLE, defined in a file of the module, and taken with im_module_table(). */
#ifndef IM_BASE_MODULE_H
#define IM_BASE_MODULE_H

#include <glib.h>

#ifdef IM_WITHOUT_MODULE /* libincmap.a: everything is linked together */
#define IM_MODULE_TABLE
#define im_module_table(table, error) ((void)(error), &(table))
#else
/* Weak: absent from the library, present in tests, which are linked with the files of both. */
#define IM_MODULE_TABLE               __attribute__((weak, visibility("default")))

/** A table of the module, `extern const T table IM_MODULE_TABLE`.
 *  @return &table; NULL with IM_ERROR_SYSTEM when the module is missing or cannot be loaded */
#define im_module_table(table, error) (&(table) ? &(table) : im_module_symbol(#table, error))
#endif

/** As im_module_table(), by name. */
gconstpointer im_module_symbol(const char *name, GError **error);

#endif
