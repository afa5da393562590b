#!/bin/sh
# manual.sh INCMAP VERSION OUT   makes OUT/incmap.1 and OUT/incmap.bash of what `--help` says of each command
set -eu
incmap=$1 version=$2 out=$3
here=$(dirname "$0")
mkdir -p "$out"

list() { # the commands in a help text on standard input
    awk '/^Commands:/ { inside = 1; next } inside && !/^  / { exit } inside { print $1 }'
}

helps() { # the help of each command, one behind the other
    for command in $("$incmap" --help | list); do
        "$incmap" "$command" --help
        for below in $("$incmap" "$command" --help | list); do
            "$incmap" "$command" "$below" --help
        done
    done
}

helps | awk -v version="$version" -f "$here/man.awk" >"$out/incmap.1"
helps | awk -v commands="$("$incmap" --help | list | tr '\n' ' ')" -f "$here/bash.awk" >"$out/incmap.bash"
