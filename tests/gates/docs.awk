# docs.awk FILE...  Each header begins with a /** @file comment, and each declaration of the public
# interface (IM_API) stands in a block that begins with a /** comment. One line a fault, exit 1.

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    faults++
}

function name_of(line) {
    sub(/\(.*/, "", line)
    sub(/.*[ *]/, "", line)
    return line
}

FNR == 1 {
    block_starts = 1
    if ($0 !~ /^\/\*\* @file/)
        complain("does not begin with a /** @file comment")
}

/^$/ {
    block_starts = 1
    next
}

block_starts {
    documented = /^\/\*\*/
    block_starts = 0
}

/^IM_API / {
    declarations++
    if (!documented)
        complain(name_of($0) "() has no comment")
}

END {
    printf "%d public declarations, %d faults\n", declarations, faults
    exit(faults > 0)
}
