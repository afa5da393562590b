/* difference A.png B.png [SHOWN.png]
 * Whether two pictures of the same map are the same but for antialiasing. Both are blurred over 3 × 3
 * pixels; a pixel differs when a channel of it, in either picture, is off by more than a twelfth from all
 * that the other has there and beside it. So an edge that is softer, or that stands up to a pixel
 * further on as a line of text does that one renderer sets on a row of pixels, is the same.
 *
 * Says how many pixels differ and how large the largest region of them is that hangs together, with one
 * of its pixels. Ends with 0 when they are few, 1 when not, 2 when there is nothing to compare. When
 * not, SHOWN is the first picture, pale, with what differs in red. */
#include <cairo.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of 2 million pixels librsvg 2.54 and Chromium 156 draw at most 13 otherwise, 5 of them together. The
 * least of the marks and labels of the scenes, HID in quiet letters, makes 78 and 14 when it is three
 * pixels off; a coast that is missing, a line of one pixel on the sea, makes 64 and 10. */
enum { MOST_DIFFERING = 30, LARGEST_REGION = 7 };

enum { CHANNEL_TOLERANCE = 20, CHANNELS = 3, RED = 0xcc0000 };

typedef struct picture {
    cairo_surface_t *surface;
    int width, height;
    const guchar *data;
    int stride;
    guchar *blurred[CHANNELS]; /* blue, green, red */
} picture;

static gboolean open_picture(picture *p, const char *path)
{
    p->surface = cairo_image_surface_create_from_png(path);
    p->width = cairo_image_surface_get_width(p->surface);
    p->height = cairo_image_surface_get_height(p->surface);
    p->data = cairo_image_surface_get_data(p->surface);
    p->stride = cairo_image_surface_get_stride(p->surface);
    if (p->data)
        return TRUE;
    fprintf(stderr, "%s: %s\n", path, cairo_status_to_string(cairo_surface_status(p->surface)));
    return FALSE;
}

static guint32 *row_of(const picture *p, int y)
{
    return (guint32 *)(void *)(p->data + (gsize)y * (gsize)p->stride);
}

/* A channel over the pixel and its neighbours. */
static guchar blurred_at(const picture *p, int x, int y, int shift)
{
    guint sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
        const guint32 *row = row_of(p, CLAMP(y + dy, 0, p->height - 1));
        for (int dx = -1; dx <= 1; dx++)
            sum += row[CLAMP(x + dx, 0, p->width - 1)] >> shift & 0xff;
    }
    return (guchar)(sum / 9);
}

static void blur(picture *p)
{
    gsize size = (gsize)p->width * (gsize)p->height;
    for (int channel = 0; channel < CHANNELS; channel++) {
        guchar *to = p->blurred[channel] = g_malloc(size);
        for (int y = 0; y < p->height; y++)
            for (int x = 0; x < p->width; x++)
                *to++ = blurred_at(p, x, y, 8 * channel);
    }
}

static void close_picture(picture *p)
{
    for (int channel = 0; channel < CHANNELS; channel++)
        g_free(p->blurred[channel]);
    cairo_surface_destroy(p->surface);
}

/* Whether a value is none of those that the picture has there and beside it, nor between them. */
static gboolean is_foreign(int value, const picture *p, int channel, int x, int y)
{
    int least = 255, most = 0;
    for (int v = MAX(y - 1, 0); v <= MIN(y + 1, p->height - 1); v++)
        for (int u = MAX(x - 1, 0); u <= MIN(x + 1, p->width - 1); u++) {
            int other = p->blurred[channel][v * p->width + u];
            least = MIN(least, other);
            most = MAX(most, other);
        }
    return value < least - CHANNEL_TOLERANCE || value > most + CHANNEL_TOLERANCE;
}

static gboolean differs(const picture *a, const picture *b, int x, int y)
{
    for (int channel = 0; channel < CHANNELS; channel++) {
        int of_a = a->blurred[channel][y * a->width + x];
        int of_b = b->blurred[channel][y * b->width + x];
        if (abs(of_a - of_b) > CHANNEL_TOLERANCE &&
            (is_foreign(of_a, b, channel, x, y) || is_foreign(of_b, a, channel, x, y)))
            return TRUE;
    }
    return FALSE;
}

