/* What ThreadSanitizer cannot see: GLib locks with futexes of its own, and is not built with it. Each of these
 * stands before GLib's function of the same name, calls it, and says what comes before what. Linked only into
 * programs of the preset `tsan`. */
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

const char *__tsan_default_options(void);
const char *__tsan_default_suppressions(void);

const char *__tsan_default_options(void)
{
    return "ignore_noninstrumented_modules=1";
}

/* GDAL takes two locks of its own in both orders, in one thread. */
const char *__tsan_default_suppressions(void)
{
    return "deadlock:libgdal.so\n";
}

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

void g_mutex_lock(GMutex *mutex)
{
    REAL(g_mutex_lock)(mutex);
    __tsan_acquire(mutex);
}

void g_mutex_unlock(GMutex *mutex)
{
    __tsan_release(mutex);
    REAL(g_mutex_unlock)(mutex);
}

void g_cond_wait(GCond *cond, GMutex *mutex)
{
    __tsan_release(mutex);
    REAL(g_cond_wait)(cond, mutex);
    __tsan_acquire(mutex);
}

gboolean(g_once_init_enter)(volatile void *location)
{
    const gboolean is_first = REAL(g_once_init_enter)(location);
    __tsan_acquire((void *)location);
    return is_first;
}

void(g_once_init_leave)(volatile void *location, gsize result)
{
    __tsan_release((void *)location);
    REAL(g_once_init_leave)(location, result);
}

/* The last one to let go frees what the others wrote. */
void g_atomic_rc_box_release_full(gpointer box, GDestroyNotify clear)
{
    __tsan_release(box);
    __tsan_acquire(box);
    REAL(g_atomic_rc_box_release_full)(box, clear);
}

/* ---- pools: a job is seen by its worker, and all work by whom the pool is freed ---- */

typedef struct worker {
    GFunc work;
    gpointer data;
} worker;

static void run_worker(gpointer job, gpointer data)
{
    const worker *w = data;
    __tsan_acquire(job);
    w->work(job, w->data);
    __tsan_release((gpointer)w);
}

GThreadPool *g_thread_pool_new(GFunc func, gpointer user_data, gint max_threads, gboolean exclusive,
                               GError **error)
{
    worker *w = g_new(worker, 1);
    *w = (worker){.work = func, .data = user_data};
    return REAL(g_thread_pool_new)(run_worker, w, max_threads, exclusive, error);
}

gboolean g_thread_pool_push(GThreadPool *pool, gpointer job, GError **error)
{
    __tsan_release(job);
    return REAL(g_thread_pool_push)(pool, job, error);
}

void g_thread_pool_free(GThreadPool *pool, gboolean immediate, gboolean wait)
{
    worker *w = pool->user_data;
    REAL(g_thread_pool_free)(pool, immediate, wait);
    __tsan_acquire(w);
    g_free(w);
}
