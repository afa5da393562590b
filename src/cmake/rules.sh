#!/bin/sh
# rules.sh OUT FILE...   makes OUT, which defines IM_RULES_DIGEST: by what rules reports are read. It is another one when
# any of the files is, so that a store knows which of its reports to read again
set -eu
out=$1
shift
digest=$(cat "$@" | sha256sum | cut -c1-32)
printf '#define IM_RULES_DIGEST "%s"\n' "$digest" >"$out"
