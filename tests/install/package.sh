#!/bin/bash
# package.sh PACKAGE.deb README.md   installs the package as root, draws README's first map with it, and looks at the
# manual page and the completion; .ci/run calls it where no build of incmap is left
set -euo pipefail
package=$(realpath "$1") readme=$(realpath "$2")
work=$(mktemp -d)
trap 'dpkg -r incmap >/dev/null; rm -rf "$work"' EXIT

dpkg -i "$package"
cd "$work"
cp -r "$(dirname "$readme")/tests/data/reports" reports
first_map=$(awk '/^```/ { inside = /^```sh$/; n += inside; next } inside && n == 3' "$readme")
[ -n "$first_map" ]
bash -euxc "$first_map"
[ -n "$(find . -name "*.png" -size +20k)" ]

echo "Gunmen killed three people in Tapalpa, Jalisco, on Tuesday." >a.txt
incmap update s.gpkg a.txt --date 2026-02-25
incmap extract --store s.gpkg | grep "\"iso\":\"MX\"" >/dev/null

man_page=$(dpkg -L incmap | grep '/incmap\.1')
for command in map extract render update watch merge toponyms resolve explain locate gazetteer; do
    zcat -f "$man_page" | grep "^[.]SS incmap $command$" >/dev/null
done
completion=$(dpkg -L incmap | grep '/completions/incmap$')
# shellcheck disable=SC1090
. "$completion"
compopt() { :; }
COMP_WORDS=(incmap map --overw) COMP_CWORD=2
_incmap
[ "${COMPREPLY[*]}" = --overwrite ]
echo "$package: installed and used"
