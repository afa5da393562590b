#!/bin/sh
# valgrind.sh VALGRIND INCMAP REPORTS   a whole run of `map` without a wrong access or a lost block
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
G_SLICE=always-malloc "$1" -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
    --errors-for-leak-kinds=definite --suppressions="$(dirname "$0")/valgrind.supp" \
    "$2" map "$3" -o "$work/map.png" -o "$work/map.svg" -o "$work/map.geojson"
