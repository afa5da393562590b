#!/bin/sh
# gate.sh GATE ROOT   runs gates/GATE.awk over the sources of a tree
# gate.sh GATE        runs it over the small trees of GATE.cases, each of which it must judge as told:
#                     a gate that cannot fail is none
set -eu
gate=$1
here=$(cd "$(dirname "$0")" && pwd)

judge() {
    case $gate in
    docs) pattern='*.h' ;;
    *) pattern='*.[ch]' ;;
    esac
    cd "$1"
    # the paths of a source tree hold no spaces
    # shellcheck disable=SC2046
    awk -v table="$here/ranks.tsv" -f "$here/$gate.awk" \
        $(find include src -name "$pattern" 2>/dev/null | LC_ALL=C sort)
}

if [ $# -gt 1 ]; then
    judge "$2"
    exit
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# `== fine|fault what: expected` begins a tree, `-- path` a file of it, `@N text` stands for N lines
awk -v work="$work" '
    /^== / {
        tree = work "/" sprintf("%02d", ++n)
        system("mkdir -p " tree "/src " tree "/include")
        print substr($0, 4) > (tree "/case")
        next
    }
    /^-- / {
        file = tree "/" $2
        folder = file
        sub(/\/[^\/]*$/, "", folder)
        system("mkdir -p " folder)
        printf "" > file
        next
    }
    /^@[0-9]+ / {
        times = substr($1, 2)
        sub(/^@[0-9]+ /, "")
        while (times-- > 0)
            print > file
        next
    }
    { print > file }' "$here/$gate.cases"

failed=0
for tree in "$work"/*; do
    expected=$(sed 's/^[^:]*: //' "$tree/case")
    said=$( (judge "$tree") 2>&1) && fine=yes || fine=no
    case "$(cat "$tree/case") / $fine / $said" in
    "fine "*" / yes / "*"$expected"*) continue ;;
    "fault "*" / no / "*"$expected"*) continue ;;
    esac
    printf 'case: %s\nsaid: %s\n\n' "$(cat "$tree/case")" "$said"
    failed=$((failed + 1))
done
printf '%d cases, %d judged wrongly\n' "$(find "$work" -name case | wc -l)" "$failed"
[ $failed -eq 0 ]