/* Nonzero where they differ. */
static GByteArray *differing(const picture *a, const picture *b)
{
    gsize size = (gsize)a->width * (gsize)a->height;
    GByteArray *mask = g_byte_array_sized_new((guint)size);
    g_byte_array_set_size(mask, (guint)size);
    for (int y = 0; y < a->height; y++)
        for (int x = 0; x < a->width; x++)
            mask->data[y * a->width + x] = differs(a, b, x, y) ? 1 : 0;
    return mask;
}

/* Pixels that hang together with one, by sides and corners; they are wiped out of the mask. */
static guint take_region(GByteArray *mask, const picture *p, int first)
{
    g_autoptr(GArray) todo = g_array_new(FALSE, FALSE, sizeof(int));
    guint n = 0;
    mask->data[first] = 0;
    g_array_append_val(todo, first);
    for (; todo->len > 0; n++) {
        int at = g_array_index(todo, int, todo->len - 1);
        g_array_set_size(todo, todo->len - 1);
        int x = at % p->width, y = at / p->width;
        for (int v = MAX(y - 1, 0); v <= MIN(y + 1, p->height - 1); v++)
            for (int u = MAX(x - 1, 0); u <= MIN(x + 1, p->width - 1); u++) {
                int next = v * p->width + u;
                if (mask->data[next])
                    g_array_append_val(todo, next);
                mask->data[next] = 0;
            }
    }
    return n;
}

static void show(const picture *p, const GByteArray *mask, const char *path)
{
    cairo_surface_t *shown = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width, p->height);
    guchar *data = cairo_image_surface_get_data(shown);
    int stride = cairo_image_surface_get_stride(shown);
    for (int y = 0; y < p->height; y++) {
        guint32 *row = (guint32 *)(void *)(data + (gsize)y * (gsize)stride);
        for (int x = 0; x < p->width; x++) {
            guint32 pale = 0xc0c0c0 + (row_of(p, y)[x] >> 2 & 0x3f3f3f);
            row[x] = mask->data[y * p->width + x] ? (guint32)RED : pale;
        }
    }
    cairo_surface_mark_dirty(shown);
    cairo_surface_write_to_png(shown, path);
    cairo_surface_destroy(shown);
}

static gboolean are_few(GByteArray *mask, const picture *p, const char *name)
{
    guint all = 0, largest = 0;
    int where = 0;
    for (int i = 0; i < (int)mask->len; i++) {
        guint n = mask->data[i] ? take_region(mask, p, i) : 0;
        all += n;
        if (n > largest) {
            largest = n;
            where = i;
        }
    }
    printf("%s: %u of %u pixels differ, %u of them together at %d,%d\n", name, all, mask->len,
           largest, where % p->width, where / p->width);
    return all <= MOST_DIFFERING && largest <= LARGEST_REGION;
}

int main(int argc, char **argv)
{
    picture a = {0}, b = {0};
    if (argc < 3) {
        fputs("usage: difference A.png B.png [SHOWN.png]\n", stderr);
        return 2;
    }
    if (!open_picture(&a, argv[1]) || !open_picture(&b, argv[2]))
        return 2;
    if (a.width != b.width || a.height != b.height) {
        fprintf(stderr, "%s: %d × %d, not %d × %d\n", argv[2], b.width, b.height, a.width,
                a.height);
        return 2;
    }
    blur(&a);
    blur(&b);
    g_autoptr(GByteArray) mask = differing(&a, &b);
    g_autoptr(GByteArray) regions = g_byte_array_new();
    g_byte_array_append(regions, mask->data, mask->len);
    gboolean few = are_few(regions, &a, argv[2]);
    if (!few && argc > 3)
        show(&a, mask, argv[3]);
    close_picture(&a);
    close_picture(&b);
    return few ? 0 : 1;
}
