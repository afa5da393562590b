# words.awk -v out=FILE TABLE...   the phrases of lexicon tables as a dictionary for libFuzzer, which takes
# no other characters than printable ASCII
BEGIN {
    FS = "\t"
}

!/^#/ && NF && $1 !~ /["\\]|[^ -~]/ {
    printf "\"%s \"\n", $1 > out
}
