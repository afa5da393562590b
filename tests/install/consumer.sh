#!/bin/sh
# consumer.sh CMAKE BUILD LIBDIR CC   installs BUILD to a staging folder, moves the tree somewhere else
# (a package must not care), and builds and runs consumer/ against it in both ways.
set -eu
cmake=$1 build=$2 libdir=$3 cc=$4
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/stage"

quietly() {
    "$@" >"$work/log" 2>&1 && return
    cat "$work/log"
    exit 1
}

export DESTDIR="$work/stage"
quietly "$cmake" --install "$build" --prefix /opt/incmap
prefix=$work/moved
mv "$work/stage/opt/incmap" "$prefix"
INCMAP_GAZETTEER=$prefix/share/incmap/gazetteer.imgz
INCMAP_GEODATA=$prefix/share/incmap
export INCMAP_GAZETTEER INCMAP_GEODATA

echo '# the program'
"$prefix/bin/incmap" --version
"$prefix/bin/incmap" gazetteer check
echo "On 22 February 2026 three soldiers were killed in Tapalpa, Jalisco." >"$work/report.txt"
"$prefix/bin/incmap" map "$work/report.txt" --alt-text

echo '# find_package(incmap)'
quietly "$cmake" -S "$here/consumer" -B "$work/by-cmake" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_C_COMPILER="$cc"
quietly "$cmake" --build "$work/by-cmake"
"$work/by-cmake/consumer"

echo '# pkg-config incmap'
PKG_CONFIG_PATH=$prefix/$libdir/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046
"$cc" "$here/consumer/consumer.c" $(pkg-config --cflags --libs incmap) -o "$work/by-pkg-config"
LD_LIBRARY_PATH=$prefix/$libdir "$work/by-pkg-config"

for file in gazetteer.imgz boundaries.atlas sources.csv; do
    [ -s "$prefix/share/incmap/$file" ] || {
        echo "share/incmap/$file is not installed"
        exit 1
    }
done

echo '# without the module'
rm -r "$prefix/$libdir"/incmap-*
"$prefix/bin/incmap" locate Tapalpa >"$work/said"
if "$prefix/bin/incmap" map "$work/report.txt" --alt-text >"$work/said" 2>&1; then
    echo 'a map is drawn without the module'
    exit 1
fi
grep 'draw\.so' "$work/said"
