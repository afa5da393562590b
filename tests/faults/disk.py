#!/usr/bin/python3
"""disk.py INCMAP REPORTS KILLS   what is left when a disk is full

On a small disk of its own, in a mount namespace that goes with the test: a store is updated, watched and read, and
outputs are replaced, with more and more room until there is enough. Each time the store opens and holds what it held or
what was given, the latter when the exit code was 0; outputs are whole, old or new; nothing else is left."""
import os
import shutil
import subprocess
import sys

from fault import DATA, INCMAP, OK, REPORTS, SYSTEM, check, contents, is_whole, main, must, names, run, skip

INSIDE = "IM_FAULTS_INSIDE"
DISK, ROOM_KB = "disk", 6000


def enter():
    """Again in a namespace where a disk may be mounted: as root, or as root of a user namespace."""
    if INSIDE in os.environ:
        return
    unshare = shutil.which("unshare")
    if not unshare:
        skip("no unshare (util-linux), so no disk of its own can be mounted")
    for options in (["--mount"], ["--user", "--map-root-user", "--mount"]):
        probe = [unshare, *options, "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
        if subprocess.run(probe, stderr=subprocess.DEVNULL).returncode == 0:
            os.environ[INSIDE] = "1"
            os.execv(unshare, [unshare, *options, sys.executable, *sys.argv])
    skip("neither root nor a user namespace may mount a disk here")


def mount():
    os.mkdir(DISK)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM_KB}k", "none", DISK], check=True)


def leave(free_kb):
    """Fills the disk but for so much."""
    with open(f"{DISK}/filler", "wb") as file:
        while True:
            room = os.statvfs(DISK)
            more = room.f_bavail * room.f_bsize - free_kb * 1024
            if more <= 0:
                return
            file.write(b"\0" * min(more, 1 << 20))
            file.flush()


def empty():
    if os.path.exists(f"{DISK}/filler"):
        os.unlink(f"{DISK}/filler")


def strangers(*known):
    return sorted(set(os.listdir(DISK)) - set(known) - {"filler"})


def steps():
    """Room in KB: a little more each time, then much; with fewer kills, a fourth of them."""
    every = 1 if int(sys.argv[3]) >= 100 else 4
    return [0, 4, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 1024, 1536,
            2048, 3072][::every] + [4096]


def part_update():
    few, all_of_them = names(6), names(14)
    before, after = must("extract", *few), must("extract", *all_of_them)
    must("update", "old.gpkg", *few)
    n_failed = 0
    for free_kb in steps():
        shutil.copy("old.gpkg", f"{DISK}/s.gpkg")
        leave(free_kb)
        done = run("update", f"{DISK}/s.gpkg", *all_of_them, "--quiet")
        n_failed += done.returncode != OK
        where = f"update with {free_kb} KB: "
        check(where + "exit code", done.returncode in (OK, SYSTEM), (done.returncode, done.stderr))
        check(where + "says why", done.returncode == OK or b"s.gpkg" in done.stderr, done.stderr)
        kept = run("extract", "--store", f"{DISK}/s.gpkg", "--quiet")
        check(where + "the store opens on a full disk", kept.returncode == OK, (kept.returncode, kept.stderr))
        check(where + "old or new", kept.stdout == (after if done.returncode == OK else before))
        empty()
        must("update", f"{DISK}/s.gpkg", *all_of_them)
        check(where + "then all is well", must("extract", "--store", f"{DISK}/s.gpkg") == after)
        os.unlink(f"{DISK}/s.gpkg")
        check(where + "nothing is left", not strangers(), strangers())
    check("some did fail, and not all", 3 < n_failed < len(steps()), n_failed)


def part_new_store():
    reports = names(14)
    after = must("extract", *reports)
    for free_kb in steps():
        leave(free_kb)
        done = run("update", f"{DISK}/s.gpkg", *reports, "--quiet")
        where = f"new store with {free_kb} KB: "
        check(where + "exit code", done.returncode in (OK, SYSTEM), (done.returncode, done.stderr))
        if done.returncode == OK:
            check(where + "new", must("extract", "--store", f"{DISK}/s.gpkg") == after)
        else:  # made, and then there was no room for anything in it
            kept = run("extract", "--store", f"{DISK}/s.gpkg", "-f", "csv")
            check(where + "there is none, or an empty one", kept.returncode == DATA or kept.stdout.count(b"\n") == 1)
            check(where + "nothing else is left", not strangers("s.gpkg"), strangers())
        empty()
        must("update", f"{DISK}/s.gpkg", *reports)
        check(where + "then all is well", must("extract", "--store", f"{DISK}/s.gpkg") == after)
        os.unlink(f"{DISK}/s.gpkg")


