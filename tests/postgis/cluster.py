#!/usr/bin/python3
"""cluster.py PROGRAM ARGUMENT...   runs a program beside a PostgreSQL of its own

The server listens on a socket in a folder of its own and goes with the program, whatever ends it; INCMAP_TEST_PG is the
connection for incmap to a database with PostGIS there, psql and its like are in the PATH."""
import contextlib
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile

USER, DATABASE = "incmap", "news"


def binaries():
    """Of the newest version on Debian, or of the PATH; None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    path = found[-1] if found else shutil.which("initdb")
    return path and os.path.dirname(path)


class Cluster:
    """A server with an empty database, as another user where root asks, for it refuses root."""

    def __init__(self, folder):
        self.folder = folder
        self.as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.as_user:
            shutil.chown(folder, "postgres", "postgres")

    def make(self):
        self._run("initdb", "-D", self._path("data"), "--no-sync", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", USER)
        self.start()
        self.create(DATABASE)

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _run(self, program, *arguments):
        done = subprocess.run([os.path.join(binaries(), program), *arguments], cwd=self.folder, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **self.as_user)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout.decode()}")

    def start(self):
        self._run("pg_ctl", "-D", self._path("data"), "-w", "-l", self._path("log"), "-o",
                  f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=20 -c shared_preload_libraries=postgis-3", "start")

    def stop(self, mode="immediate"):
        self._run("pg_ctl", "-D", self._path("data"), "-w", "-m", mode, "stop")

    def sql(self, text, database=DATABASE):
        """What psql prints, rows as lines."""
        done = subprocess.run([os.path.join(binaries(), "psql"), "-h", self.folder, "-U", USER, "-qAtX", "-v", "ON_ERROR_STOP=1",
                               database], input=text.encode(), stdout=subprocess.PIPE, check=True, env={**os.environ, "PGCLIENTENCODING": "UTF8"})
        return done.stdout.decode().rstrip("\n")

    def create(self, database, *options, postgis=True):
        self.sql(" ".join([f"CREATE DATABASE {database}", *options]), "postgres")
        if postgis:
            self.sql("SET client_min_messages = warning; CREATE EXTENSION postgis", database)

    def name(self, schema=None, database=DATABASE, user=USER):
        """Of a store."""
        name = f"PG:host={self.folder} user={user} dbname={database}"
        return f"{name} active_schema={schema}" if schema else name


@contextlib.contextmanager
def cluster():
    with tempfile.TemporaryDirectory(prefix="incmap-pg-") as folder:
        server = Cluster(folder)
        try:
            server.make()
            yield server
        finally:
            if os.path.exists(os.path.join(folder, "data", "postmaster.pid")):
                server.stop()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server goes, too
    with cluster() as server:
        own = {"INCMAP_TEST_PG": server.name(), "PATH": f"{binaries()}:{os.environ['PATH']}"}
        return subprocess.run(sys.argv[1:], env={**os.environ, **own}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
