#!/bin/sh
# librsvg.sh RSVG_CONVERT DIFFERENCE MADE
# The SVG of each scene, drawn by librsvg, is its PNG but for antialiasing; and it no longer is when a
# mark or a line of text is missing or three pixels off. FONTCONFIG_FILE says where our fonts are.
set -eu
rsvg_convert=$1 difference=$2 made=$3 failed=0

for svg in "$made"/*.svg; do
    scene=${svg%.svg}
    case $scene in *.spoilt) continue ;; esac
    "$rsvg_convert" "$svg" -o "$scene.librsvg.png"
    "$difference" "$scene.png" "$scene.librsvg.png" "$scene.librsvg.differs.png" || failed=1
done

# spoil SCENE WHERE ATTRIBUTE   an attribute more in the first element that begins so
spoil() {
    spoilt=$made/$1.spoilt
    sed "0,/$2/s//& $3/" "$made/$1.svg" > "$spoilt.svg"
    if cmp -s "$made/$1.svg" "$spoilt.svg"; then
        echo "$1: has no $2"
        failed=1
    fi
    "$rsvg_convert" "$spoilt.svg" -o "$spoilt.png"
    status=0
    "$difference" "$made/$1.png" "$spoilt.png" > /dev/null || status=$?
    if [ $status -ne 1 ]; then
        echo "$1: not found out: $2 with $3"
        failed=1
    fi
}

hidden='display="none"' right='transform="translate(3 0)"' down='transform="translate(0 3)"'
along='dx="3"'
position='x="[^"]*" y="[^"]*"'
spoil light '<g id="[^"]*" class="mark [^"]*"' "$hidden"
spoil print '<g id="[^"]*" class="mark [^"]*"' "$right"
spoil dark '<g id="[^"]*" class="mark [^"]*"' "$down"
spoil light "<text class=\"label place\" $position" "$hidden"
spoil arabic "<text class=\"label place\" $position" "$right"
spoil chinese "<text class=\"label place\" $position" "$down"
spoil dark "<text class=\"label state\" $position" "$hidden"
spoil light "<text class=\"label state\" $position transform=\"[^\"]*\"" "$along" # one along its state
spoil print "<text class=\"number\" $position" "$down"
spoil a4 '<path class="coast[^"]*"' "$hidden"
exit $failed
