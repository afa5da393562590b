/** @file
 *  Reports that could be read, but are not to be. */
#ifndef IM_REPORT_REFUSE_H
#define IM_REPORT_REFUSE_H

#include <incmap/error.h>
#include <incmap/report.h>

/** Makes a report one that could not be read, as `im_report.error` has it, without its text and its spans.
 *  @param what  in words, behind the file and the line of the report */
void im_report_refuse(im_report *report, im_error code, const char *what);

#endif
