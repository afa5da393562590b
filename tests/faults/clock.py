#!/usr/bin/python3
"""clock.py INCMAP REPORTS   a clock that goes wrong

Runs with a clock of 1980 or 2099 (libfaketime, where it is) write the same bytes as any; a store that was written later
than now is read and written; what changed is seen whatever the times of files say."""
import os
import shutil
import subprocess

from fault import OK, check, contents, main, must, names, run, skip

FAKETIME = shutil.which("faketime")
CLOCKS = ("1980-01-01 00:00:00", "2099-12-31 23:59:58")


def at(clock, *arguments):
    return run(*arguments, "--quiet", prefix=(FAKETIME, clock))


def part_times_of_files():
    """A report is known by what it says: times of files, of whatever century, say nothing."""
    os.mkdir("in")
    for i, path in enumerate(names(4)):
        shutil.copy(path, f"in/{i}.txt")
        os.utime(f"in/{i}.txt", (4e9, 4e9))
    must("update", "s.gpkg", "in", "--mirror")
    os.utime("s.gpkg", (5e9, 5e9))
    shutil.copy(names(1, 4)[0], "in/0.txt")
    os.utime("in/0.txt", (0, 0))
    os.utime("in", (0, 0))
    must("update", "s.gpkg", "in", "--mirror")
    check("a change from long ago is seen", must("extract", "--store", "s.gpkg") == must("extract", "in"))
    stat = os.stat("in/1.txt")
    shutil.copy(names(1, 5)[0], "in/1.txt")
    os.utime("in/1.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    must("watch", "in", "--store", "s.gpkg", "-o", "a.geojson", "--once")
    check("and one of the same moment", contents("a.geojson") == must("extract", "in"))


def part_same_bytes():
    outputs = [f"a.{s}" for s in ("png", "svg", "pdf", "html", "geojson", "csv", "gpkg", "fgb", "kml")]
    arguments = [part for name in outputs for part in ("-o", name)]
    must("map", *names(8), *arguments, "--date", "2026-03-10")
    expected = [contents(name) for name in outputs]
    for clock in CLOCKS:
        done = at(clock, "map", *names(8), *arguments, "--date", "2026-03-10", "--overwrite")
        check(f"a run at {clock}", done.returncode == OK, done.stderr)
        for name, bytes_then in zip(outputs, expected):
            check(f"{name} at {clock}", contents(name) == bytes_then)


def part_store():
    few, more, all_of_them = names(5), names(10), names(14)
    expected = must("extract", *all_of_them)
    done = at(CLOCKS[1], "update", "s.gpkg", *few)
    check("a store of the future", done.returncode == OK, done.stderr)
    must("update", "s.gpkg", *more)
    check("is read", must("extract", "--store", "s.gpkg") == must("extract", *more))
    done = at(CLOCKS[0], "update", "s.gpkg", *all_of_them)
    check("and brought up to date in the past", done.returncode == OK and
          must("extract", "--store", "s.gpkg") == expected, done.stderr)
    done = at(CLOCKS[0], "extract", "--store", "s.gpkg", "--last", "7d")
    check("--last asks no clock", done.stdout == must("extract", "--store", "s.gpkg", "--last", "7d"))


if not FAKETIME:
    print("without faketime only times of files are tried")
    main(part_times_of_files)
main(part_times_of_files, part_same_bytes, part_store)
