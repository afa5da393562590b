/** @file
 *  Writes a compiled gazetteer section by section: into a file aside, which takes its name when it is
 *  whole. */
#ifndef IM_GAZETTEER_WRITER_H
#define IM_GAZETTEER_WRITER_H

#include "gazetteer/format.h"

typedef struct gaz_writer gaz_writer;

/** Begins a file beside `path`. @param error IM_ERROR_SYSTEM */
gaz_writer *gaz_writer_new(const char *path, GError **error);

/** Begins a section; they come in the order of gaz_section_id, and those left out are empty. */
void gaz_writer_begin(gaz_writer *w, gaz_section_id id);

/** Appends to the section. Faults are kept for gaz_writer_end(). */
void gaz_writer_add(gaz_writer *w, const void *bytes, gsize len);

/** Ends the file and gives it its name. @return FALSE with IM_ERROR_SYSTEM */
gboolean gaz_writer_end(gaz_writer *w, GError **error);

/** Removes what is not whole. */
void gaz_writer_free(gaz_writer *w);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(gaz_writer, gaz_writer_free)

#endif
