#!/usr/bin/python3
"""kill.py INCMAP REPORTS N   kills `incmap update` and `incmap watch` N times while they write

Each time some reports come, change and go; the process is killed at a random moment of its work. Then the
store opens and gives what a fresh run gives of the reports before or after, the latter when the process had
ended well; outputs are whole, old or new. Exit code 1 with what was wrong. The store is a file, or where the environment
names a database (tests/postgis) a schema of that."""
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

INCMAP, REPORTS, N = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3])
CHANCE = random.Random(20260223)
DATABASE = os.environ.get("INCMAP_TEST_PG")
STORE = f"{DATABASE} active_schema=killed" if DATABASE else "s.gpkg"


def sql(text):
    return subprocess.run(["psql", "-qAtX", DATABASE.removeprefix("PG:")], input=text, text=True, capture_output=True,
                          check=True).stdout


def is_there():
    if DATABASE:
        return sql("SELECT 1 FROM pg_namespace WHERE nspname = 'killed'") != ""
    return os.path.exists(STORE)


def remove():
    if DATABASE:
        sql("DROP SCHEMA killed CASCADE")
    else:
        os.unlink(STORE)


def incmap(*arguments):
    return subprocess.run([INCMAP, *arguments, "--quiet"], capture_output=True, check=True).stdout


def fresh():
    return incmap("extract", "in") if any(os.scandir("in")) else None


def change(names):
    """Some reports come, change and go."""
    for _ in range(CHANCE.randint(1, 6)):
        path = os.path.join("in", CHANCE.choice(names))
        if os.path.exists(path) and CHANCE.random() < 0.4 and len(os.listdir("in")) > 1:
            os.unlink(path)
        else:
            shutil.copy(os.path.join(REPORTS, CHANCE.choice(names)), path + ".new")
            os.rename(path + ".new", path)


def run(arguments, seconds):
    """Kills the process after so long. Returns its exit code, or None."""
    process = subprocess.Popen([INCMAP, *arguments], stderr=subprocess.DEVNULL)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return None


def is_whole(path):
    """A picture or GeoJSON that ends as it should; or nothing there."""
    if not os.path.exists(path):
        return True
    with open(path, "rb") as file:
        data = file.read()
    if path.endswith(".png"):
        return data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND"
    json.loads(data)
    return True


def main():
    names, killed, faults = sorted(os.listdir(REPORTS)), 0, []
    os.mkdir("in")
    with open("nothing.txt", "w", encoding="ascii") as file:
        file.write("date 2026-03-04\nNothing happened.\n")
    nothing = incmap("extract", "nothing.txt")
    change(names)
    incmap("update", STORE, "in", "--mirror")
    commands = [["update", STORE, "in", "--mirror"],
                ["watch", "in", "--store", STORE, "-o", "a.geojson", "-o", "a.png", "--once"],
                ["watch", "in", "--store", STORE, "-o", "a.geojson", "-o", "a.png"]]
    longest = [0.1, 0.4, 0.4]
    for command in commands[:2]:  # how long they take here
        began = time.monotonic()
        change(names)
        incmap(*command)
        longest[commands.index(command)] = time.monotonic() - began
    longest[2] = longest[1]
    before = fresh()
    while killed < N:
        change(names)
        after = fresh()
        if is_there() and CHANCE.random() < 0.15:  # the store is made, too
            remove()
            before = nothing
        which = CHANCE.randrange(len(commands))
        code = run(commands[which], CHANCE.random() * longest[which] * 1.1)
        killed += code is None
        kept = incmap("extract", "--store", STORE) if is_there() else nothing
        if kept != after and (code == 0 or kept != before):
            faults.append(f"kill {killed}, {' '.join(commands[which])}: the store has "
                          f"{'lost what it acknowledged' if code == 0 else 'neither the old nor the new'}")
        faults += [f"kill {killed}: {path} is not whole" for path in ("a.geojson", "a.png") if not is_whole(path)]
        before = kept
        if killed % 10 == 0:  # and on it goes
            incmap(*commands[1])
            before = after
            with open("a.geojson", "rb") as file:
                if file.read() != after:
                    faults.append(f"kill {killed}: the next run does not make up for it")
    print(f"{killed} kills, {len(faults)} faults")
    print("\n".join(faults[:20]), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        code = main()
        os.chdir("/")
    sys.exit(code)
