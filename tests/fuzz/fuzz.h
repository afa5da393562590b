/** @file
 *  What libFuzzer and replay.c call of a target. */
#ifndef IM_TESTS_FUZZ_H
#define IM_TESTS_FUZZ_H

#include <glib.h>
#include <stdint.h>

/** Tries one input; must survive any. @return 0 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Called once before the first input, where a target has something to prepare. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

#endif
