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

env LC_ALL=C TZ=UTC "$incmap" map "$folder" --jobs 1 \
    -o "$work/one/map.png" -o "$work/one/map.svg" -o "$work/one/map.geojson" -o "$work/one/map.csv"
sleep 1 # a time stamp of seconds would differ
# shellcheck disable=SC2046
env LC_ALL=de_DE.UTF-8 LOCPATH="$locpath" TZ=Pacific/Kiritimati "$incmap" map \
    $(find "$folder" -type f | LC_ALL=C sort -r) --jobs 4 \
    -o "$work/two/map.png" -o "$work/two/map.svg" -o "$work/two/map.geojson" -o "$work/two/map.csv"
for file in map.png map.svg map.geojson map.csv; do
    [ -s "$work/one/$file" ]
    cmp "$work/one/$file" "$work/two/$file"
done
