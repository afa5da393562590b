#!/usr/bin/python3
"""rights.py INCMAP REPORTS   what is done with files that may not be read or written

As another user where root runs the test, for root may do all. A report that cannot be read is named and takes nothing
away; a store, gazetteer or folder that cannot be used is an error with its exit code, and nothing else is touched."""
import os
import shutil
import subprocess

from fault import DATA, INCMAP, INPUT, OK, SYSTEM, USAGE, check, contents, main, must, names, run, skip

NOBODY = 65534
AS = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def as_user(*arguments, **options):
    return run(*arguments, **AS, **options)


def give(*paths):
    for path in paths:
        if AS:
            os.chown(path, NOBODY, NOBODY)


def can_run():
    try:
        return subprocess.run([INCMAP, "locate", "Tapalpa"], stdout=subprocess.DEVNULL, **AS).returncode == OK
    except OSError:
        return False


def part_reports():
    os.mkdir("in")
    for path in names(5):
        shutil.copy(path, "in")
    locked = os.path.join("in", sorted(os.listdir("in"))[0])
    give(".", "in", *(os.path.join("in", n) for n in os.listdir("in")))
    check("a store", as_user("update", "s.gpkg", "in").returncode == OK)
    before = as_user("extract", "--store", "s.gpkg").stdout
    os.chmod(locked, 0)
    done = as_user("extract", "in")
    check("a report that may not be read is named, the others are read",
          done.returncode == INPUT and locked.encode() in done.stderr and b"Feature" in done.stdout, done.stderr)
    done = as_user("update", "s.gpkg", "in", "--mirror")
    check("and takes nothing away", done.returncode == INPUT and b"withdrawn" in done.stderr and
          as_user("extract", "--store", "s.gpkg").stdout == before, done.stderr)
    done = as_user("watch", "in", "--store", "s.gpkg", "-o", "a.geojson", "--once")
    check("nor when it is watched", done.returncode == INPUT and contents("a.geojson") == before, done.stderr)
    os.chmod(locked, 0o644)
    os.mkdir("in/deep")
    give("in/deep")
    os.chmod("in/deep", 0)
    done = as_user("update", "s.gpkg", "in", "--mirror")
    check("nor does a folder that may not be read", done.returncode == INPUT and b"in/deep" in done.stderr and
          as_user("extract", "--store", "s.gpkg").stdout == before, (done.returncode, done.stderr))
    done = as_user("watch", "in", "--store", "s.gpkg", "-o", "a.geojson", "--once")
    check("nor when that is watched", done.returncode == INPUT and
          as_user("extract", "--store", "s.gpkg").stdout == before, (done.returncode, done.stderr))
    os.chmod("in/deep", 0o755)


def part_store():
    give(".")
    few, more = names(3), names(6)
    check("a store", as_user("update", "s.gpkg", *few).returncode == OK)
    before = as_user("extract", "--store", "s.gpkg").stdout
    os.chmod("s.gpkg", 0o444)
    whole = contents("s.gpkg")
    done = as_user("update", "s.gpkg", *more)
    check("a store that may only be read is not written to", done.returncode == SYSTEM and contents("s.gpkg") == whole,
          (done.returncode, done.stderr))
    check("but read", as_user("extract", "--store", "s.gpkg").stdout == before)
    os.chmod(".", 0o555)
    check("also in a folder that may only be read", as_user("extract", "--store", "s.gpkg").stdout == before)
    done = as_user("update", "new.gpkg", *few)
    check("there no store is made", done.returncode == SYSTEM and not os.path.exists("new.gpkg"),
          (done.returncode, done.stderr))
    os.chmod(".", 0o755)
    os.chmod("s.gpkg", 0)
    for command in (["extract", "--store", "s.gpkg"], ["map", "--store", "s.gpkg", "-o", "a.png"],
                    ["update", "s.gpkg", *few]):
        done = as_user(*command)
        check(f"a store that may not be read: {command[0]}", done.returncode in (DATA, SYSTEM) and b"s.gpkg" in done.stderr,
              (done.returncode, done.stderr))
    os.chmod("s.gpkg", 0o644)
    check("and it is as it was", as_user("extract", "--store", "s.gpkg").stdout == before)


def part_outputs():
    os.mkdir("out")
    give(".", "out")
    for suffix in ("png", "geojson", "gpkg", "csv"):
        check(suffix, as_user("map", *names(3), "-o", f"out/a.{suffix}").returncode == OK)
        before = contents(f"out/a.{suffix}")
        os.chmod("out", 0o555)
        done = as_user("map", *names(6), "-o", f"out/a.{suffix}", "--overwrite")
        check(f"{suffix} in a folder that may not be written to",
              done.returncode == SYSTEM and b"out" in done.stderr and contents(f"out/a.{suffix}") == before,
              (done.returncode, done.stderr))
        os.chmod("out", 0o755)
    os.chmod("out", 0)
    done = as_user("map", *names(3), "-o", "out/b.png")
    check("a folder that may not be looked into", done.returncode == SYSTEM, (done.returncode, done.stderr))
    os.chmod("out", 0o755)


def part_data():
    give(".")
    share_folder = os.path.join(os.path.dirname(INCMAP), "share", "incmap")
    shutil.copy(os.path.join(share_folder, "gazetteer.imgz"), "g.imgz")
    os.chmod("g.imgz", 0)
    done = as_user("extract", "--gazetteer", "g.imgz", *names(1))
    check("a gazetteer that may not be read", done.returncode == DATA and b"g.imgz" in done.stderr,
          (done.returncode, done.stderr))
    with open("house.ini", "w", encoding="utf-8") as file:
        file.write("[theme]\nbase = light\n")
    os.chmod("house.ini", 0)
    done = as_user("map", *names(1), "--theme", "house.ini", "-o", "a.png")
    check("a theme that may not be read", done.returncode == USAGE and b"house.ini" in done.stderr,
          (done.returncode, done.stderr))


if not can_run():
    skip(f"another user (uid {NOBODY}), whom root must be here, may not run {INCMAP}")
main(part_reports, part_store, part_outputs, part_data)
