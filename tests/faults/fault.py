"""What the tests of faults share: runs, their exit codes, what is whole."""
import glob
import json
import os
import subprocess
import sys
import tempfile

INCMAP, REPORTS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
OK, INPUT, USAGE, DATA, SYSTEM = range(5)  # README, "Exit codes"
SKIPPED = 77


def check(what, holds, shown=None):
    check.n += 1
    if not holds:
        print(f"not ok - {what}" + ("" if shown is None else f"\n#   {shown}"), flush=True)
        check.failed += 1


check.n = check.failed = 0


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def run(*arguments, prefix=(), **options):
    """A run and what it said; killed by a signal is a fault whatever was asked."""
    done = subprocess.run([*prefix, INCMAP, *arguments], capture_output=True, **options)
    check(f"{' '.join(arguments)}: ends by itself", done.returncode >= 0, (done.returncode, done.stderr[-500:]))
    return done


def must(*arguments):
    done = run(*arguments, "--quiet")
    assert done.returncode == OK, (arguments, done.returncode, done.stderr)
    return done.stdout


def names(n, begin=0):
    """Paths of some reports that can be read."""
    return sorted(glob.glob(os.path.join(glob.escape(REPORTS), "*")))[begin:begin + n]


def contents(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def is_whole(path):
    data = contents(path)
    if path.endswith(".png"):
        return data[:8] == b"\x89PNG\r\n\x1a\n" and data[-8:-4] == b"IEND"
    if path.endswith(".geojson"):
        json.loads(data)
    return data.rstrip().endswith((b"</svg>", b"</html>", b"%%EOF", b"}", b"</kml>"))


def main(*parts):
    """Runs each part in a folder of its own."""
    for part in parts:
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            os.chdir(folder)
            part()
            os.chdir("/")
    print(f"{check.n} checks, {check.failed} faults")
    sys.exit(1 if check.failed else 0)
