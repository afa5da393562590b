/** @file
 *  What our pages of HTML are written with: all text is escaped. */
#ifndef IM_OUTPUT_MARKUP_H
#define IM_OUTPUT_MARKUP_H

#include <glib.h>

/** ` name="value"`. @param value  valid UTF-8 */
void im_markup_attribute(GString *out, const char *name, const char *value);

/** An element that holds text. @param cls  its class, or NULL. @param text  valid UTF-8 */
void im_markup_element(GString *out, const char *name, const char *cls, const char *text);

/** What a Content Security Policy calls an inline style or script: its hash. */
void im_markup_hash(GString *out, const char *text, gsize len);

#endif
