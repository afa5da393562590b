/** @file
 *  What marks a declaration as part of libincmap's interface; everything else is hidden. */
#ifndef INCMAP_API_H
#define INCMAP_API_H

#include <glib.h>

#define IM_API __attribute__((visibility("default")))

#endif
