/** @file
 *  Eight bytes at once, as one number, or sixteen (after Warren, Hacker's Delight, chapter 6): which of them are
 *  what, as the highest bit of each. */
#ifndef IM_BASE_EIGHT_H
#define IM_BASE_EIGHT_H

#include <glib.h>
#include <string.h>

enum { IM_EIGHT = 8 };

/** A number of eight bytes that are all `value`. */
#define IM_EACH_BYTE(value) (G_GUINT64_CONSTANT(0x0101010101010101) * (value))

static inline guint64 im_eight_at(const char *bytes)
{
    guint64 eight;
    memcpy(&eight, bytes, sizeof eight);
    return eight;
}

/** Whether any is `c`; the first that is said to be one is one, those behind it may be said wrongly. */
static inline guint64 im_eight_equal(guint64 eight, guchar c)
{
    const guint64 x = eight ^ IM_EACH_BYTE(c);
    return (x - IM_EACH_BYTE(1)) & ~x & IM_EACH_BYTE(0x80);
}

/** Those below 0x20, as im_eight_equal(). */
static inline guint64 im_eight_controls(guint64 eight)
{
    return (eight - IM_EACH_BYTE(0x20)) & ~eight & IM_EACH_BYTE(0x80);
}

/** The place of the first, 0 to 7, of those that are: one is. */
static inline guint im_eight_first(guint64 found)
{
    return (guint)__builtin_ctzll(GUINT64_FROM_LE(found)) / 8;
}

/** Sixteen bytes, each to be compared by itself. */
typedef guint8 im_sixteen __attribute__((vector_size(16)));

static inline im_sixteen im_sixteen_at(const char *bytes)
{
    im_sixteen sixteen;
    memcpy(&sixteen, bytes, sizeof sixteen);
    return sixteen;
}

/** Whether none is: of what comparing gave, all bytes are 0. */
static inline gboolean im_sixteen_none(im_sixteen found)
{
    guint64 halves[2];
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

/** The place of the first, 0 to 15, of those that are: one is. */
static inline guint im_sixteen_first(im_sixteen found)
{
    guint64 halves[2];
    memcpy(halves, &found, sizeof halves);
    return halves[0] ? im_eight_first(halves[0]) : IM_EIGHT + im_eight_first(halves[1]);
}

#endif
