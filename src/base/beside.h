/** @file
 *  Work that another thread does beside the caller's, where there is a processor for it. */
#ifndef IM_BASE_BESIDE_H
#define IM_BASE_BESIDE_H

#include <glib.h>

/** Begins it. @return for im_beside_join(); NULL: nobody does it yet */
static inline GThread *im_beside(const char *name, GThreadFunc func, gpointer data)
{
    return g_get_num_processors() > 1 ? g_thread_try_new(name, func, data, NULL) : NULL;
}

/** Waits until it is done, or does it. @return what `func` returns */
static inline gpointer im_beside_join(GThread *thread, GThreadFunc func, gpointer data)
{
    return thread ? g_thread_join(thread) : func(data);
}

#endif
