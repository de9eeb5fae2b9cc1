"""The cut of tools/assets.py: what is used stays, what nobody names goes, the order is kept."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def assets():
    spec = importlib.util.spec_from_file_location("assets", ROOT / "tools" / "assets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".btn{color:red}", ".btn{color:red}"),
        (".modal{color:red}", ""),
        (".btn,.modal{color:red}", ".btn{color:red}"),
        (".btn:not(.modal){color:red}", ".btn:not(.modal){color:red}"),
        (".btn .modal{color:red}", ""),
        ("input[type=checkbox]{color:red}", "input[type=checkbox]{color:red}"),
        ("[data-bs-theme=dark] .btn{color:red}", ""),
        (
            "@media (min-width:9px){.btn{color:red}.modal{x:y}}",
            "@media (min-width:9px){.btn{color:red}}",
        ),
        ("@media print{.modal{color:red}}", ""),
        (".w-1\\/2{color:red}", ""),
        (
            '.btn{background:url("data:a;b{c}")}.modal{x:y}',
            '.btn{background:url("data:a;b{c}")}',
        ),
        (":root{--a:1px;--b:var(--c);--c:2px}.btn{top:var(--a)}", ":root{--a:1px;}.btn{top:var(--a)}"),
        ("@keyframes spin{to{top:0}}.btn{top:0}", ".btn{top:0}"),
        ("@keyframes spin{to{top:0}}.btn{animation:spin 1s}",) * 2,
    ],
)  # fmt: skip
def test_rules_stay_that_somebody_can_meet(assets, css: str, left: str) -> None:
    assert assets.purge(css, {"btn"}, own="") == left


def test_a_property_that_our_own_sheets_read_stays(assets) -> None:
    assert "--a:1px" in assets.purge(":root{--a:1px}", set(), own="p{top:var(--a)}")


def test_blanks_within_strings_and_sums_stay(assets) -> None:
    css = '/* why */\n.a > b ,\n.c { width: calc(1px + 2px); content: "a  {  b"; }\n'
    assert assets.minify(css) == '.a>b,.c{width: calc(1px + 2px);content: "a  {  b"}'


def test_ten_digits_are_left_of_a_font(assets) -> None:
    from io import BytesIO

    from fontTools.ttLib import TTFont

    whole = ROOT / "node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2"
    left = assets.cut(whole.read_bytes())
    assert set(TTFont(BytesIO(left)).getBestCmap()) == {ord(one) for one in "0123456789"}
    assert len(left) < 3000


def test_all_sheets_and_scripts_are_bundled_in_order(assets) -> None:
    look = assets.look
    sheets = [Path(name).stem for name in look.loose_sheets()]
    lying = {path.stem for path in (look.HERE / "css").glob("*.css")}
    assert sheets[:3] == ["tabler.min", "page", "tokens"]
    assert sheets[-2:] == ["narrow", "print"], "these two undo what stands before them"
    assert set(sheets[2:]) == lying
    assert "ui/theme.js" not in look.loose_scripts(), "it runs before the first paint, by itself"
