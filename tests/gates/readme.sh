#!/bin/sh
# readme.sh ROOT BIN   runs what README.md tells its readers to type: each fenced `sh` block behind the
# two of the first screen, in the order of the text, with BIN in the PATH, in a folder that holds the
# sample reports as reports/. Blocks fenced otherwise (`console`) need a network or a service.
set -eu
root=$(cd "$1" && pwd)
bin=$(cd "$2" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PATH=$bin:$PATH
GEODATA=$root/geodata
export PATH GEODATA

awk -v work="$work" '
    /^```sh$/ { n++; file = sprintf("%s/%02d.sh", work, n); printf "" > file; next }
    /^```/ { file = ""; next }
    file != "" { print > file }' "$root/README.md"
mkdir "$work/folder"
cp -r "$root/tests/data/reports" "$work/folder/reports"
cd "$work/folder"

n=0
for block in "$work"/*.sh; do
    n=$((n + 1))
    [ $n -gt 2 ] || continue
    sh -eu "$block" >"$work/said" 2>&1 && continue
    echo "README.md, block $n ends with an error:"
    cat "$block" "$work/said"
    exit 1
done
echo "$n blocks, $((n - 2)) of them run"
[ $n -gt 4 ]
