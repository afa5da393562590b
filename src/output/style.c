/* How QGIS draws a layer of records when it opens a GeoPackage: each type by the symbol of our maps. The table
 * `layer_styles` is that of QGIS's own "save style to database", the style in its QML of version 3. */
#include "output/draw.h"
#include "output/layers.h"

#include "map/symbols.h"
#include "map/words.h"

#include <ogr_api.h>
#include <string.h>

static const char HEAD[] =
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    "<qgis version=\"3.22\" styleCategories=\"Symbology\">\n"
    "<renderer-v2 type=\"categorizedSymbol\" attr=\"type\" symbollevels=\"0\" "
    "enableorderby=\"0\" forceraster=\"0\">\n";

static void append_categories(GString *qml)
{
    g_string_append(qml, "<categories>\n");
    for (guint i = 1; i < IM_INCIDENT_N_TYPES; i++) {
        g_autofree char *category = g_markup_printf_escaped(
            "<category render=\"true\" symbol=\"%u\" value=\"%s\" label=\"%s\"/>\n", i,
            im_incident_type_name(i), im_words_type(i));
        g_string_append(qml, category);
    }
    g_string_append(qml, "</categories>\n");
}

/* As our maps draw it, all on one scale. */
static char *draw_symbol(im_incident_type type)
{
    enum { RADIUS_PX = 10, REACH_PX = 18 };
    const im_theme theme = im_theme_new(1600, 1200);
    const im_symbol symbol = {.type = type, .status = IM_STATUS_OCCURRED, .radius_px = RADIUS_PX};
    g_autoptr(GPtrArray) items = im_tree_list();
    im_symbol_draw(items, &symbol, (im_xy){0, 0}, &theme);
    return im_items_to_svg(items, REACH_PX);
}

static void append_symbol(GString *qml, guint type)
{
    enum { SIZE_MM = 7 };
    g_autofree char *svg = draw_symbol(type),
                    *inside = g_base64_encode((const guchar *)svg, strlen(svg));
    g_string_append_printf(
        qml,
        "<symbol type=\"marker\" name=\"%u\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">"
        "<layer class=\"SvgMarker\" pass=\"0\" enabled=\"1\" locked=\"0\">"
        "<prop k=\"name\" v=\"base64:%s\"/><prop k=\"size\" v=\"%d\"/>"
        "<prop k=\"size_unit\" v=\"MM\"/></layer></symbol>\n",
        type, inside, SIZE_MM);
}

static char *make_qml(void)
{
    GString *qml = g_string_new(HEAD);
    append_categories(qml);
    g_string_append(qml, "<symbols>\n");
    for (guint i = 1; i < IM_INCIDENT_N_TYPES; i++)
        append_symbol(qml, i);
    g_string_append(
        qml, "</symbols>\n</renderer-v2>\n<layerGeometryType>0</layerGeometryType>\n</qgis>\n");
    return g_string_free(qml, FALSE);
}

static gboolean create_fields(OGRLayerH layer)
{
    static const struct {
        const char *name;
        OGRFieldType type;
        OGRFieldSubType sub_type;
    } fields[] = {
        {"f_table_catalog", OFTString, OFSTNone},
        {"f_table_schema", OFTString, OFSTNone},
        {"f_table_name", OFTString, OFSTNone},
        {"f_geometry_column", OFTString, OFSTNone},
        {"styleName", OFTString, OFSTNone},
        {"styleQML", OFTString, OFSTNone},
        {"styleSLD", OFTString, OFSTNone},
        {"useAsDefault", OFTInteger, OFSTBoolean},
        {"description", OFTString, OFSTNone},
        {"owner", OFTString, OFSTNone},
        {"ui", OFTString, OFSTNone},
        {"update_time", OFTDateTime, OFSTNone},
    };
    gboolean ok = TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(fields) && ok; i++) {
        OGRFieldDefnH field = OGR_Fld_Create(fields[i].name, fields[i].type);
        OGR_Fld_SetSubType(field, fields[i].sub_type);
        ok = OGR_L_CreateField(layer, field, FALSE) == OGRERR_NONE;
        OGR_Fld_Destroy(field);
    }
    return ok;
}

static void set_text(OGRFeatureH feature, const char *field, const char *text)
{
    OGR_F_SetFieldString(feature, OGR_F_GetFieldIndex(feature, field), text);
}

gboolean im_style_add(GDALDatasetH dataset)
{
    char *options[] = {(char *)"FID=id", NULL};
    OGRLayerH layer = GDALDatasetCreateLayer(dataset, "layer_styles", NULL, wkbNone, options);
    if (!layer || !create_fields(layer))
        return FALSE;
    g_autofree char *qml = make_qml();
    OGRFeatureH style = OGR_F_Create(OGR_L_GetLayerDefn(layer));
    set_text(style, "f_table_catalog", "");
    set_text(style, "f_table_schema", "");
    set_text(style, "f_table_name", IM_LAYER_NAME);
    set_text(style, "f_geometry_column", "geom");
    set_text(style, "styleName", "incmap");
    set_text(style, "styleQML", qml);
    set_text(style, "description", "Types of incident as on the maps of incmap");
    set_text(style, "useAsDefault", "1");
    OGRErr failed = OGR_L_CreateFeature(layer, style);
    OGR_F_Destroy(style);
    return failed == OGRERR_NONE;
}
