#!/usr/bin/python3
"""feeds.py INCMAP   `incmap watch --feed` against a server on the loopback

The server says what each case wants said, and remembers who asked when and with which headers. Exit code 1 with
what was wrong."""
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

INCMAP = os.path.abspath(sys.argv[1])
HOSTILE = "<script>alert(1)</script> \"x\\\"; DROP TABLE reports; --"
TOWNS = {"Zapopan": "two", "Tapalpa": "three", "Ocotlán": "four", "Tonalá": "six"}


def check(what, holds, shown=None):
    print(("ok" if holds else "not ok") + f" - {what}", flush=True)
    if not holds and shown is not None:
        print("#", shown)
    check.failed += not holds


check.failed = 0


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def item(town, number=None, name=None):
    text = f"Gunmen killed {number or TOWNS[town]} people in {town}, Jalisco, on Tuesday."
    guid = "" if name == "" else f"<guid>{escaped(name or town)}</guid>"
    return (f"<item><title>Attack in {town}</title>{guid}<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>"
            f"<description>{escaped(text)}</description></item>")


def feed(*items):
    return ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>The Paper</title>' +
            "".join(items) + "</channel></rss>").encode()


class Server(http.server.ThreadingHTTPServer):
    """Answers by `self.answer(handler)`; `self.asked` has time, path and headers of each request."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.answer = [], None
        threading.Thread(target=self.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server_address[1]}/feed"

    def handle_error(self, request, client_address):
        pass  # who asks goes away when it has seen enough


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((time.monotonic(), self.path, dict(self.headers)))
        self.close_connection = True
        self.server.answer(self)

    def log_message(self, format, *args):
        pass

    def say(self, status, body=b"", length=None, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length != 0:
            self.send_header("Content-Length", str(length or len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


def versioned(body, etag):
    """An answer that is not sent to whom has it already."""
    def answer(handler):
        if handler.headers.get("If-None-Match") == etag:
            handler.say(304, ETag=etag)
        else:
            handler.say(200, body, ETag=etag, Last_Modified="Wed, 04 Mar 2026 10:00:00 GMT")
    return answer


def always(*arguments, **headers):
    return lambda handler: handler.say(*arguments, **headers)


class Watch:
    """A watcher; what it says is in the file `log`."""

    def __init__(self, *arguments):
        self.log = open("log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([INCMAP, "watch", "--store", "s.gpkg", "-o", "a.geojson", *arguments],
                                        stderr=self.log)

    def end(self):
        """@return exit code and seconds until it was there"""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(20)
        return code, time.monotonic() - began

    def said(self):
        self.log.flush()
        with open("log", encoding="utf-8") as log:
            return log.read()


def once(*arguments):
    return subprocess.run([INCMAP, "watch", "--store", "s.gpkg", "-o", "a.geojson", "--once", *arguments],
                          stderr=subprocess.PIPE, text=True)


def towns():
    """Where something happened, as the output has it, and how many died."""
    try:
        with open("a.geojson", encoding="utf-8") as file:
            features = json.load(file)["features"]
    except (OSError, ValueError):
        return {}
    return {f["properties"]["location"]: f["properties"]["deaths_best"] for f in features}


def until(holds, seconds=30):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def test_versions(server):
    server.answer = versioned(feed(item("Zapopan"), item("Tapalpa")), '"1"')
    watch = Watch("--feed", server.url, "--every", "1")
    check("two items are two reports", until(lambda: towns() == {"Zapopan": 2, "Tapalpa": 3}), towns())
    check("the version goes back to the server", until(lambda: len(server.asked) >= 3) and
          [a[2].get("If-None-Match") for a in server.asked[:3]] == [None, '"1"', '"1"'] and
          server.asked[1][2].get("If-Modified-Since") == "Wed, 04 Mar 2026 10:00:00 GMT", server.asked)
    check("what has not changed is not written", watch.said().count("written in") == 2, watch.said())
    server.answer = versioned(feed(item("Zapopan", "five"), item("Ocotlán")), '"2"')
    check("an item comes, one changes, one goes and stays",
          until(lambda: towns() == {"Zapopan": 5, "Tapalpa": 3, "Ocotlán": 4}), towns())
    until(lambda: server.asked[-1][2].get("If-None-Match") == '"2"')
    code, seconds = watch.end()
    check("SIGTERM ends it at once", code == 0 and seconds < 0.5, (code, seconds))
    n = len(server.asked)
    again = once("--feed", server.url)
    check("the version is kept over the end", again.returncode == 0 and len(server.asked) == n + 1 and
          server.asked[-1][2].get("If-None-Match") == '"2"' and len(towns()) == 3, again.stderr)
    os.unlink("s.gpkg")
    again = once("--feed", server.url)
    check("but not when the store is another", server.asked[-1][2].get("If-None-Match") is None and
          towns() == {"Zapopan": 5, "Ocotlán": 4}, again.stderr)


def test_as_a_file(server):
    body = feed(item("Zapopan"), item("Tapalpa", name=HOSTILE), item("Ocotlán", name=""),
                "<item><title>" + escaped(HOSTILE) + "</title><description>" + escaped(escaped(HOSTILE)) +
                "</description></item>")
    server.answer = always(200, body)
    with open("feed.xml", "wb") as file:
        file.write(body)
    first = once("--feed", server.url, "-o", "a.csv")
    alone = subprocess.run([INCMAP, "extract", "-q", "feed.xml", "-f", "csv"], stdout=subprocess.PIPE).stdout
    with open("a.csv", "rb") as file:
        check("items tell what they tell in a file", file.read() == alone, first.stderr)
    server.answer = always(200, feed(item("Tonalá"), item("Ocotlán", name="")))
    again = once("--feed", server.url)
    check("an item without a name is known by what it says", "1 added, 0 replaced" in again.stderr, again.stderr)


def test_errors(server):
    server.answer = always(500)
    watch = Watch("--feed", server.url, "--every", "1")
    check("errors are asked for later and later", until(lambda: len(server.asked) >= 3))
    times = [a[0] for a in server.asked]
    gaps = [round(b - a, 1) for a, b in zip(times, times[1:])]
    check("twice as late each time", gaps[0] >= 1 and gaps[1] >= 3 and gaps[1] > gaps[0] + 1, gaps)
    check("and said", "HTTP status 500; next try in 2 s" in watch.said() and "next try in 4 s" in watch.said(),
          watch.said())
    server.answer = always(200, feed(item("Zapopan")))
    check("until it is there", until(lambda: towns() == {"Zapopan": 2}), watch.said())
    n = len(server.asked)
    check("then as often as before", until(lambda: len(server.asked) >= n + 3, 10))
    server.answer = always(503, Retry_After="7")
    check("Retry-After is honoured", until(lambda: "HTTP status 503; next try in 7 s" in watch.said()), watch.said())
    watch.end()


def test_cut(server):
    whole = feed(item("Zapopan"), item("Tapalpa"))
    half = whole[:len(whole) - 90]  # in the midst of the second item
    server.answer = always(200, half, length=len(whole))
    first = once("--feed", server.url)
    check("half a feed by its length", first.returncode == 1 and towns() == {}, first.stderr)
    server.answer = always(200, half, length=0)
    first = once("--feed", server.url)
    check("half a feed by its end", first.returncode == 1 and towns() == {} and "cut off" in first.stderr, first.stderr)
    server.answer = always(200, b"<!DOCTYPE html><html><body>Moved</body></html>")
    first = once("--feed", server.url)
    check("a page is no feed", first.returncode == 1 and "neither RSS nor Atom" in first.stderr, first.stderr)
    server.answer = always(200, whole.replace(b"<title>Attack in Tapalpa</title>", b"<title>A & B</title>"))
    first = once("--feed", server.url)
    check("what is broken in a feed is said, the rest is read", len(towns()) == 2 and ":1: " in first.stderr,
          first.stderr)
    server.answer = always(200, whole + b"<!-- cached -->\n")
    check("a whole one", once("--feed", server.url).returncode == 0 and len(towns()) == 2)


def test_elsewhere(server):
    def answer(handler):
        if handler.path == "/feed":
            handler.say(302, Location="file:///etc/passwd")
        elif handler.path == "/round":
            handler.say(302, Location="/round")
        elif handler.path == "/moved":
            handler.say(301, Location="/here", ETag='"old"')
        else:
            handler.say(200, feed(item("Tonalá")))
    server.answer = answer
    run = once("--feed", server.url)
    check("no file is read for a server", run.returncode == 1 and towns() == {} and "root:" not in run.stderr, run.stderr)
    run = once("--feed", server.url.replace("/feed", "/round"))
    check("nobody is sent round for ever", run.returncode == 1 and len(server.asked) < 9, run.stderr)
    run = once("--feed", server.url.replace("/feed", "/moved"))
    check("another address of the web is asked", run.returncode == 0 and towns() == {"Tonalá": 6}, run.stderr)


def test_large(server):
    def answer(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"<rss>" + b" " * (1 << 20))
    server.answer = answer
    run = once("--feed", server.url)
    check("more than 16 MB are not taken", run.returncode == 1 and "larger than 16777216 bytes" in run.stderr, run.stderr)


def test_limits(server):
    server.answer = always(200, feed(item("Zapopan"), item("Tapalpa", name="t#1").replace("Jalisco", "Ocotlán, Jalisco"),
                                     "<item><guid>deep</guid><a><b/></a><description>x</description></item>"))
    run = once("--feed", server.url, "--max-mentions", "2", "--max-nesting", "4", "-q")
    check("an item with too many places, and one nested too deep, are named, the rest is read", run.returncode == 1 and
          towns() == {"Zapopan": 2} and f"{server.url}#t#1: holds more than 2 place names\n" in run.stderr and
          f"{server.url}:1: elements are nested deeper than 4\n" in run.stderr, (towns(), run.stderr))
    run = once("--feed", server.url, "--max-report", "100", "-q")
    check("a feed that is larger than is wanted", run.returncode == 1 and
          run.stderr == f"incmap: {server.url}: is larger than 100 bytes\n", run.stderr)


def test_silence(server):
    server.answer = lambda handler: time.sleep(30)
    watch = Watch("--feed", server.url)
    until(lambda: server.asked)
    code, seconds = watch.end()
    check("SIGTERM does not wait for a server", code == 0 and seconds < 0.5, (code, seconds))
    run = once("--feed", "http://127.0.0.1:9/")
    check("nobody there", run.returncode == 1 and "127.0.0.1:9" in run.stderr, run.stderr)


def test_with_folder(server):
    other = Server()
    other.answer = always(200, feed(item("Tapalpa")))
    server.answer = versioned(feed(item("Zapopan")), '"1"')
    os.mkdir("in")
    for town in ("Ocotlán", "Tonalá"):
        with open(f"in/{town}.txt", "w", encoding="utf-8") as file:
            file.write(f"date 2026-03-04\nGunmen killed {TOWNS[town]} people in {town}, Jalisco, on Tuesday.\n")
    watch = Watch("in", "--feed", server.url, "--feed", other.url, "--every", "1")
    check("a folder and two feeds", until(lambda: len(towns()) == 4), towns())
    os.unlink("in/Tonalá.txt")
    check("what goes from the folder is taken out, and nothing else",
          until(lambda: towns() == {"Zapopan": 2, "Tapalpa": 3, "Ocotlán": 4}), towns())
    watch.end()
    subprocess.run([INCMAP, "update", "s.gpkg", "in", "--mirror"], check=True)
    kept = subprocess.run([INCMAP, "extract", "--store", "s.gpkg"], stdout=subprocess.PIPE).stdout
    check("nor by update --mirror", kept.count(b'"Feature"') == 3)
    subprocess.run([INCMAP, "update", "s.gpkg", "--withdraw", f"feed:{server.url}#Zapopan"], check=True)
    kept = subprocess.run([INCMAP, "extract", "--store", "s.gpkg"], stdout=subprocess.PIPE).stdout
    check("but when it is withdrawn by its id", kept.count(b'"Feature"') == 2)


def test_no_room(server):
    server.answer = versioned(feed(item("Zapopan")), '"1"')
    os.mkdir("s.gpkg")
    run = once("--feed", server.url)
    check("a store that cannot be written", run.returncode in (3, 4), (run.returncode, run.stderr))
    os.rmdir("s.gpkg")
    run = once("--feed", server.url)
    check("nothing is lost by it", run.returncode == 0 and towns() == {"Zapopan": 2}, run.stderr)


def main():
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]
    for test in (test_versions, test_as_a_file, test_errors, test_cut, test_elsewhere, test_large, test_limits, test_silence,
                 test_with_folder, test_no_room):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            test(Server())
            os.chdir("/")
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
