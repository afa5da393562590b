/* Names that follow from other names by rule. */
#include "gazetteer/compile.h"

void draft_derive_names(draft *d)
{
    for (im_place_id i = 0; i < d->places->len; i++)
        draft_add_name(d, i, draft_at(d, i)->name, IM_NAME_MAIN, 0);
}
