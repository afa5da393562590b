# ranks.awk -v table=ranks.tsv FILE...  Checks who includes whom (files as src/MODULE/x.c and
# include/incmap/x.h) and that no headers include each other in a circle. One line a fault, exit 1.

function complain(what) {
    printf "%s:%d: %s\n", FILENAME, FNR, what
    faults++
}

function read_table(    line, cell, names, n, i) {
    while ((getline line < table) > 0) {
        if (line ~ /^#/ || line == "")
            continue
        split(line, cell, "\t")
        rank[cell[2]] = cell[1]
        sees[cell[2]] = cell[3]
        n = split(cell[4], names, " ")
        for (i = 1; i <= n; i++)
            owner["incmap/" names[i] ".h"] = cell[2]
        foreign[cell[2]] = cell[5]
    }
    close(table)
}

# Whether the list of third-party headers allows `name` in `file`.
function allows(list, name, file,    entry, n, i, colon, path) {
    n = split(list, entry, " ")
    for (i = 1; i <= n; i++) {
        colon = index(entry[i], ":")
        if (colon && index(file, substr(entry[i], 1, colon - 1)) != 1)
            continue
        path = substr(entry[i], colon + 1)
        if (path == name || (path ~ /\/$/ && index(name, path) == 1))
            return 1
    }
    return 0
}

function module_of(path,    part) {
    split(path, part, "/")
    return part[1] == "src" ? part[2] : owner["incmap/" part[3]]
}

function check_public(name) {
    if (!(name in owner))
        complain("<" name "> belongs to no module of ranks.tsv")
    else if (owner[name] != module && rank[owner[name]] >= rank[module])
        complain(module " (rank " rank[module] ") includes <" name "> of " owner[name] " (rank " rank[owner[name]] ")")
    edge("include/" name)
}

function check_private(name,    part) {
    if (name ~ /^[^\/]*\.inc$/)
        return
    if (split(name, part, "/") != 2 || !(part[1] in rank))
        complain("\"" name "\" is not of the form \"module/header.h\"")
    else if (FILENAME ~ /^include\//)
        complain("a public header includes the private \"" name "\"")
    else if (part[1] != module && sees[module] == "public")
        complain(module " includes \"" name "\"; it sees public headers only")
    else if (part[1] != module && part[2] == "priv.h")
        complain("\"" name "\" is private to " part[1])
    else if (part[1] != module && rank[part[1]] >= rank[module])
        complain(module " (rank " rank[module] ") includes \"" name "\" of rank " rank[part[1]])
    edge("src/" name)
}

function check_foreign(name, file) {
    if (allows(foreign["any"], name, file))
        return
    if (FILENAME ~ /^include\//)
        complain("a public header includes <" name ">")
    else if (!allows(foreign[module], name, file))
        complain(module " includes <" name ">, which ranks.tsv does not allow there")
}

function edge(to) {
    if (FILENAME ~ /\.h$/)
        edges[FILENAME] = edges[FILENAME] " " to
}

# Depth first; 1 on the way, 2 done.
function visit(node, trail,    next_of, n, i) {
    if (state[node] == 2)
        return
    if (state[node] == 1) {
        printf "headers include each other:%s %s\n", trail, node
        faults++
        return
    }
    state[node] = 1
    n = split(edges[node], next_of, " ")
    for (i = 1; i <= n; i++)
        visit(next_of[i], trail " " node)
    state[node] = 2
}

BEGIN {
    read_table()
}

FNR == 1 {
    module = module_of(FILENAME)
    file = FILENAME
    sub(/.*\//, "", file)
    files++
    if (!(module in rank)) {
        complain("the module \"" module "\" has no row in ranks.tsv")
        rank[module] = 1000
    }
}

/^[ \t]*#[ \t]*include/ {
    includes++
    name = $0
    sub(/^[^<"]*[<"]/, "", name)
    sub(/[>"].*/, "", name)
    if ($0 ~ /include[ \t]*"/)
        check_private(name)
    else if (name ~ /^incmap\//)
        check_public(name)
    else
        check_foreign(name, file)
}

END {
    for (node in edges)
        visit(node, "")
    printf "%d files, %d includes, %d faults\n", files, includes, faults
    exit(faults > 0)
}
