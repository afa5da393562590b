#!/usr/bin/env python3
"""series.py CHROMEDRIVER CHROMIUM INCMAP   the page of `--series` in a browser without a screen

Its pictures are there and have their texts, hostile words stay words. Needs nothing but Python itself."""
import os
import subprocess
import sys
import tempfile

from webdriver import Browser, check, check_log

HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=2">"\'&amp;'
REPORTS = {"a.txt": "date 2026-03-02\nGunmen killed two people in Zapopan, Jalisco, on Sunday.\n",
           "b.txt": "date 2026-03-04\nGunmen killed three people in Tapalpa, Jalisco, on Tuesday.\n"}
NAME = "x:y'\"<&> #?%41.png"


def test_page(browser, path):
    browser.call("POST", "/url", {"url": "file://" + path.replace("%", "%25").replace("#", "%23").replace("?", "%3F")})
    browser.run("for (const i of document.images) i.loading = 'eager'")
    whole = browser.run("return Promise.all([...document.images].map(i => i.decode().then(() => i.naturalWidth)))")
    check("three pictures are shown", whole == [640, 640, 640])
    check("each has its text", browser.run(
        "return [...document.images].every((i, k) => i.alt.includes(`${k + 1} March 2026`))"))
    check("an empty day says so", "no incidents" in browser.run("return document.images[1].alt"))
    check("a heading each", browser.run("return [...document.querySelectorAll('h2')].map(h => h.textContent)") ==
          ["1 March 2026", "2 March 2026", "3 March 2026"])
    check("no text is run", browser.run("return window.pwned === undefined && document.scripts.length === 0"))
    check("but shown as it is", browser.run("return document.querySelector('h1').textContent") == HOSTILE)
    check_log(browser)


def main():
    driver, chromium, incmap = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "in"))
        for name, text in REPORTS.items():
            with open(os.path.join(folder, "in", name), "w", encoding="utf-8") as file:
                file.write(text)
        subprocess.run([os.path.abspath(incmap), "map", "in", "--series", "day", "-o", NAME, "--size", "640x480",
                        "--title", HOSTILE], check=True, cwd=folder)
        browser = Browser(driver, chromium)
        try:
            test_page(browser, os.path.join(folder, NAME.replace(".png", "-index.html")))
        finally:
            browser.close()
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
