#!/bin/sh
# loads.sh INCMAP REPORTS   which commands bring in the libraries of the modules, and which do not: a
# command that needs none of them must not wait for them, nor one that draws for GDAL or libcurl
set -eu
incmap=$1 reports=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
libraries='/lib(gdal|curl|proj|cairo|pango-1\.0|fontconfig)\.so'
cat >"$work/lines.jsonl" <<'END'
{"id": "a", "text": "Clashes in Tapalpa.", "toponyms": [{"start": 11, "end": 18}]}
END
gzip -c "$work/lines.jsonl" >"$work/lines.jsonl.gz"
failed=0

# expect none|draw|all COMMAND...: runs it, and counts those of the libraries that the loader set up
expect() {
    expected=$1
    shift
    rm -f "$work"/loaded.*
    LD_DEBUG=files LD_DEBUG_OUTPUT="$work/loaded" "$incmap" "$@" >"$work/out" </dev/null
    n=$(cat "$work"/loaded.* | sed -n 's/.*calling init: //p' | grep -cE "$libraries" || true)
    case $expected/$n in none/0 | draw/4 | all/6) return ;; esac
    echo "incmap $*: $n libraries of 6 loaded, expected $expected"
    failed=$((failed + 1))
}

expect none --version
expect none --help
expect none map --help
expect none locate Tapalpa
expect none gazetteer info
expect none toponyms "$reports"
expect none resolve "$work/lines.jsonl"
expect none explain "$reports"
expect none extract "$reports" -o "$work/out.csv"
expect none extract "$reports" -o "$work/out.geojson"
expect none merge "$work/out.geojson"
expect all merge "$work/out.csv"
expect all toponyms "/vsigzip/$work/lines.jsonl.gz"
expect draw map "$reports" -o "$work/out.svg" -o "$work/out.png" -o "$work/out.html"
expect draw render "$work/out.geojson" --alt-text
expect all map "$reports" -o "$work/out.gpkg"
expect all render "$work/out.csv" --alt-text
[ $failed -eq 0 ]