SUFFIXES = ("png", "svg", "pdf", "html", "geojson", "geojsonl", "csv", "gpkg", "fgb", "kml")


def part_outputs():
    old, new = names(6), names(14)
    for suffix in SUFFIXES:
        path = f"{DISK}/a.{suffix}"
        must("map", *old, "-o", f"old.{suffix}")
        must("map", *new, "-o", f"new.{suffix}")
        for free_kb in (0, 4, 16, 48, 96, 160, 320, 640, 1280, 2560):
            shutil.copy(f"old.{suffix}", path)
            leave(free_kb)
            done = run("map", *new, "-o", path, "--overwrite", "--quiet")
            expected = contents("new." + suffix) if done.returncode == OK else contents("old." + suffix)
            where = f"{suffix} with {free_kb} KB: "
            check(where + "exit code", done.returncode in (OK, SYSTEM), (done.returncode, done.stderr))
            check(where + "old or new", contents(path) == expected)
            check(where + "says why", done.returncode == OK or f"a.{suffix}".encode() in done.stderr, done.stderr)
            check(where + "nothing is left", not strangers(f"a.{suffix}"), strangers(f"a.{suffix}"))
            empty()
        os.unlink(path)
    for command in (["extract"], ["toponyms"], ["extract", "--per-document"], ["map", "-f", "png", "-o", "-"],
                    ["explain"], ["map", "--alt-text"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([INCMAP, *command, *new], stdout=full, stderr=subprocess.PIPE)
        check(f"{' '.join(command)} to a full device", done.returncode == SYSTEM, (done.returncode, done.stderr[-300:]))


def part_series():
    reports = os.path.join(os.path.dirname(REPORTS), "..", "..", "data", "reports")
    for free_kb in (0, 64, 300, 700, 1300, 5000):
        leave(free_kb)
        done = run("map", reports, "--series", "day", "-o", f"{DISK}/m.png", "-o", f"{DISK}/m.geojson", "--quiet")
        where = f"series with {free_kb} KB: "
        check(where + "exit code", done.returncode in (OK, SYSTEM), (done.returncode, done.stderr))
        for name in strangers():
            check(where + f"{name} is whole", is_whole(f"{DISK}/{name}"))
            os.unlink(f"{DISK}/{name}")
        empty()


def part_watch():
    """Store, outputs and what lies in between on one full disk."""
    os.mkdir("in")
    for path in names(6):
        shutil.copy(path, "in")
    watch = ["watch", "in", "--store", f"{DISK}/s.gpkg", "-o", f"{DISK}/a.geojson", "-o", f"{DISK}/a.png", "--once",
             "--quiet"]
    must(*watch[:-1])
    before = must("extract", "in")
    for path in names(8, 6):
        shutil.copy(path, "in")
    after = must("extract", "in")
    shutil.copytree(DISK, "old")
    for free_kb in steps():
        leave(free_kb)
        done = run(*watch, env={**os.environ, "TMPDIR": os.path.abspath(DISK)})
        where = f"watch with {free_kb} KB: "
        check(where + "exit code", done.returncode in (OK, SYSTEM), (done.returncode, done.stderr))
        kept = run("extract", "--store", f"{DISK}/s.gpkg", "--quiet").stdout
        check(where + "the store is old or new", kept in ((after,) if done.returncode == OK else (before, after)))
        check(where + "outputs are whole", is_whole(f"{DISK}/a.png") and
              contents(f"{DISK}/a.geojson") in ((after,) if done.returncode == OK else (before, after)))
        check(where + "nothing is left", not strangers("s.gpkg", "a.geojson", "a.png"),
              strangers("s.gpkg", "a.geojson", "a.png"))
        empty()
        must(*watch[:-1])
        check(where + "then all is well", contents(f"{DISK}/a.geojson") == after)
        for name in os.listdir("old"):
            shutil.copy(f"old/{name}", DISK)


def on_a_disk(part):
    def with_disk():
        mount()
        try:
            part()
        finally:
            subprocess.run(["umount", "-l", DISK], check=True)
    return with_disk


enter()
main(*map(on_a_disk, (part_update, part_new_store, part_outputs, part_series, part_watch)))
