#!/bin/sh
# shell.sh SHELLCHECK ROOT   shell scripts without the usual traps
set -eu
cd "$2"
find .ci tests -type f | LC_ALL=C sort | while read -r file; do
    case $(head -c 20 "$file" | tr -d '\0') in
    '#!/bin/sh'* | '#!/usr/bin/env bash'*) printf '%s\n' "$file" ;;
    esac
done | xargs "$1"
