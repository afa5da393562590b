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

/** At most seven bytes as a number, the first lowest, filled up with NUL. */
static inline guint64 im_short_chunk(const char *bytes, gsize len)
{
    if (len >= 4) {
        guint32 low, high;
        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + len - 4, 4);
        return low | (guint64)high << (8 * (len - 4));
    }
    if (len == 0)
        return 0;
    guint64 first = (guchar)bytes[0], middle = (guchar)bytes[len / 2],
            last = (guchar)bytes[len - 1];
    return first | middle << (8 * (len / 2)) | last << (8 * (len - 1));
}

/** Copies bytes, of which most are few: a call for each would cost more than they do. Up to seven more may be
 *  written behind them. */
static inline void im_eight_copy(char *at, const char *bytes, gsize len)
{
    if (len > 2 * IM_EIGHT) {
        memcpy(at, bytes, len);
        return;
    }
    const guint64 first =
        len < IM_EIGHT ? GUINT64_TO_LE(im_short_chunk(bytes, len)) : im_eight_at(bytes);
    memcpy(at, &first, IM_EIGHT);
    if (len > IM_EIGHT)
        memcpy(at + len - IM_EIGHT, bytes + len - IM_EIGHT, IM_EIGHT);
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
