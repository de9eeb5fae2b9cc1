"""Cells of a ledger: what each kind shows, and that nothing typed becomes markup."""

import datetime as dt

import pytest

from dieuhanh.kernel.ui.templatetags.ledger import cell

EVIL = "<b>đậm</b>"
ROW = {"url": "/so/1/", "why_id": "vi-sao-1"}
CHIP = {"state": "soon", "words": "còn 2 ngày", "date": dt.date(2024, 6, 20)}


@pytest.mark.parametrize(
    "kind", ["symbol", "title", "unit", "number", "date", "figure", "lock", "text", "lạ"]
)
@pytest.mark.parametrize("url", ["", "/x/"])
def test_every_kind_shows_its_text_escaped(kind, url):
    one = {"kind": kind, "text": EVIL, "sub": EVIL, "title": EVIL, "label": EVIL, "url": url}
    drawn = cell(one, ROW)
    assert "<b>" not in drawn
    assert "&lt;b&gt;đậm" in drawn
    assert drawn.startswith(f'<td class="c-{kind}')


@pytest.mark.parametrize(
    ("one", "part"),
    [
        ({"kind": "title", "text": "Về đất"}, '<a class="plain two" data-open href="/so/1/">'),
        ({"kind": "title", "text": "Về đất", "url": "/khac/"}, 'href="/khac/"'),
        ({"kind": "symbol", "text": "12/KH", "sub": "UBND"}, '<div class="small soft cut" title="UBND">'),
        ({"kind": "due", "due": CHIP, "url": "/vi-sao/"}, 'hx-target="#vi-sao-1"'),
        ({"kind": "due", "due": CHIP}, '<div class="small soft n duedate">20/6</div>'),
        ({"kind": "number", "text": 0}, ' n">0</td>'),
        ({"text": None}, '<td class="c-text"></td>'),
    ],
)  # fmt: skip
def test_what_a_kind_adds(one, part):
    assert part in cell(one, ROW)


def test_no_obligation_leaves_an_empty_cell():
    assert cell({"kind": "due", "due": None}, ROW) == '<td class="c-due"></td>'
