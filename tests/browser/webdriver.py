"""A browser without a screen, by the WebDriver protocol (W3C). Needs nothing but Python itself."""
import json
import socket
import subprocess
import time
import urllib.request


class Browser:
    """A session of chromedriver."""

    def __init__(self, driver, chromium):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.process = subprocess.Popen([driver, f"--port={port}", "--silent"], stdout=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                self.call("GET", "/status")
                break
            except OSError:
                time.sleep(0.1)
        try:
            self.open_session(chromium)
        except OSError:
            self.end()
            raise

    def open_session(self, chromium):
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1600,1000"]
        session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"binary": chromium, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.base += f"/session/{session['sessionId']}"

    def call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def act(self, *actions):
        self.call("POST", "/actions", {"actions": list(actions)})

    def end(self):
        self.process.terminate()
        self.process.wait()

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.end()


def check(what, holds):
    print(("ok" if holds else "not ok") + f" - {what}", flush=True)
    check.failed += not holds


check.failed = 0


def check_log(browser):
    log = [entry for entry in browser.call("POST", "/se/log", {"type": "browser"}) if "favicon" not in entry["message"]]
    check("the browser has nothing to complain about", not log)
    for entry in log:
        print("#", entry["message"])
