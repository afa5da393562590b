#!/bin/sh
# same_bytes.sh INCMAP REPORTS LOCPATH   the same reports give the same bytes, whatever their order on
# the command line, the number of threads, the locale, the time zone or the moment
set -eu
incmap=$1 reports=$2 locpath=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/one" "$work/two"
cd "$(dirname "$reports")"
folder=$(basename "$reports")

# outputs FOLDER   a file of every format in it, as words of a command
outputs() {
    for suffix in png svg pdf html geojson geojsonl csv gpkg fgb kml; do
        printf -- '-o %s ' "$1/map.$suffix"
    done
}

# shellcheck disable=SC2046
env LC_ALL=C TZ=UTC "$incmap" map "$folder" --jobs 1 $(outputs "$work/one")
sleep 1 # a time stamp of seconds would differ
# shellcheck disable=SC2046
env LC_ALL=de_DE.UTF-8 LOCPATH="$locpath" TZ=Pacific/Kiritimati "$incmap" map \
    $(find "$folder" -type f | LC_ALL=C sort -r) --jobs 4 $(outputs "$work/two")
for file in "$work/one"/*; do
    [ -s "$file" ]
    cmp "$file" "$work/two/$(basename "$file")"
done
[ "$(find "$work/one" -type f | wc -l)" -eq 10 ]
