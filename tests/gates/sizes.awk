# sizes.awk [-v max_function=80] [-v max_file=700] FILE...  Measures functions and files; relies on the
# braces that clang-format sets: a body begins with { and ends with } in the first column. Prints a
# report, and one line for each function or file that is too long; exit 1 when there is one.

function complain(where, what) {
    printf "%s: %s\n", where, what
    faults++
}

function end_of_file() {
    if (path != "" && lines > max_file)
        complain(path, lines " lines, more than " max_file)
}

function end_of_function(    length_of, name) {
    length_of = FNR - head_line + 1
    name = head
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    sizes[++n] = length_of
    statics += head ~ /(^| )static /
    if (length_of > max_function)
        complain(FILENAME ":" head_line, name "() has " length_of " lines, more than " max_function)
}

function sort_sizes(    i, j, x) {
    for (i = 2; i <= n; i++) {
        x = sizes[i]
        for (j = i - 1; j >= 1 && sizes[j] > x; j--)
            sizes[j + 1] = sizes[j]
        sizes[j + 1] = x
    }
}

BEGIN {
    if (!max_function)
        max_function = 80
    if (!max_file)
        max_file = 700
}

FNR == 1 {
    end_of_file()
    path = FILENAME
    head = ""
    inside = 0
    files++
}

{
    lines = FNR
    total++
}

inside && /^}/ {
    end_of_function()
    inside = 0
    head = ""
    next
}

inside {
    next
}

# The head of a function or of something else, gathered until that something else is known to be one.
/^{/ && head ~ /\)$/ {
    inside = 1
    next
}

/^[A-Za-z_]/ && head == "" {
    head_line = FNR
}

/^[A-Za-z_]/ || head != "" {
    head = head $0
}

/^$|^[#}\/]|[;{]$/ {
    head = ""
}

END {
    end_of_file()
    sort_sizes()
    if (n)
        printf "%d files, %d lines, %d functions: median %d, 95th percentile %d, longest %d lines, %d %% static\n",
            files, total, n, sizes[int((n + 1) / 2)], sizes[int(n * 0.95 + 0.5)], sizes[n], statics * 100 / n
    printf "%d faults\n", faults
    exit(faults > 0)
}
