/* What each feature adds to the log-odds that a candidate is a place; positive speaks for one. Set by
 * hand on general grounds. tests/eval/train fits them to texts with marked places and prints what the
 * fit is worth on texts that it was not made from; on the three development sets (November 2026) that
 * was nothing (F1 .914 against .915, .959 against .962, .985 against .986), so these stand. */
#include "toponym/priv.h"

const double topo_weights[TOPO_F_N] = {
    [TOPO_F_BIAS] = -0.1,         [TOPO_F_IN] = 1.7,
    [TOPO_F_FROM] = 0.7,          [TOPO_F_CONTAINED] = 2.0,
    [TOPO_F_CONTAINER] = 3.0,     [TOPO_F_DATELINE] = 2.5,
    [TOPO_F_HEAD] = 1.8,          [TOPO_F_DIRECTION] = 1.5,
    [TOPO_F_LIST] = 1.6,          [TOPO_F_WORDS] = 0.9,
    [TOPO_F_COUNTRY] = 1.5,       [TOPO_F_ADMIN1] = 0.8,
    [TOPO_F_REGION] = 0.6,        [TOPO_F_MILLION] = 1.4,
    [TOPO_F_CITY] = 1.4,          [TOPO_F_TOWN] = 0.3,
    [TOPO_F_HAMLET] = -0.3,       [TOPO_F_GIVEN] = -0.7,
    [TOPO_F_SURNAME] = -1.5,      [TOPO_F_COMMON] = -2.3,
    [TOPO_F_FIRST] = 0.0,         [TOPO_F_COMMON_FIRST] = -2.5,
    [TOPO_F_HEADLINE] = -0.8,     [TOPO_F_NEXT_CAPITAL] = -1.3,
    [TOPO_F_PREV_CAPITAL] = -1.4, [TOPO_F_NEXT_SURNAME] = -1.6,
    [TOPO_F_PREV_GIVEN] = -2.0,   [TOPO_F_SAYS] = -1.3,
    [TOPO_F_SURNAME_SEEN] = -4.0, [TOPO_F_ORG_SEAT] = -1.0,
    [TOPO_F_POSSESSIVE] = -0.2,   [TOPO_F_LOWER_SEEN] = -0.7,
    [TOPO_F_AGAIN] = 1.1,         [TOPO_F_SUPPORT] = 1.2,
    [TOPO_F_ABBREVIATION] = 0.8,  [TOPO_F_STATE_BODY] = -2.0,
    [TOPO_F_FOREIGN] = -1.8,      [TOPO_F_UNFIT] = -1.0,
    [TOPO_F_STRIPPED] = -2.0,     [TOPO_F_UPPER_TEXT] = -1.0,
};
