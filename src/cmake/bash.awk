# Completion for bash from the help of all commands.
BEGIN {
    print "# bash completion for incmap: commands, options of the command, files."
    print "_incmap() {"
    print "    local cur=${COMP_WORDS[COMP_CWORD]} words=\"\""
    print "    case ${COMP_WORDS[1]} in"
}

/^Usage:/ { getline; if (name != "" && name != $2) finish(); name = $2 }
/^  -/ {
    for (i = 1; i <= NF && $i ~ /^-/; i++) {
        option = $i
        sub(/,$/, "", option)
        sub(/=.*/, "=", option)
        if (option ~ /^--/ && !((name, option) in seen)) {
            seen[name, option] = 1
            words[name] = words[name] " " option
        }
    }
}

function finish() { printf "    %s) words=\"%s\" ;;\n", name, substr(words[name], 2) }

END {
    finish()
    print "    esac"
    print "    if [[ $COMP_CWORD -eq 1 ]]; then"
    printf "        mapfile -t COMPREPLY < <(compgen -W \"%s--help --version\" -- \"$cur\")\n", commands
    print "    elif [[ $cur == -* ]]; then"
    print "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")"
    print "        if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi"
    print "    else"
    print "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")"
    print "    fi"
    print "}"
    print "complete -o filenames -F _incmap incmap"
}
