/* Columns of tables and the fields of records that they hold. */
#include "store/tables.h"

void im_field_set_day(OGRFeatureH feature, int field, im_day day)
{
    int year, month, mday;
    if (day == IM_DAY_NONE)
        return;
    im_day_to_ymd(day, &year, &month, &mday);
    OGR_F_SetFieldDateTime(feature, field, year, month, mday, 0, 0, 0, 0);
}

static im_day get_day(OGRFeatureH feature, int field)
{
    int year, month, mday, hour, minute, second, zone;
    if (!OGR_F_IsFieldSetAndNotNull(feature, field) ||
        !OGR_F_GetFieldAsDateTime(feature, field, &year, &month, &mday, &hour, &minute, &second,
                                  &zone))
        return IM_DAY_NONE;
    return im_day_from_ymd(year, month, mday);
}

static void set_bytes(OGRFeatureH feature, int field, GBytes *bytes)
{
    gsize len = 0;
    const void *data = bytes ? g_bytes_get_data(bytes, &len) : NULL;
    if (len > 0)
        OGR_F_SetFieldBinary(feature, field, (int)len, data);
}

void im_field_set(OGRFeatureH feature, int field, const im_field *c, gconstpointer record)
{
    const char *text;
    int number;
    switch (c->type) {
    case OFTString:
        if ((text = G_STRUCT_MEMBER(const char *, record, c->offset)))
            OGR_F_SetFieldString(feature, field, text);
        break;
    case OFTDate:
        im_field_set_day(feature, field, G_STRUCT_MEMBER(im_day, record, c->offset));
        break;
    case OFTInteger:
        if ((number = G_STRUCT_MEMBER(int, record, c->offset)) >= 0)
            OGR_F_SetFieldInteger(feature, field, number);
        break;
    case OFTInteger64:
        OGR_F_SetFieldInteger64(feature, field, G_STRUCT_MEMBER(gint64, record, c->offset));
        break;
    default:
        set_bytes(feature, field, G_STRUCT_MEMBER(GBytes *, record, c->offset));
    }
}

void im_field_get(OGRFeatureH feature, int field, const im_field *c, gpointer record)
{
    int len;
    if (c->type == OFTDate)
        G_STRUCT_MEMBER(im_day, record, c->offset) = get_day(feature, field);
    if (c->type == OFTDate || !OGR_F_IsFieldSetAndNotNull(feature, field))
        return;
    if (c->type == OFTString) {
        G_STRUCT_MEMBER(char *, record, c->offset) =
            g_utf8_make_valid(OGR_F_GetFieldAsString(feature, field), -1);
    } else if (c->type == OFTInteger64) {
        G_STRUCT_MEMBER(gint64, record, c->offset) = OGR_F_GetFieldAsInteger64(feature, field);
    } else if (c->type == OFTBinary) {
        const guchar *data = OGR_F_GetFieldAsBinary(feature, field, &len);
        G_STRUCT_MEMBER(GBytes *, record, c->offset) = g_bytes_new(data, (gsize)len);
    }
}

gboolean im_field_add(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    const OGRErr failed = OGR_L_CreateField(layer, field, FALSE);
    OGR_Fld_Destroy(field);
    return failed == OGRERR_NONE;
}

gboolean im_fields_add(OGRLayerH layer, const im_field *columns, guint n)
{
    for (guint i = 0; i < n; i++)
        if (!im_field_add(layer, columns[i].name, columns[i].type))
            return FALSE;
    return TRUE;
}

gboolean im_fields_are(OGRLayerH layer, const im_field *columns, guint n)
{
    if (!layer)
        return FALSE;
    OGRFeatureDefnH defn = OGR_L_GetLayerDefn(layer);
    for (guint i = 0; i < n; i++)
        if (OGR_FD_GetFieldIndex(defn, columns[i].name) != (int)i ||
            OGR_Fld_GetType(OGR_FD_GetFieldDefn(defn, (int)i)) != columns[i].type)
            return FALSE;
    return TRUE;
}
