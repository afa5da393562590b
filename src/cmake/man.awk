# The manual page from the help of all commands.
function plain(text) {
    gsub(/\\/, "\\e", text)
    gsub(/-/, "\\-", text)
    sub(/^[.']/, "\\\\\\&&", text)
    return text
}

BEGIN {
    printf ".TH INCMAP 1 \"\" \"incmap %s\" \"User Commands\"\n", version
    print ".SH NAME\nincmap \\- read news reports and draw where things happened"
    print ".SH SYNOPSIS\n.B incmap\n.I command\n.RI [ option \" ...] \" argument \" ...\"\n.SH COMMANDS"
}

/^Usage:/ { getline; usage = $0; sub(/^ +/, "", usage); split(usage, word, " [[]OPTION")
    sub(/…/, " ...", usage)
    printf ".SS %s\n.nf\n.B %s\n.fi\n.PP\n", plain(word[1]), plain(usage)
    next }
/^Commands:/ { print ".PP"; next }
/^[A-Z][^.]*:$/ { printf ".PP\n.I %s\n", plain($0); next }
/^  [^ ]/ {
    at = match(substr($0, 3), /  +/)
    printf ".TP\n.B %s\n%s\n", plain(at ? substr($0, 3, at - 1) : substr($0, 3)), at ? plain(substr($0, 2 + at + RLENGTH)) : ""
    next
}
/^$/ { next }
{ print plain($0) }

END {
    print ".SH EXIT STATUS\n0 all well, 1 some inputs failed, 2 wrong usage, 3 data that cannot be used, 4 system."
    print ".SH ENVIRONMENT\n.TP\n.B INCMAP_GAZETTEER\nThe compiled gazetteer, instead of the one installed."
    print ".TP\n.B INCMAP_FONTS\nThe folder of the fonts, instead of the one installed."
}
