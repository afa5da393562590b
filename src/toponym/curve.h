/** @file
 *  Logarithm and exponential as weighing needs them, hundreds of times a name: inline, to five digits, and
 *  the same on every machine, which those of a C library are not. */
#ifndef IM_TOPONYM_CURVE_H
#define IM_TOPONYM_CURVE_H

#include <glib.h>
#include <string.h>

static inline float topo_float_of(guint32 bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline guint32 topo_bits_of(float value)
{
    guint32 bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

enum { TOPO_FRACTION_BITS = 23, TOPO_EXPONENT_BIAS = 127 };

/** log(1 + x) for x above -1, by its power of two and the series of 2 artanh; off by 2e-6 at most. */
static inline float topo_log1p(float x)
{
    static const float LN2 = 0.69314718f;
    const guint32 bits = topo_bits_of(1 + x),
                  one = (guint32)TOPO_EXPONENT_BIAS << TOPO_FRACTION_BITS;
    const float m = topo_float_of((bits & ((1u << TOPO_FRACTION_BITS) - 1)) | one);
    const float s = (m - 1) / (m + 1), q = s * s;
    const float of_m =
        2 * s * (1 + q * (1 / 3.0f + q * (1 / 5.0f + q * (1 / 7.0f + q * (1 / 9.0f)))));
    return of_m + (float)((int)(bits >> TOPO_FRACTION_BITS) - TOPO_EXPONENT_BIAS) * LN2;
}

/** e to the power of -x for x from 0 on, by powers of two and Taylor's series; off by 1e-5 of it at
 *  most, and 0 from 80 on. */
static inline float topo_exp_minus(float x)
{
    static const float LOG2_E = 1.44269504f, LN2 = 0.69314718f, FARTHEST = 80;
    const float clamped = x < FARTHEST ? x : FARTHEST;
    const int n = (int)(clamped * LOG2_E + 0.5f);
    const float t = (float)n * LN2 - clamped; /* from -ln 2 / 2 to ln 2 / 2 */
    const float series =
        1 + t * (1 + t * (1 / 2.0f + t * (1 / 6.0f + t * (1 / 24.0f + t * (1 / 120.0f)))));
    const float power = topo_float_of((guint32)(TOPO_EXPONENT_BIAS - n) << TOPO_FRACTION_BITS);
    return x < FARTHEST ? series * power : 0;
}

#endif
