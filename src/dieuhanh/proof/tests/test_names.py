"""Names in two spellings, and abbreviations explained late or twice."""

from dieuhanh.proof import check, understand
from dieuhanh.proof.reading import read_text


def told(text: str) -> list[tuple[str, str]]:
    found = check(understand(read_text(text, "thử")))
    return [(one.check, one.place.quote) for one in found if one.check.startswith("names.")]


def test_the_rarer_spelling_is_told():
    assert told("Dùng VNeID. Cài VNeID. Tài khoản VneID.") == [("names.variant", "VneID")]
    assert told("Chỉ số PAR INDEX. Tên PAR INDEX. Bậc PAR-Index.") == [
        ("names.variant", "PAR-Index")
    ]


def test_an_abbreviation_before_its_explanation():
    text = "Số TTHC đã xong.\nCải cách thủ tục hành chính (TTHC) được đẩy mạnh.\n"
    assert ("names.early", "TTHC") in told(text)


def test_one_abbreviation_for_two_names():
    text = "Về dịch vụ công (DVC) và đơn vị chức (DVC) năng."
    assert ("names.twice", "DVC") in told(text)


def test_names_in_one_spelling_are_passed_in_silence():
    assert told("Thủ tục hành chính (TTHC) trên VNeID. Có 5 TTHC dùng VNeID, iHaNoi.") == []
