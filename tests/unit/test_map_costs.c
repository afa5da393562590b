/* What it costs a name to stand where it does. */
#include "map/costs.h"

#include <glib.h>

/* Upright stripes of land, 40 px wide and 40 px high, each of one country; -1: sea. */
static im_ground *stripes(const int *countries, int n)
{
    im_ground *ground = g_new0(im_ground, 1);
    ground->frame = (im_box){0, 0, 40.0 * n, 40};
    ground->columns = 40 / IM_CELL_PX * n;
    ground->rows = 40 / IM_CELL_PX;
    ground->states = g_ptr_array_new_with_free_func(g_free);
    for (int i = 0; i < n; i++) {
        im_region *state = g_new0(im_region, 1);
        state->country = (guint32)countries[i];
        g_ptr_array_add(ground->states, state);
    }
    ground->first_own = (guint32)n;
    ground->raster = g_new0(guint32, (gsize)ground->columns * (gsize)ground->rows);
    for (int y = 0; y < ground->rows; y++)
        for (int x = 0; x < ground->columns; x++) {
            const int stripe = x / (40 / IM_CELL_PX);
            ground->raster[y * ground->columns + x] =
                countries[stripe] < 0 ? 0 : (guint32)stripe + 1;
        }
    return ground;
}

/* Of a name in all of them that belongs to the first. */
static double cost_over(const int *countries, int n)
{
    im_ground *ground = stripes(countries, n);
    const double cost = im_cost_of_ground(ground, &ground->frame, 0);
    g_ptr_array_unref(ground->states);
    g_free(ground->raster);
    g_free(ground);
    return cost;
}

/* Over one neighbour it is better than over several, and than over coasts of neighbours. */
static void test_foreign_lines(void)
{
    static const int ONE[] = {1, 2, 2, 2, 2}, MANY[] = {1, 2, 3, 2, 3}, SEA[] = {1, -1, -1, -1, -1},
                     COASTS[] = {1, -1, 2, -1, -1};
    g_assert_cmpfloat(cost_over(SEA, 5), <, cost_over(ONE, 5));
    g_assert_cmpfloat(cost_over(SEA, 5), <, cost_over(COASTS, 5) - 0.9);
    /* Three borders more, each as dear on every line of the name. */
    g_assert_cmpfloat_with_epsilon(cost_over(MANY, 5) - cost_over(ONE, 5), 1.5, 1e-9);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-costs/foreign-lines", test_foreign_lines);
    return g_test_run();
}
