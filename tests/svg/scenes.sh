#!/bin/sh
# scenes.sh INCMAP IN OUT   maps of the tables in IN, drawn into OUT as SVG and as PNG
set -eu
incmap=$1 in=$2 out=$3
mkdir -p "$out"

# scene NAME TABLE [OPTION...]
scene() {
    name=$1 table=$2
    shift 2
    "$incmap" render "$in/$table.csv" "$@" --quiet --overwrite -o "$out/$name.svg" -o "$out/$name.png"
}

scene light fifty
scene dark fifty --theme dark
scene print fifty --theme print
scene hexagons fifty --style hexagons
scene states fifty --style states
scene spaces one --title '  Two  spaces ' --size web # none of which may be lost
scene arabic arabic --title 'سوريا' --subtitle '(5) أماكن'
scene chinese chinese
scene a4 jalisco_eight --size a4
