/** @file
 *  Random orders for property tests. */
#ifndef IM_TESTS_SHUFFLE_H
#define IM_TESTS_SHUFFLE_H

#include <glib.h>

static inline void shuffle(GRand *rand, GPtrArray *array)
{
    for (guint i = array->len; i > 1; i--) {
        guint j = (guint)g_rand_int_range(rand, 0, (gint32)i);
        gpointer swap = array->pdata[i - 1];
        array->pdata[i - 1] = array->pdata[j];
        array->pdata[j] = swap;
    }
}

#endif
