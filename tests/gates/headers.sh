#!/bin/sh
# headers.sh c|c++ INCLUDE GENERATED COMPILER...   each public header compiles alone, with GLib only
set -eu
language=$1 include=$2 generated=$3
shift 3
flags=$(pkg-config --cflags glib-2.0 | sed 's/-I/-isystem /g')
n=0
for header in "$include"/incmap/*.h "$generated"/incmap/*.h; do
    name=$(basename "$header")
    # shellcheck disable=SC2086
    printf '#include <incmap/%s>\n#include <incmap/%s>\nextern int nothing;\n' "$name" "$name" |
        "$@" -x "$language" -fsyntax-only -Wall -Wextra -Wpedantic -Werror -I"$include" \
            -I"$generated" $flags -
    n=$((n + 1))
done
echo "$n headers compile alone as $language"
[ $n -gt 10 ]
