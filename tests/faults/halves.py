#!/usr/bin/python3
"""halves.py INCMAP REPORTS KILLS   what is made of files that are cut off

Reports, stores, incidents, gazetteers and boundaries, each cut at many places: nothing crashes, a store that is cut is
never taken for a whole one nor written over, exit codes are those of README."""
import os
import random
import shutil
import sys

from fault import (DATA, INCMAP, INPUT, OK, SYSTEM, check, contents, main, must, names, run)

CHANCE = random.Random(20260223)


def cut(path, to, share):
    data = contents(path)
    with open(to, "wb") as file:
        file.write(data[:int(len(data) * share)])


def shares(n):
    return [0, 0.0001, 0.5, 0.9999, *(CHANCE.random() for _ in range(n))]


def part_reports():
    """What is left of a report is read, or said not to be readable; the others are read in any case."""
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "tests", "data",
                          "reports")
    for name in sorted(os.listdir(folder)):
        for share in shares(6):
            cut(os.path.join(folder, name), name, share)
            done = run("extract", names(1)[0], name, "--quiet", "--date", "2026-03-10")
            check(f"{name} cut at {share}", done.returncode in (OK, INPUT) and b'"FeatureCollection"' in done.stdout,
                  (done.returncode, done.stderr))
            check(f"{name} cut at {share} is named", done.returncode == OK or name.encode() in done.stderr, done.stderr)
            os.unlink(name)


def part_store():
    reports, more = names(14), names(4, 14)
    os.mkdir("in")
    shutil.copy(more[0], "in")
    must("update", "s.gpkg", *reports)
    whole = must("extract", "--store", "s.gpkg")
    for share in shares(40 if int(sys.argv[3]) >= 100 else 10):
        cut("s.gpkg", "cut.gpkg", share)
        half = contents("cut.gpkg")
        if half == contents("s.gpkg"):
            continue
        done = run("extract", "--store", "cut.gpkg", "--quiet")
        check(f"a store cut at {share} is not taken for a whole one",
              done.returncode in (DATA, SYSTEM) or done.stdout == whole, (done.returncode, done.stderr))
        done = run("update", "cut.gpkg", *more, "--quiet")
        check(f"a store cut at {share} is not written to", done.returncode in (DATA, SYSTEM), (done.returncode, done.stderr))
        check(f"a store cut at {share} is left as it was", contents("cut.gpkg") == half)
        done = run("watch", "in", "--store", "cut.gpkg", "-o", "a.csv", "--once")
        check(f"a store cut at {share} is not watched", done.returncode in (DATA, SYSTEM) and
              not os.path.exists("a.csv"), done.returncode)
        for name in os.listdir("."):
            if name not in ("s.gpkg", "in"):
                os.unlink(name)


def part_incidents():
    reports = names(14)
    for suffix in ("geojson", "geojsonl", "csv", "gpkg", "fgb"):
        must("extract", *reports, "-o", f"a.{suffix}")
        for share in shares(10):
            cut(f"a.{suffix}", f"cut.{suffix}", share)
            for command in (["render", f"cut.{suffix}", "-o", "a.svg", "--overwrite"], ["merge", f"cut.{suffix}"]):
                done = run(*command, "--quiet")
                check(f"{' '.join(command)} cut at {share}", done.returncode in (OK, INPUT),
                      (done.returncode, done.stderr))
                check(f"{' '.join(command)} cut at {share} says so",
                      done.returncode == OK or f"cut.{suffix}".encode() in done.stderr, done.stderr)
            if suffix in ("geojson", "fgb") and 0 < share < 0.99:
                check(f"{suffix} cut at {share} is not taken for a whole one",
                      run("merge", f"cut.{suffix}", "--quiet").returncode == INPUT)
            os.unlink(f"cut.{suffix}")


def part_data():
    share_folder = os.path.join(os.path.dirname(INCMAP), "share", "incmap")
    shutil.copytree(share_folder, "data")
    for name, command in (("gazetteer.imgz", ["extract", "--gazetteer", "data/gazetteer.imgz", *names(2)]),
                          ("boundaries.atlas", ["map", *names(2), "-o", "a.svg", "--overwrite"])):
        for share in shares(12):
            cut(os.path.join(share_folder, name), f"data/{name}", share)
            done = run(*command, "--quiet", env={**os.environ, "INCMAP_GEODATA": os.path.abspath("data")})
            check(f"{name} cut at {share}", done.returncode == DATA and name.encode() in done.stderr,
                  (done.returncode, done.stderr))
        shutil.copy(os.path.join(share_folder, name), f"data/{name}")


main(part_reports, part_store, part_incidents, part_data)
