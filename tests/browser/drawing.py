#!/usr/bin/env python3
"""drawing.py CHROMEDRIVER CHROMIUM DIFFERENCE MADE   our SVG as a browser draws it

Each scene of tests/svg in MADE is its PNG but for antialiasing, and each mark says what it is.
FONTCONFIG_FILE says where our fonts are."""
import base64
import glob
import subprocess
import sys

from webdriver import Browser

SIZE = "const svg = document.documentElement; return [svg.width.baseVal.value, svg.height.baseVal.value]"
# An element has a title when a child of it is one, with words in it.
UNTITLED = """return [...document.querySelectorAll('g.mark')].filter(mark => ![...mark.children].some(
    child => child.localName === 'title' && child.textContent.trim())).length"""


def show_only(browser, width, height):
    """The window is the drawing and no more, at a pixel a pixel."""
    browser.call("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
        "width": int(width), "height": int(height), "deviceScaleFactor": 1, "mobile": False}})


def draw(browser, svg, png):
    browser.call("POST", "/url", {"url": "file://" + svg})
    show_only(browser, *browser.run(SIZE))
    with open(png, "wb") as file:
        file.write(base64.b64decode(browser.call("GET", "/screenshot")))


def main():
    driver, chromium, difference, made = sys.argv[1:]
    scenes = sorted(path[:-4] for path in glob.glob(made + "/*.svg") if not path.endswith(".spoilt.svg"))
    failed = not scenes
    browser = Browser(driver, chromium)
    try:
        for scene in scenes:
            png = scene + ".chromium.png"
            draw(browser, scene + ".svg", png)
            untitled = browser.run(UNTITLED)
            if untitled:
                print(f"{scene}.svg: {untitled} marks without a title")
            same = subprocess.run([difference, scene + ".png", png, scene + ".chromium.differs.png"], check=False)
            failed |= untitled > 0 or same.returncode != 0
    finally:
        browser.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
