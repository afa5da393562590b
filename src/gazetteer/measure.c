/* How far places reach, where no table says so. */
#include "gazetteer/compile.h"

#include <math.h>

static void measure_towns(draft *d)
{
    for (im_place_id i = 0; i < d->places->len; i++) {
        draft_place *p = draft_at(d, i);
        if (p->kind == IM_PLACE_TOWN)
            p->radius_km = CLAMP(sqrt(p->population) / 60, 1, 25);
    }
}

void draft_measure(draft *d)
{
    measure_towns(d);
}
