/** @file
 *  Text in XML. */
#ifndef IM_BASE_XML_H
#define IM_BASE_XML_H

#include <glib.h>

/** Appends text to XML 1.0, escaped for content and for attributes alike; characters that it has no place for,
 *  even escaped (section 2.2, Char), are left out.
 *  @param text  valid UTF-8 */
void im_xml_append(GString *xml, const char *text);

#endif
