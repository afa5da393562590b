#!/usr/bin/env python3
"""page.py CHROMEDRIVER CHROMIUM INCMAP   the page of `-o map.html` in a browser without a screen

Moves, filters and reads it as a reader would, and looks whether hostile texts
stay texts. Needs nothing but Python itself."""
import json
import os
import subprocess
import sys
import tempfile
import time

from webdriver import Browser, check, check_log

HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=2">"\'&amp;]]>'
RECORDS = [
    dict(id="first", type="attack", date_start="2026-02-20", location="Tapalpa", latitude=19.95, longitude=-103.76,
         deaths_best=3, notes="“Three were killed in Tapalpa.”"),
    dict(id="second", type="roadblock", date_start="2026-02-22", location="Zamora", latitude=19.98,
         longitude=-102.28, notes="“A road was blocked near Zamora.”"),
    dict(id="third", type="roadblock", date_start="2026-02-24", location=HOSTILE, latitude=20.67,
         longitude=-103.35, source=HOSTILE, notes="“" + HOSTILE + "”"),
]


def pointer(*steps):
    return {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": list(steps)}


def move(x, y):
    return {"type": "pointerMove", "x": int(x), "y": int(y), "duration": 0}


DOWN, UP = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}


def centre(browser, selector):
    return browser.run(f"const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
                       "return [r.x + r.width / 2, r.y + r.height / 2];")


def visible(browser):
    return browser.run("return [...document.querySelectorAll('ol.incidents > li')].filter(r => !r.hidden).length")


def transform(browser):
    return browser.run("return document.querySelector('#marks > g').getAttribute('transform')")


def fill(browser, name, value):
    browser.run(f"const form = document.getElementById('filters'); form.elements.{name}.value = '{value}';"
                "form.dispatchEvent(new Event('input'))")


def width_of_mark(browser):
    time.sleep(0.3)
    return browser.run("return document.querySelector('g.mark').getBoundingClientRect().width")


def test_page(browser, path):
    browser.call("POST", "/url", {"url": "file://" + path})
    check("three incidents are listed and drawn", visible(browser) == 3 and
          browser.run("return document.querySelectorAll('g.mark').length") == 3)
    home = transform(browser)

    x, y = centre(browser, "#zoom-in")
    browser.act(pointer(move(x, y), DOWN, UP))
    magnified = transform(browser)
    check("a button magnifies", "scale(1.5)" in magnified and magnified != home)
    before = width_of_mark(browser)
    x, y = centre(browser, ".map > svg")
    browser.act(pointer(move(x, y), DOWN, move(x + 60, y + 40), move(x + 90, y + 60), UP))
    check("dragging moves the map", transform(browser) != magnified and "scale(1.5)" in transform(browser))
    browser.act({"type": "wheel", "id": "wheel", "actions": [
        {"type": "scroll", "x": int(x), "y": int(y), "deltaX": 0, "deltaY": -300}]})
    check("the wheel magnifies", browser.run("return +getComputedStyle(document.querySelector('.map > svg'))"
                                             ".getPropertyValue('--zoom')") > 2)
    after = width_of_mark(browser)
    check("marks keep their size", abs(before - after) < 1)
    if abs(before - after) >= 1:
        print("#", before, after)
    browser.run("document.querySelector('.map > svg').focus()")
    browser.act({"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": "0"},
                                                          {"type": "keyUp", "value": "0"}]})
    check("the key 0 shows all again", transform(browser) == home)

    x, y = centre(browser, "g.mark.attack")
    browser.act(pointer(move(x, y), DOWN, UP))
    picked = browser.run("return [...document.querySelectorAll('li.picked')].map(r => r.textContent).join()")
    check("a click on a mark shows its sentence", "Three were killed in Tapalpa." in picked)
    check("and the row has the focus", browser.run("return document.activeElement.closest('li.picked') !== null"))
    browser.run("document.getElementById('second').focus()")
    browser.act({"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": "\ue007"},
                                                          {"type": "keyUp", "value": "\ue007"}]})
    picked = browser.run("return [...document.querySelectorAll('li.picked')].map(r => r.textContent).join()")
    check("Enter on a mark does the same", "blocked near Zamora" in picked and "Tapalpa" not in picked)

    browser.run("document.querySelector('input[value=roadblock]').click()")
    check("a type can be left out", visible(browser) == 1 and browser.run(
        "return getComputedStyle(document.getElementById('second')).display") == "none")
    check("how many is told", "1 of 3" in browser.run("return document.getElementById('count').textContent"))
    browser.run("document.querySelector('input[value=roadblock]').click()")
    fill(browser, "from", "2026-02-21")
    check("a first day", visible(browser) == 2)
    fill(browser, "to", "2026-02-23")
    check("a last day", visible(browser) == 1)
    fill(browser, "from", "")
    fill(browser, "to", "")
    fill(browser, "words", "zamora")
    check("words", visible(browser) == 1)
    fill(browser, "words", "")
    check("and all again", visible(browser) == 3)


def test_harm(browser):
    time.sleep(0.2)
    check("no text of a report is run", browser.run("return window.pwned === undefined"))
    check("nor made an element", browser.run("return document.querySelectorAll('img').length") == 0 and
          browser.run("return document.scripts.length") == 1)
    check("but shown as it is", HOSTILE in browser.run(
        "return [...document.querySelectorAll('blockquote')].map(q => q.textContent).join()"))
    check_log(browser)


def main():
    driver, chromium, incmap = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        source, page = os.path.join(folder, "in.geojson"), os.path.join(folder, "map.html")
        features = [dict(type="Feature", properties=r,
                         geometry=dict(type="Point", coordinates=[r["longitude"], r["latitude"]])) for r in RECORDS]
        with open(source, "w", encoding="utf-8") as file:
            json.dump(dict(type="FeatureCollection", features=features), file)
        subprocess.run([incmap, "render", source, "-o", page], check=True)
        browser = Browser(driver, chromium)
        try:
            test_page(browser, page)
            test_harm(browser)
        finally:
            browser.close()
    return 1 if check.failed else 0


if __name__ == "__main__":
    sys.exit(main())
