/* A page of HTML. */
#include "report/html.h"

const im_report_format im_format_html = {.name = "html",
                                         .id = IM_INPUT_HTML,
                                         .suffixes = {".html", ".htm", ".xhtml"},
                                         .parse = im_html_read};
