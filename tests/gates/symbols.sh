#!/bin/sh
# symbols.sh NM LIBRARY HEADERS   the library exports exactly the functions that the headers declare
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# the linker may add marks of its own
"$1" -D --defined-only "$2" | awk '$3 !~ /^(_edata|_end|__bss_start)$/ { print $3 }' |
    LC_ALL=C sort -u >"$work/exported"
# a declaration may go over several lines: the name stands before the first bracket
grep -h '^IM_API ' "$3"/*.h | sed 's/(.*//; s/.*[ *]//' | LC_ALL=C sort -u >"$work/declared"
wc -l <"$work/exported" | sed 's/$/ functions exported/'
diff "$work/declared" "$work/exported" && exit 0
echo '< declared in a public header but not exported, > exported but not declared'
exit 1
