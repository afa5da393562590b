#!/bin/sh
# format.sh CLANG_FORMAT ROOT   every C file is as .clang-format wants it
set -eu
cd "$2"
find include src tests -name '*.[ch]' | LC_ALL=C sort | xargs "$1" --dry-run -Werror
