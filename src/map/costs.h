/** @file
 *  What it costs a name to stand where it does: on other land, or beside another's mark. The costs are weighed against
 *  each other and against that of leaving a name out (labels.h). */
#ifndef IM_MAP_COSTS_H
#define IM_MAP_COSTS_H

#include "map/labels.h"
#include "map/marks.h"

/** How much of a box lies across borders.
 *  @param state  that the name belongs to; IM_REGION_NONE for one in the sea */
double im_cost_of_ground(const im_ground *ground, const im_box *box, guint32 state);

/** Keeps the name of a state in it, or in the sea, or on a leader. */
void im_costs_keep_at_home(im_label *label, const im_ground *ground, guint32 state);

/** Keeps the name of a site off the marks and rings of others. */
void im_costs_keep_off_others(im_label *label, const im_marks *marks, const im_site *own,
                              const im_theme *theme);

/** Adds `cost` to the candidates that stand close to a mark. */
void im_cost_near_marks(im_label *label, const im_marks *marks, double cost, const im_theme *theme);

/** Keeps a name from the dot of another place. */
void im_cost_near_dot(im_label *label, im_xy dot, const im_theme *theme);

/** Whether the line of a ring runs through a candidate's text. */
gboolean im_cost_ring_meets(const im_rings *ring, const im_candidate *candidate);

#endif
