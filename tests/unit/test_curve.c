/* The curves of weighing against those of the C library. */
#include "toponym/curve.h"

#include <math.h>

static void test_log(void)
{
    for (double x = -0.9; x < 2000; x += 0.013 + fabs(x) / 50) {
        const double expected = log1p((double)(float)x);
        g_assert_cmpfloat_with_epsilon((double)topo_log1p((float)x), expected,
                                       2e-6 * (1 + fabs(expected)));
    }
    g_assert_cmpfloat_with_epsilon((double)topo_log1p(0), 0, 1e-9);
    g_assert_cmpfloat_with_epsilon((double)topo_log1p(-1e-7f), 0, 2e-6);
}

static void test_exp(void)
{
    for (double x = 0; x < 79; x += 0.0127) {
        const double expected = exp(-(double)(float)x);
        g_assert_cmpfloat_with_epsilon((double)topo_exp_minus((float)x), expected, 1e-5 * expected);
    }
    g_assert_true(topo_exp_minus(0) == 1);
    g_assert_true(topo_exp_minus(7e7f) == 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/curve/log", test_log);
    g_test_add_func("/curve/exp", test_exp);
    return g_test_run();
}
