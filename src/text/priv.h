/** @file
 *  The passes that make an im_text, in their order; each fills its part of the struct. */
#ifndef IM_TEXT_PRIV_H
#define IM_TEXT_PRIV_H

#include "text/text.h"

void im_text_tokenise(im_text *text);        /* tokens, folds, upper_case */
void im_text_find_layout(im_text *text);     /* hard_wrapped */
void im_text_find_language(im_text *text);   /* language, unless given */
void im_text_split_sentences(im_text *text); /* sentences, token.sentence, IM_TOKEN_FIRST */
void im_text_tag(im_text *text);             /* tags, token.first_tag */

#endif
