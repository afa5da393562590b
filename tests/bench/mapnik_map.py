#!/usr/bin/python3
"""mapnik_map.py [STATES INCIDENTS.geojson OUT.png]   a bare map by Mapnik, for bench_peers.c

States and a dot an incident on 1600 x 1200: no labels, no legend, nothing counted or moved apart. Without
arguments it only starts, which is what Python and the library take of the time."""
import sys

import mapnik

DEGREES = "+proj=longlat +datum=WGS84 +no_defs"
MEXICO = "+proj=lcc +lat_1=17.5 +lat_2=29.5 +lat_0=12 +lon_0=-102 +x_0=2500000 +y_0=0 +ellps=GRS80 +units=m +no_defs"


def symbol(kind, **properties):
    made = kind()
    for name, value in properties.items():
        setattr(made, name, value)
    return made


def add_layer(target, name, source, *symbols):
    style, rule = mapnik.Style(), mapnik.Rule()
    for one in symbols:
        rule.symbols.append(one)
    style.rules.append(rule)
    target.append_style(name, style)
    layer = mapnik.Layer(name, DEGREES)
    layer.datasource = source
    layer.styles.append(name)
    target.layers.append(layer)


def draw(states, incidents, out):
    drawn = mapnik.Map(1600, 1200, MEXICO)
    drawn.background = mapnik.Color("#d9e7ef")
    add_layer(drawn, "states", mapnik.Ogr(file=states, layer_by_index=0),
              symbol(mapnik.PolygonSymbolizer, fill=mapnik.Color("#fcf9f2")),
              symbol(mapnik.LineSymbolizer, stroke=mapnik.Color("#b9b1a4"), stroke_width=1.0))
    add_layer(drawn, "incidents", mapnik.GeoJSON(file=incidents),
              symbol(mapnik.MarkersSymbolizer, fill=mapnik.Color("#d55e00"), allow_overlap=True,
                     width=mapnik.Expression("8"), height=mapnik.Expression("8")))
    to_map = mapnik.ProjTransform(mapnik.Projection(DEGREES), mapnik.Projection(MEXICO))
    drawn.zoom_to_box(to_map.forward(mapnik.Box2d(-118, 14, -86, 33)))
    mapnik.render_to_file(drawn, out, "png")


if len(sys.argv) == 4:
    draw(*sys.argv[1:])
