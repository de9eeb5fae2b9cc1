"""Templates: one page, one base, one title; nothing inline; htmx only adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

EXTENDS = re.compile(r"\{% extends [\"']([^\"']+)[\"']")
INCLUDE = re.compile(r"\{% include [\"']([^\"']+)[\"']")
TITLE = re.compile(r"\{% block title %\}(.*?)\{% endblock", re.DOTALL)
#: What a strict content security policy refuses.
INLINE = re.compile(
    r"\s(?:style|on[a-z]+)\s*=|hx-on|<style|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)
#: The report that is carried away as one file holds its style sheet; no page of the site is one.
CARRIED_AWAY = ("render/report.html", "<style")
COMMENT = re.compile(r"\{% comment.*?endcomment %\}|\{#.*?#\}", re.DOTALL)


def _named_in_code(modules) -> str:
    return "\n".join(module.text for module in modules)


def test_every_template_has_a_base_or_is_a_fragment(templates: dict[str, str], modules) -> None:
    included = {name for text in templates.values() for name in INCLUDE.findall(text)}
    code = _named_in_code(modules)
    lost = []
    for name, text in templates.items():
        if EXTENDS.search(text) or "<!doctype" in text.lower():
            continue
        used = name in included or f'"{name}"' in code or f'"{Path(name).name}"' in code
        if not used or re.search(r"<(?:html|body|head)\b", text):
            lost.append(name)
    assert not lost, f"Extend base.html or bare.html, or be included by a page (or go): {lost}"


def test_every_included_and_extended_template_exists(templates: dict[str, str]) -> None:
    missing = {
        f"{name} → {wanted}"
        for name, text in templates.items()
        for wanted in [*EXTENDS.findall(text), *INCLUDE.findall(text)]
        if wanted not in templates
    }
    assert not missing, f"Correct the name, or write the template: {missing}"


def test_every_page_has_a_title(templates: dict[str, str]) -> None:
    bases = {name for text in templates.values() for name in EXTENDS.findall(text)}
    untitled = [
        name
        for name, text in templates.items()
        if name not in bases
        and EXTENDS.search(text)
        and not any(words.strip() for words in TITLE.findall(text))
    ]
    assert not untitled, f"Write {{% block title %}}…{{% endblock title %}} into {untitled}"


def test_nothing_is_inline(templates: dict[str, str]) -> None:
    found = {
        f"{name}: {match.group().strip()}"
        for name, text in templates.items()
        for match in INLINE.finditer(COMMENT.sub("", text))
        if (name, match.group().strip()) != CARRIED_AWAY
    }
    assert not found, (
        "The content security policy refuses inline style, script and handlers. Use a class of "
        f"ui/css or a listener of page.js: {found}"
    )


def test_what_htmx_asks_for_has_a_plain_address_too(templates: dict[str, str]) -> None:
    """A tag with hx-get is a link with href, one with hx-post a form with action or its button."""
    bare = []
    for name, text in templates.items():
        for tag in re.findall(r"<[a-z]+[^<>]*\shx-(?:get|post)=[^<>]*>", text):
            if not re.search(r"\s(?:href|action|formaction)=", tag):
                bare.append(f"{name}: {tag[:80]}")
    assert not bare, f"Without script it must work as a link or a form: {bare}"


class _Asked(HTMLParser):
    """Collects (method, address, plain address) of htmx elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for method in ("get", "post"):
            if address := values.get(f"hx-{method}"):
                plain = values.get("href") or values.get("action") or values.get("formaction") or ""
                self.found.append((method, address, plain))


@pytest.fixture
def pages(db) -> Iterator[str]:
    from dieuhanh.kernel.entries import registry
    from dieuhanh.kernel.entries.models import Entry

    found = ["/", "/tim/?q=vanh+dai", "/chi-tieu/", "/bao-cao/", "/bao-cao/direction/2024-H1/"]
    for register in registry.all_registers():
        found.append(f"/{register.slug}/")
        entry = Entry.objects.filter(register=register.code).first()
        if entry:
            found.append(f"/{register.slug}/{entry.pk}/")
    return iter(found)


def test_every_htmx_address_answers_a_plain_request(pages, sign_in, thanh_tra) -> None:
    client = sign_in(thanh_tra)
    asked = _Asked()
    for page in pages:
        asked.feed(client.get(page).content.decode())
    assert asked.found, "No page asks for a part by htmx any more: remove this test."
    for address in {address for _method, address, plain in asked.found if not plain}:
        pytest.fail(f"{address} has no plain address beside it")
    # One of each kind of address is enough: they differ by the figure or entry they name.
    by_kind = {re.sub(r"\d+|[a-z0-9_]+(?:\.[a-z0-9_]+)+", "…", one[1]): one for one in asked.found}
    for method, address, plain in by_kind.values():
        if method == "get":
            whole = client.get(plain)
            assert whole.status_code == 200, f"{plain} answers {whole.status_code} without htmx"
            assert b"<html" in whole.content, f"{plain} gives a part instead of a page without htmx"
            part = client.get(address, headers={"HX-Request": "true"})
            assert part.status_code == 200, f"{address} answers {part.status_code} to htmx"
            assert b"<html" not in part.content, f"{address} gives a whole page to htmx"
