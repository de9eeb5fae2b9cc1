"""What holds for every template and style of the look."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string

from dieuhanh.kernel import ui

ROOT = Path(ui.__file__).resolve().parent
SOURCE = ROOT.parents[1]
SHEETS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "static" / "ui" / "css").glob("*.css"))
}
CSS = "\n".join(SHEETS.values())
LONGEST_SHEET = 200
#: Markup that a strict content security policy refuses.
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|hx-on|<style|<script(?![^>]*\ssrc=)|javascript:")
VENDORS = {
    "vendor/be-vietnam-pro/": "@fontsource/be-vietnam-pro",
    "vendor/inter/": "@fontsource/inter",
}


def test_no_template_carries_inline_script_or_style() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {match.group()}"
        for path in SOURCE.rglob("*.html")
        if "render" not in path.parts  # a report that is carried away brings its styles along
        for match in INLINE.finditer(path.read_text(encoding="utf-8"))
    }
    assert not found


def test_the_style_sheets_stay_readable() -> None:
    long = {name: n for name, css in SHEETS.items() if (n := css.count("\n")) > LONGEST_SHEET}
    assert not long, f"Split these by what they dress; the limit is {LONGEST_SHEET} lines: {long}"
    assert "uppercase" not in CSS
    assert CSS.count("{") == CSS.count("}")


def test_colours_stand_in_tokens_only() -> None:
    rules = SHEETS["tokens.css"].split("/* 3 Text")[1] + "".join(
        css for name, css in SHEETS.items() if name not in ("tokens.css", "print.css")
    )
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []


def test_every_font_file_exists() -> None:
    modules = next(p for p in ROOT.parents if (p / "pyproject.toml").exists()) / "node_modules"
    if not modules.exists():
        pytest.skip("node_modules is not installed")
    for address in re.findall(r"url\(\.\./\.\./([^)]+)\)", CSS):
        prefix = next(known for known in VENDORS if address.startswith(known))
        assert (modules / VENDORS[prefix] / address.removeprefix(prefix)).is_file(), address


def tokens(theme: str) -> dict[str, str]:
    block = CSS.split(f'[data-bs-theme="{theme}"] {{', 1)[1].split("\n}", 1)[0]
    return dict(re.findall(r"--dh-([a-z0-9-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "desk", "raised", "hover", "accent-soft"])
def test_text_and_time_are_legible_on_every_ground(theme: str, ground: str) -> None:
    known = tokens(theme)
    words = ["text", "text-2", "text-3", "accent"]
    states = ["open", "soon", "overdue", "done", "late", "paused"]
    weak = {n: contrast(known[n], known[ground]) for n in [*words, *states]}
    assert not {n: round(c, 2) for n, c in weak.items() if c < 4.5}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_controls_have_visible_edges(theme: str) -> None:
    known = tokens(theme)
    assert contrast(known["edge"], known["paper"]) >= 3
    assert contrast(known["accent-fill"], "#fff") >= 4.5


class Entry(forms.Form):
    symbol = forms.CharField(label="Số, ký hiệu", help_text="Ghi đúng như trên văn bản")
    subject = forms.CharField(label="Trích yếu")
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_form_with_two_faults_has_a_summary_that_links_to_the_fields() -> None:
    page = render_to_string("ui/form.html", {"form": Entry({}), "submit_label": "Vào sổ"})
    assert 'href="#id_symbol"' in page
    assert 'href="#id_subject"' in page
    assert "data-focus-first" in page
    assert page.count("(không bắt buộc)") == 1
    assert page.index("id_symbol_helptext") < page.index('id="id_symbol_error"')
    assert page.index('id="id_symbol_error"') < page.index('id="id_symbol"')


def test_a_form_with_one_fault_keeps_what_was_typed_and_has_no_summary() -> None:
    page = render_to_string("ui/form.html", {"form": Entry({"symbol": "218/ĐĐBQH-VP"})})
    assert "218/ĐĐBQH-VP" in page
    assert 'role="alert"' not in page


def test_a_figure_counts_what_the_reader_may_not_open() -> None:
    figure = {
        "label": "Đơn",
        "shown": "22.014",
        "unit": "đơn",
        "facts": [],
        "hidden_count": 4551,
    }
    page = render_to_string("ui/figure_panel.html", {"figure": figure})
    assert "4.551 hồ sơ được đếm nhưng không thuộc quyền xem" in page


def test_an_explanation_longer_than_ten_days_stands_in_weeks() -> None:
    cell = {"weekday": "T5", "day_number": 13, "label": "1"}
    short = render_to_string("ui/why.html", {"why": {"title": "Vì sao?", "cells": [cell] * 10}})
    long = render_to_string("ui/why.html", {"why": {"title": "Vì sao?", "cells": [cell] * 11}})
    assert "days weeks" not in short
    assert "days weeks" in long


def test_a_secret_row_has_a_lock_and_no_link() -> None:
    row = {"cells": [{"kind": "lock", "text": "Văn bản mật."}]}
    page = render_to_string(
        "ui/ledger.html",
        {"columns": [{"label": "Trích yếu"}], "rows": [row], "caption": "Sổ"},
    )
    assert "#lock" in page
    assert "<a " not in page


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_error_pages_need_no_context(name: str) -> None:
    page = render_to_string(name)
    assert "<h1>" in page
    assert 'lang="vi"' in page
