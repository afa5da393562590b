#!/bin/sh
# symbols.sh NM LIBRARY HEADERS SOURCES DRAW GIS   the library exports exactly the functions that the public
# headers declare, and the modules exactly the tables that those of SOURCES do: DRAW those of drawing, GIS all
set -eu
nm=$1 library=$2 headers=$3 sources=$4 draw=$5 gis=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exported() {
    # the linker may add marks of its own
    "$nm" -D --defined-only "$1" | awk '$3 !~ /^(_edata|_end|__bss_start)$/ { print $3 }' |
        LC_ALL=C sort -u >"$work/exported"
    wc -l <"$work/exported" | sed "s/\$/ symbols exported by ${1##*/}/"
}

compare() {
    [ -s "$work/declared" ] && diff "$work/declared" "$work/exported" && return
    echo '< declared but not exported, > exported but not declared'
    exit 1
}

exported "$library"
# a declaration may go over several lines: the name stands before the first bracket
grep -h '^IM_API ' "$headers"/*.h | sed 's/(.*//; s/.*[ *]//' | LC_ALL=C sort -u >"$work/declared"
compare
for module in "$draw" "$gis"; do
    exported "$module"
    tables='im_draw_|im_gis_'
    [ "$module" = "$gis" ] || tables=im_draw_
    grep -h '^extern const .* IM_MODULE_TABLE;' "$sources"/*/*.h |
        sed 's/ IM_MODULE_TABLE;//; s/.* //' | grep -E "^($tables)" | LC_ALL=C sort -u >"$work/declared"
    compare
done
