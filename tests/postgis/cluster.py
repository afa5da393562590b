#!/usr/bin/python3
"""cluster.py PROGRAM ARGUMENT...   runs a program beside a PostgreSQL of its own

The server listens on loopback and on a socket in a folder of its own, and goes with the program, whatever ends it;
INCMAP_TEST_PG is the connection for incmap to a database with PostGIS there, by TCP with a password, psql and its like
are in the PATH."""
import contextlib
import ctypes
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

USER, DATABASE, PASSWORD = "incmap", "news", "Tapalpa"


def binaries():
    """Of the newest version on Debian, or of the PATH; None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    path = found[-1] if found else shutil.which("initdb")
    return path and os.path.dirname(path)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def end_with_parent():
    """The server ends at once when who started it is gone, killed too (prctl(2), PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)


class Cluster:
    """A server with an empty database, as another user where root asks, for it refuses root."""

    def __init__(self, folder):
        self.folder, self.server, self.port = folder, None, free_port()
        self.as_user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if self.as_user:
            shutil.chown(folder, "postgres", "postgres")

    def make(self):
        with open(self._path("password"), "w", encoding="ascii") as password:
            password.write(PASSWORD)
        self._run("initdb", "-D", self._path("data"), "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256",
                  f"--pwfile={self._path('password')}", "-E", "UTF8", "--locale=C.UTF-8", "-U", USER)
        self.start()
        self.create(DATABASE, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'es-MX-u-ka-shifted'")  # - and . are nothing

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _run(self, program, *arguments):
        done = subprocess.run([os.path.join(binaries(), program), *arguments], cwd=self.folder, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **self.as_user)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout.decode()}")

    def start(self):
        settings = ("listen_addresses=127.0.0.1", f"port={self.port}", "fsync=off", "max_connections=20", "shared_preload_libraries=postgis-3")
        with open(self._path("log"), "ab") as log:
            self.server = subprocess.Popen(
                [os.path.join(binaries(), "postgres"), "-D", self._path("data"), "-k", self.folder,
                 *(part for setting in settings for part in ("-c", setting))],
                cwd=self.folder, stdout=log, stderr=log, preexec_fn=end_with_parent, **self.as_user)
        for _ in range(600):
            if subprocess.run([os.path.join(binaries(), "pg_isready"), "-q", "-h", self.folder, "-p", str(self.port)], check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise RuntimeError("the server does not start")

    def stop(self, how=signal.SIGQUIT):
        """At once, or with SIGINT in order."""
        if self.server:
            self.server.send_signal(how)
            self.server.wait()
            self.server = None

    def sql(self, text, database=DATABASE):
        """What psql prints, rows as lines."""
        done = subprocess.run([os.path.join(binaries(), "psql"), "-h", self.folder, "-p", str(self.port), "-U", USER, "-qAtX", "-v", "ON_ERROR_STOP=1",
                               database], input=text.encode(), stdout=subprocess.PIPE, check=True,
                              env={**os.environ, "PGCLIENTENCODING": "UTF8"})
        return done.stdout.decode().rstrip("\n")

    def create(self, database, *options, postgis=True):
        self.sql(" ".join([f"CREATE DATABASE {database}", *options]), "postgres")
        if postgis:
            self.sql("SET client_min_messages = warning; CREATE EXTENSION postgis", database)

    def name(self, schema=None, database=DATABASE, user=USER):
        """Of a store."""
        name = f"PG:host={self.folder} port={self.port} user={user} dbname={database}"
        return f"{name} active_schema={schema}" if schema else name

    def by_tcp(self):
        """Of the store in the usual schema."""
        return f"PG:host=127.0.0.1 port={self.port} user={USER} password={PASSWORD} dbname={DATABASE}"


@contextlib.contextmanager
def cluster():
    with tempfile.TemporaryDirectory(prefix="incmap-pg-") as folder:
        server = Cluster(folder)
        try:
            server.make()
            yield server
        finally:
            server.stop()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the server goes, too
    with cluster() as server:
        own = {"INCMAP_TEST_PG": server.by_tcp(), "PATH": f"{binaries()}:{os.environ['PATH']}"}
        return subprocess.run(sys.argv[1:], env={**os.environ, **own}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
