#!/usr/bin/python3
"""faults.py INCMAP REPORTS KILLS   stores in a database: what they give, and what is said of databases that are none

They give the bytes of a store in a file and of a fresh run, whatever the database is set to and whatever reports hold;
what cannot be used is an error with its exit code and without a password; a server that goes away leaves nothing half done."""
import http.server
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "faults"))
# pylint: disable=wrong-import-position
from cluster import USER, cluster
from fault import DATA, INCMAP, OK, SYSTEM, USAGE, check, main, must, names, run

SETTINGS = ("datestyle = 'German, DMY'", "timezone = 'Asia/Kathmandu'", "standard_conforming_strings = off",
            "bytea_output = escape", "client_encoding = latin1", "search_path = nobody", "intervalstyle = sql_standard",
            "extra_float_digits = -10", "default_transaction_isolation = serializable", "lc_messages = 'C'")
os.environ.update(PG_USE_COPY="YES", PGCLIENTENCODING="LATIN1", PGDATESTYLE="SQL, DMY", PGTZ="Asia/Kathmandu")  # as others may like it


def part_same_bytes():
    """As a file, in a database that is set otherwise in all that may be."""
    SERVER.create("odd", "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'es-MX'", postgis=False)
    SERVER.sql("SET client_min_messages = warning; CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis", "odd")
    for setting in SETTINGS:
        SERVER.sql(f"ALTER DATABASE odd SET {setting}", "odd")
    reports = names(40)
    must("update", "s.gpkg", *reports)
    for store in (SERVER.name("same"), SERVER.name("same", "odd"), SERVER.name(database="odd")):
        for begin in range(0, 40, 20):
            must("update", store, *reports[begin:begin + 20])
        must("update", store, *reports[:30])
        for period in ([], ["--last", "2w"], ["--since", "2026-03-01", "--until", "2026-03-31"]):
            check(f"{store} {period}: as a file", must("extract", "--store", store, *period) ==
                  must("extract", "--store", "s.gpkg", *period))
        check(f"{store}: as a fresh run", must("extract", "--store", store) == must("extract", *reports))
        check(f"{store}: the same map", must("map", "--store", store, "-f", "svg", "-o", "-") ==
              must("map", "--store", "s.gpkg", "-f", "svg", "-o", "-"))
    shown = SERVER.sql("SELECT f_table_schema, f_geometry_column, srid, type FROM geometry_columns WHERE f_table_name = 'incidents'")
    check("a GIS finds the points", shown == "same|geom|4326|POINT", shown)


HOSTILE = ("'); DROP TABLE reports; --", "\\'; \\x27 E'\\'' $$ $1 %s %n \\", "\"x\" `y` ${z} {\"a\":1}", "😀 \U0001F1F2\U0001F1FD",
           "\ufffd \ufeff \u202e \u0000", "á\u0301 ﷺ \u2028", "\t\x01\x1b\x7f")


def part_hostile():
    """What a report says comes back as it was: the text of one without a year is read from the store again."""
    with open("a.jsonl", "w", encoding="utf-8") as file:
        for i, text in enumerate(HOSTILE):
            for form in ("Gunmen killed {} people in Zapopan, Jalisco, on Tuesday, {}.",
                         "ZAPOPAN, Jalisco, March 4 -- Gunmen killed {} people in Zapopan and {} burned three vehicles in Tapalpa, Jalisco."):
                report = {"id": f"{len(form)} {text}", "text": form.format(i + 2, text), "publisher": text, "title": text,
                          "url": f"https://paper.example/{text}"}
                if "on Tuesday" in form:
                    report["date"] = "2026-03-04"
                file.write(json.dumps(report, ensure_ascii=False) + "\n")
        name = "".join(random.Random(1).choices("0123456789abcdef", k=20000))  # longer than what an index takes
        file.write(json.dumps({"id": name, "text": f"Gunmen burned two trucks in Ocotlán, Jalisco. {name}", "publisher": name}) + "\n")
    with open("b.txt", "w", encoding="utf-8") as file:
        file.write("date 2026-03-05\nGunmen killed two people in Zapopan and burned three vehicles in Tapalpa, Jalisco.\n")
    store = SERVER.name("hostile")
    must("update", store, "a.jsonl")
    check("read back equal", must("extract", "--store", store) == must("extract", "a.jsonl"))
    done = run("update", store, "a.jsonl", "--verbose")
    check("known again", f"{2 * len(HOSTILE) + 1} unchanged".encode() in done.stderr, done.stderr)
    must("update", store, "b.txt")
    check("read again equal", must("extract", "--store", store) == must("extract", "a.jsonl", "b.txt"))
    check("the tables are there", SERVER.sql("SELECT count(*) FROM hostile.reports") == str(2 * len(HOSTILE) + 2))
    ids = SERVER.sql("SELECT id FROM hostile.reports WHERE id <> 'b.txt'").split("\n")
    must("update", store, *(part for name in ids for part in ("--withdraw", name)))
    check("each is known by its name", SERVER.sql("SELECT id FROM hostile.reports") == "b.txt")


