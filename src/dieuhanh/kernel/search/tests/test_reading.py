"""What a query is read as: abbreviations, a symbol, a number of a book."""

import pytest

from dieuhanh.kernel.search.marks import mark, snippet
from dieuhanh.kernel.search.reading import MOST_WORDS, read


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("24-CT/TU", "24 ct tu"), ("313/KH-UBND", "313 kh ubnd"), ("313 kh ubnd", "313 kh ubnd"),
        ("số 313/KH-UBND", "313 kh ubnd"), ("218/ĐĐBQH-VP", "218 ddbqh vp"),
        ("16/2021/QĐ-UBND", "16 2021 qd ubnd"), ("22014", ""), ("Vành đai 4", ""), ("", ""),
        ("2024 2025", ""), ("1 2 3 4 5 6 7 8 a", ""), ("12a/QĐ", "12a qd"),
    ],
)  # fmt: skip
def test_symbols(typed, symbol):
    assert " ".join(read(typed).symbol) == symbol


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("22014", ("", 22014, None)), ("22.014", ("", 22014, None)),
        ("văn bản đến 22014", ("van ban den", 22014, None)),
        ("vb đến số 22.014", ("van ban den", 22014, None)),
        ("đơn thư 15/2024", ("don thu", 15, 2024)), ("kế hoạch", None), ("313/KH-UBND", None),
        ("9" * 30, None), ("", None), ("…", None), ("2²", None),
    ],
)  # fmt: skip
def test_numbers(typed, number):
    assert read(typed).number == number


def test_an_abbreviation_and_what_it_stands_for_are_the_same():
    short, long = read("KHĐT"), read("Kế hoạch và Đầu tư")
    assert set(short.groups[0].choices) == set(long.groups[0].choices)
    assert ("uy", "ban", "nhan", "dan") in read("ubnd").groups[0].choices
    assert len(read("QĐ").groups[0].choices) > 1


def test_a_long_query_is_cut_and_says_so():
    asked = read("nước sạch " * 50)
    assert len(asked.tokens) == MOST_WORDS and asked.cut
    assert not read("nước sạch").cut
    assert not read("…, !?") and not read("")


@pytest.mark.parametrize(
    ("text", "typed", "marked", "whole"),
    [
        ("Đường Vành đai 4, vùng Thủ đô", "vanh dai 4", ["Vành đai 4"], True),
        ("UBND quận Long Biên", "ủy ban nhân dân long bien", ["UBND", "Long Biên"], True),
        ("Hoà giải cơ sở", "hòa gi", ["Hoà"], False),
        ("Hoà giải cơ sở", "hòa giả", ["Hoà giải"], True),
        ("Sở Y tế", "giáo dục", [], False),
        ("", "giáo dục", [], False),
        ("<b>Nước</b> & sạch", "nuoc", ["Nước"], True),
    ],
)
def test_marks(text, typed, marked, whole):
    found = mark(text, read(typed))
    assert [piece for piece, on in found.pieces if on] == marked
    assert found.whole is whole
    assert "".join(piece for piece, _on in found.pieces) == text


def test_a_long_text_is_cut_to_the_place():
    found = snippet(mark("chữ " * 60 + "nước sạch" + " chữ" * 60, read("nuoc sach")))
    text = "".join(piece for piece, _on in found)
    assert text.startswith("… chữ") and text.endswith("chữ …") and len(text) < 160
