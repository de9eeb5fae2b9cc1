"""A real server on a copy of the database, and a real browser."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "dieu-hanh-2024"


def chromium() -> str:
    """The browser that the bootstrap found or brought."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools" / "bootstrap.py")
    bootstrap = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bootstrap)
    return bootstrap.require_browser()


@pytest.fixture(scope="session")
def server(journeys_database):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DIEUHANH_DATABASE": journeys_database,
        "DIEUHANH_VAR": str(settings.VAR_DIR),
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.testing",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
         "--port", str(port), "--blocking-threads", "4", "--log-level", "warning",
         "dieuhanh.config.wsgi:application"],
        env=environment,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/dang-nhap/", timeout=2).read()
                break
            except OSError:
                assert process.poll() is None, "the server ended; see its output above"
                time.sleep(0.2)
        else:
            pytest.fail("the server did not answer within 30 seconds")
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update", "--no-first-run"],
        )  # fmt: skip
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, server: str):
    """``visit("van-thu")`` is a page signed in as that person; options go to the context."""
    contexts = []

    def as_person(username: str, **options: object) -> Page:
        context = browser.new_context(base_url=server, locale="vi-VN", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto("/dang-nhap/")
        page.fill("[name=username]:not([type=hidden])", username)
        page.fill("[name=password]:not([type=hidden])", PASSWORD)
        page.click("form button.btn-primary")
        page.wait_for_url(lambda url: "/dang-nhap/" not in url)
        return page

    yield as_person
    for context in contexts:
        context.close()
