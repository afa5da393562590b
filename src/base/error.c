#include <incmap/error.h>

G_DEFINE_QUARK(im_error_quark, im_error)

int im_error_exit_code(const GError *error)
{
    if (!error)
        return 0;
    if (error->domain != IM_ERROR)
        return 4;
    switch ((im_error)error->code) {
    case IM_ERROR_NONE:
        return 0;
    case IM_ERROR_IO:
    case IM_ERROR_FORMAT:
    case IM_ERROR_LIMIT:
        return 1;
    case IM_ERROR_USAGE:
        return 2;
    case IM_ERROR_DATA:
        return 3;
    case IM_ERROR_SYSTEM:
        return 4;
    }
    return 4;
}