def refused(what, code, store, *words, command=("update", "STORE", "REPORT")):
    arguments = [{"STORE": store, "REPORT": names(1)[0]}.get(part, part) for part in command]
    done = run(*arguments, "--quiet")
    check(f"{what}: exit code of {command[0]}", done.returncode == code, (done.returncode, done.stderr))
    check(f"{what}: is told", all(word.encode() in done.stderr for word in words), done.stderr)
    check(f"{what}: in a line", done.stderr.count(b"\n") <= 2 and b"secret" not in done.stderr, done.stderr)


EXTRACT = ("extract", "--store", "STORE")


def part_errors():
    secret = " password=secret sslpassword = 'sec\\'ret secret'"
    for command in (("update", "STORE", "REPORT"), EXTRACT):
        refused("no server", SYSTEM, "PG:host=/nowhere dbname=news" + secret, "PG:host=/nowhere dbname=news: no connection",
                command=command)
        refused("no database", SYSTEM, SERVER.name(database="none") + secret, "dbname=none: no connection", command=command)
        refused("no user", SYSTEM, SERVER.name(user="nobody") + secret, "user=nobody", command=command)
        for text in ("", "news", "postgresql://incmap:secret@localhost/news?a=b", "dbname='news", "password=my secret", "=x",
                     "dbname=news active_schema=a;b", "dbname=news active_schema=", "dbname=news active_schema=Big"):
            refused("no connection string", USAGE if text else SYSTEM, f"PG:{text}", "PG:", command=command)
    SERVER.create("latin", "TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    refused("not UTF-8", DATA, SERVER.name(database="latin") + secret, "dbname=latin", "UTF8")
    SERVER.create("plain", postgis=False)
    refused("no PostGIS", DATA, SERVER.name(database="plain") + secret, "dbname=plain", "PostGIS")
    check("nothing is made there", SERVER.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'incmap'", "plain") == "0")
    refused("no store", DATA, SERVER.name("nothing"), "no store of incmap", command=EXTRACT)
    check("reading makes none", SERVER.sql("SELECT count(*) FROM pg_namespace WHERE nspname = 'nothing'") == "0")


def part_foreign_tables():
    for schema, tables in (("foreign1", ["incmap (schema int)"]), ("foreign2", ["reports (id int)"]), ("foreign3", ["gists ()"]),
                           ("foreign4", ["incmap (fid bigint PRIMARY KEY, schema text)"]),
                           ("foreign5", ["incmap (fid bigint PRIMARY KEY, schema int)", "reports (fid bigint, id text)"])):
        SERVER.sql(f"CREATE SCHEMA {schema};" + "".join(f"CREATE TABLE {schema}.{table};" for table in tables))
        if schema == "foreign5":
            SERVER.sql(f"INSERT INTO {schema}.incmap VALUES (1, 2)")
        before = SERVER.sql(f"SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = '{schema}'")
        for command in (("update", "STORE", "REPORT"), EXTRACT):
            refused(f"tables of others, {tables}", DATA, SERVER.name(schema), "of incmap", command=command)
        check("they stay", before == SERVER.sql("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
                                                f"WHERE nspname = '{schema}'"))
    SERVER.sql("CREATE SCHEMA shared; CREATE TABLE shared.ours (id int)")
    must("update", SERVER.name("shared"), *names(2))
    check("a schema with other tables is good", must("extract", "--store", SERVER.name("shared")) == must("extract", *names(2)))
    for version in (1, 3):
        SERVER.sql(f"UPDATE shared.incmap SET schema = {version}")
        refused("another version", DATA, SERVER.name("shared"), "another version")
        refused("another version", DATA, SERVER.name("shared"), "another version", command=EXTRACT)


def part_rights():
    store, few = SERVER.name("rights"), names(3)
    must("update", store, *few)
    whole = must("extract", "--store", store)
    SERVER.sql("CREATE ROLE reader LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    reader = SERVER.name("rights", user="reader")
    refused("no right to read", SYSTEM, reader, "user=reader", command=EXTRACT)
    refused("no right to make a schema", SYSTEM, SERVER.name("other", user="reader"), "user=reader")
    SERVER.sql("GRANT USAGE ON SCHEMA rights TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA rights TO reader")
    check("who may read reads", must("extract", "--store", reader) == whole)
    refused("no right to write", SYSTEM, reader, "user=reader", command=("update", "STORE", "REPORT", names(4)[3]))
    check("and all is as it was", must("extract", "--store", store) == whole)
    SERVER.sql("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA rights TO reader; "
               "GRANT USAGE ON ALL SEQUENCES IN SCHEMA rights TO reader")
    must("update", reader, *names(5))
    check("who may write writes", must("extract", "--store", store) == must("extract", *names(5)))


def part_many_at_once():
    """Each waits for the others, and those who read see whole updates."""
    store, reports = SERVER.name("many"), names(24)
    updates = [subprocess.Popen([INCMAP, "update", store, *reports[i::6], "--quiet"], stderr=subprocess.PIPE) for i in range(6)]
    while any(update.poll() is None for update in updates):
        done = run("extract", "--store", store, "--quiet")
        check("reading meanwhile", done.returncode in (OK, DATA), done.stderr)
    for update in updates:
        check("an update among others", update.wait() == OK, update.stderr.read())
        update.stderr.close()
    check("all are there", must("extract", "--store", store) == must("extract", *reports))


class Feed(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = "Gunmen killed two people in Zapopan, Jalisco, on Tuesday."
        feed = (f"<rss version='2.0'><channel><title>P</title><item><guid>1</guid><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>"
                f"<description>{text}</description></item></channel></rss>").encode()
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(feed)))
        self.end_headers()
        self.wfile.write(feed)

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass


def part_feed():
    store = SERVER.name("fed")
    server = http.server.HTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.environ["XDG_STATE_HOME"] = os.path.abspath("state")
    must("watch", "--feed", f"http://127.0.0.1:{server.server_address[1]}/", "--store", f"{store} password=secret", "-o", "a.csv",
         "--once")
    check("a feed", must("extract", "--store", store).count(b'"Feature"') == 1)
    kept = os.listdir("state/incmap")
    check("its version is kept", len(kept) == 1 and kept[0].endswith(".feeds"), kept)
    server.shutdown()


UNKNOWN = b"whether it was is not known"  # the server may end between keeping an update and saying so


def is_old_or_new(kept, before, after, code, said):
    return kept in (before, after) if UNKNOWN in said else kept == (after if code == OK else before)


def part_server_ends():
    store, few, more = SERVER.name("ends"), names(10), names(40)
    must("update", store, *few)
    before, after, n_failed = must("extract", *few), must("extract", *more), 0
    began = time.monotonic()
    must("update", SERVER.name("ends_not"), *more)
    longest = time.monotonic() - began
    rounds = 4 if int(sys.argv[3]) < 100 else 12
    for i in range(rounds):
        update = subprocess.Popen([INCMAP, "update", store, *more, "--mirror"], stderr=subprocess.PIPE)
        time.sleep(longest * (i + 1) / (rounds + 1))
        SERVER.stop(signal.SIGQUIT if i % 2 else signal.SIGINT)
        said = update.communicate()[1]
        n_failed += update.returncode != OK
        check("a server that ends: exit code", update.returncode in (OK, SYSTEM), (update.returncode, said))
        check("a server that ends: is told", update.returncode == OK or b"dbname=" in said, said)
        SERVER.start()
        kept = must("extract", "--store", store)
        check("a server that ends: old or new", is_old_or_new(kept, before, after, update.returncode, said), (update.returncode, said))
        must("update", store, *few, "--mirror")
    check("some updates did fail", n_failed > 0)


def part_sessions_end():
    """At any moment of an update or of reading: nothing is half done, and half of a store is never taken for all of it."""
    store, few, more = SERVER.name("sessions"), names(10), names(40)
    before, after = must("extract", *few), must("extract", *more)
    must("update", store, *few)
    chance, n_failed = random.Random(20260305), 0
    for i in range(40 if int(sys.argv[3]) >= 100 else 12):
        arguments = ["extract", "--store", store] if i % 2 else ["update", store, *more]
        process = subprocess.Popen([INCMAP, *arguments, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(chance.random() * (0.08 if i % 2 else 0.3))
        SERVER.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'news' AND pid <> pg_backend_pid()")
        out, said = process.communicate()
        n_failed += process.returncode != OK
        check("a session that ends: exit code", process.returncode in (OK, SYSTEM), (arguments[0], process.returncode, said))
        kept = must("extract", "--store", store)
        if i % 2:
            check("a session that ends: all or nothing is read", out == (kept if process.returncode == OK else b""), len(out))
        else:
            check("a session that ends: old or new", is_old_or_new(kept, before, after, process.returncode, said),
                  (process.returncode, said))
            must("update", store, *few, "--mirror")
    check("some sessions did end", n_failed > 0)


def part_watch():
    store, reports = SERVER.name("watched"), names(6)
    os.mkdir("in")
    for i, path in enumerate(reports):
        os.symlink(path, f"in/{i}.txt")
    must("watch", "in", "--store", store, "-o", "a.geojson", "-o", "a.svg", "--once")
    must("map", "in", "-o", "b.svg")
    with open("a.geojson", "rb") as file, open("a.svg", "rb") as svg, open("b.svg", "rb") as fresh:
        check("watch", file.read() == must("extract", "in") and svg.read() == fresh.read())
    os.unlink("in/3.txt")
    must("watch", "in", "--store", store, "-o", "a.geojson", "--once")
    with open("a.geojson", "rb") as file:
        check("watch again", file.read() == must("extract", "in"))


with cluster() as SERVER:
    main(part_same_bytes, part_hostile, part_errors, part_foreign_tables, part_rights, part_many_at_once, part_watch, part_feed,
         part_sessions_end, part_server_ends)
