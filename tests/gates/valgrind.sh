#!/bin/sh
# valgrind.sh VALGRIND INCMAP REPORTS   a whole run of `map` without a wrong access or a lost block
# (mimalloc gives `new` and `new[]` one address, which valgrind takes for a mismatch of what frees them)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
G_SLICE=always-malloc "$1" -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite \
    --show-mismatched-frees=no --errors-for-leak-kinds=definite --suppressions="$(dirname "$0")/valgrind.supp" \
    "$2" map "$3" -o "$work/map.png" -o "$work/map.svg" -o "$work/map.geojson"
