"""HTML: the words one sees, a block a line."""

import time
from contextlib import suppress

import pytest

from dieuhanh.proof.reading import Unreadable, read_bytes, read_text
from dieuhanh.proof.reading.source import Cell, Kind

PAGE = """<!DOCTYPE html><html><head><title>Tên trang</title><style>p { a: b }</style></head><body>
<h2>Báo cáo</h2><p>Tổng số 22.014&nbsp;đơn &amp; thư<sup><a href="#fn1">1</a></sup>, trên 5
km<sup>2</sup>.<br>Dòng hai<br>- Một;<br>- Hai</p><script>var a = "<p>mã</p>";</script>
<!-- <p>lời bàn --><table><tr><th>A</th><th colspan="2">B</th></tr>
<tr><td>1</td><td></td><td><p>3</p></td></tr></table><div style="display: none">ẩn</div>a < b
<div class="footnotes"><ol><li id="fn1">Theo Sở Y tế.</li></ol></div></body></html>"""


def test_a_page_is_read_as_it_is_seen():
    source = read_text(PAGE, "a.html")

    assert [(one.kind, one.cell, source.said(one)) for one in source.blocks] == [
        (Kind.HEADING, None, "Báo cáo"),
        (Kind.PARAGRAPH, None, "Tổng số 22.014\xa0đơn & thư1, trên 5 km2. Dòng hai"),
        (Kind.PARAGRAPH, None, "- Một;"),
        (Kind.PARAGRAPH, None, "- Hai"),
        (Kind.CELL, Cell(0, 0, 0), "A"),
        (Kind.CELL, Cell(0, 0, 1), "B"),
        (Kind.CELL, Cell(0, 1, 0), "1"),
        (Kind.CELL, Cell(0, 1, 2), "3"),
        (Kind.PARAGRAPH, None, "a < b"),
        (Kind.NOTE, None, "Theo Sở Y tế."),
    ]
    assert [source.text[at - 3 : end + 1] for at, end in source.note_marks] == ["thư1,"]
    assert next(source.of_kind(Kind.NOTE)).mark == "1"
    assert "mã" not in source.text and "lời bàn" not in source.text and "ẩn" not in source.text


def test_html_is_known_by_what_is_in_it():
    assert read_bytes(PAGE.encode(), "tai-ve").blocks == read_text(PAGE, "a.html").blocks


def test_a_page_of_pictures_only_is_refused():
    with pytest.raises(Unreadable, match="hình ảnh"):
        read_text("<html><body><img src=a></body></html>", "a.html")


@pytest.mark.parametrize(
    "hostile",
    [
        "<!--" * 100_000,
        "<" * 100_000,
        "<a " * 100_000,
        '<a b=">' * 100_000,
        "<div>" * 100_000,
        "<table><tr><td>" * 50_000,
        "&#" + "9" * 5_000 + ";",
        "<p>a" + "<sup>1</sup>" * 50_000,
        "<script>" * 50_000,
        "<a " + "b='" * 50_000 + ">",
    ],
    ids=lambda text: text[:8],
)
def test_time_stays_linear_whatever_the_page_holds(hostile):
    began = time.process_time()
    with suppress(Unreadable):
        read_text(hostile, "a.html")

    assert time.process_time() - began < 5
