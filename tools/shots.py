"""Pictures of every page of the tour: both themes, desk and phone, with an index to leaf through.

    make shots                      all of them, two to three minutes; open out/shots/index.html
    make shots ONLY="lanh-dao"      one person's pages
    make shots ONLY="list entry"    pages whose name begins so

Loads the demonstration into an embedded database under var/shots, serves it on a free port of this
machine, signs in as each person of tests/journeys/tour.py and takes everything down again. The
clock of the demonstration stands still, so two runs of the same sources differ nowhere.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from html import escape
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out" / "shots"
VAR = ROOT / "var" / "shots"
SIZES = {"desk": {"width": 1440, "height": 1080}, "phone": {"width": 390, "height": 844}}
THEMES = ("light", "dark")
#: Longer pages are cut: nobody leafs through two thousand rows.
TALLEST = 4000
STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem; background: #eceae4; color: #1d2126; }
h2 { margin: 2.5rem 0 .5rem; } .row { display: flex; gap: 1rem; align-items: flex-start; overflow-x: auto; }
figure { margin: 0; flex: none; } img { display: block; border: 1px solid #b8b5ab; background: #fff; }
.desk img { width: 640px; } .phone img { width: 240px; } figcaption { color: #535a62; } nav a { margin-right: .8em; }
"""
Picture = tuple[str, str, str]  # person, page, file's beginning


def main(arguments: list[str]) -> int:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.settings",
        "DIEUHANH_VAR": str(VAR),
        "DIEUHANH_DATABASE": "shots",
        "DIEUHANH_DEMO": "1",
        "DIEUHANH_NOW": "2024-06-17T08:40",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # the browser driver keeps an event loop
    }
    for name in ("DATABASE_URL", "DATABASE_APP_URL"):
        os.environ.pop(name, None)
    sys.path.insert(0, str(ROOT))
    import django

    from dieuhanh.config import database

    database.start_embedded(VAR)
    django.setup()
    from bench import measuring
    from tests.journeys.tour import TOUR, stops

    try:
        measuring.drop(VAR)
        measuring.load(VAR, 1, lambda words: print(f"  {words}", flush=True))
        wanted = {
            username: [one for one in stops(username) if _asked(username, one[0], arguments)]
            for username in TOUR
        }
        with measuring.serving("dieuhanh.config.wsgi:application") as port:
            taken = take(f"http://127.0.0.1:{port}", wanted)
    finally:
        measuring.drop(VAR)
    (OUT / "index.html").write_text(index(taken), encoding="utf-8")
    print(f"{len(taken)} pages, {len(taken) * 4} pictures: {OUT / 'index.html'}")
    return 0


def _asked(username: str, name: str, only: list[str]) -> bool:
    return not only or username in only or any(name.startswith(one) for one in only)


def take(address: str, wanted: dict[str, list[tuple[str, str]]]) -> list[Picture]:
    """Write PNG files into out/shots. Returns what was taken, in the order of the tour."""
    from playwright.sync_api import sync_playwright

    from dieuhanh.faces.loading.reference import DEMO_PASSWORD

    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    taken: dict[Picture, None] = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=_bootstrap().require_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        for username, pages in wanted.items():
            if not pages:
                continue
            print(f"  {username}: {len(pages)} pages", flush=True)
            context = browser.new_context(
                base_url=address, locale="vi-VN", reduced_motion="reduce"
            )  # fmt: skip
            page = context.new_page()
            page.goto("/dang-nhap/")
            page.fill("[name=username]:not([type=hidden])", username)
            page.fill("[name=password]:not([type=hidden])", DEMO_PASSWORD)
            page.click("form button.btn-primary")
            for name, url in pages:
                file = f"{username}-{name}".replace(":", "-").replace("/", "-")
                for size, viewport in SIZES.items():
                    for theme in THEMES:
                        page.set_viewport_size(viewport)
                        page.emulate_media(color_scheme=theme)
                        page.goto(url)
                        page.evaluate("document.fonts.ready.then(() => 0)")
                        page.wait_for_timeout(150)  # the sprite of icons
                        tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                        page.set_viewport_size(viewport | {"height": max(tall, viewport["height"])})
                        page.screenshot(path=OUT / f"{file}-{size}-{theme}.png")
                taken[username, name, file] = None
            context.close()
        browser.close()
    return list(taken)


def _bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def index(taken: list[Picture]) -> str:
    """One page: for each stop of the tour four pictures beside each other, each opens in full."""
    rows, links = [], []
    for username, name, file in taken:
        figures = "".join(
            f'<figure class="{size}"><a href="{file}-{size}-{theme}.png">'
            f'<img loading="lazy" src="{file}-{size}-{theme}.png" alt=""></a>'
            f"<figcaption>{size}, {theme}</figcaption></figure>"
            for size in SIZES
            for theme in THEMES
        )
        rows.append(
            f'<h2 id="{file}">{escape(username)}: {escape(name)}</h2><div class="row">{figures}</div>'
        )
        links.append(f'<a href="#{file}">{escape(username)}: {escape(name)}</a>')
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Shots</title>'
    return f"{head}<style>{STYLE}</style><h1>Shots</h1><nav>{' '.join(links)}</nav>{''.join(rows)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
