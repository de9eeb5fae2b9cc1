"""Slips of the pen are told; usual writing is passed in silence."""

import pytest

from dieuhanh.proof import check, understand
from dieuhanh.proof.reading import read_text


def told(text: str) -> list[tuple[str, str, str]]:
    found = check(understand(read_text(text, "thử")))
    return [
        (one.check, one.place.quote, one.suggestion)
        for one in found
        if one.check.startswith("writing.")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ đạo những những vấn đề mới.", ("writing.doubled", "những những", "những")),
        ("Sau Hội nghị kiểm điểm kiểm điểm năm.", ("writing.doubled", "kiểm điểm kiểm điểm", "kiểm điểm")),
        ("Nhà máy đã được đã đưa vào hoạt động.", ("writing.doubled", "đã được đã", "đã được")),
        ("Vụ cháy làmn 14 người chết, làm hư hỏng nhà.", ("writing.syllable", "làmn", "làm")),
        ("Giải quyết thủ tục (bao gồm công bố.", ("writing.bracket", "(", "")),
        ("Phong trào “Toàn dân đoàn kết năm nay.", ("writing.quote", "“", "")),
        ('Phong trào "Toàn dân đoàn kết năm nay.', ("writing.quote", '"', "")),
        ("So với năm 2022(PCI giảm 08 bậc).", ("writing.space", "2(", "2 (")),
        ("Giảm (PAPI giảm 03 bậc ).", ("writing.space", "c )", "c)")),
        ("Đồng thuận xã hội.Thực hiện tốt.", ("writing.space", ".T", ". T")),
        ("Giai đoạn 2021- 2025 đã qua.", ("writing.space", "- 2", "-2")),
        ("Kinh tế,, xã hội.", ("writing.mark", ",,", ",")),
        ("Tiếp nhận 22 đơn các loại: gồm: khiếu nại.", ("writing.mark", ": gồm:", "")),
    ],
)  # fmt: skip
def test_a_slip_is_told(text, expected):
    assert expected in told(text)


def test_mixed_tone_placement_is_told_once():
    text = "Ủy ban họp. Ủy ban quyết định. Uỷ ban giao việc. Uỷ viên dự. Ủy viên vắng."
    assert told(text) == [("writing.tone", "Uỷ", "")]


@pytest.mark.parametrize(
    "text",
    [
        "Dần dần, luôn luôn và từ từ; cơ quan quan trọng; ngày ngày, đời đời.",
        "Tình hình văn hóa, hộ nghèo,… và nhiều việc...",
        "a) Việc một; 1) việc hai; đ) việc ba (đã xong).",
        "đ) Công bố kết quả.",
        "Gọi “người ‘tốt’ việc tốt” là phong trào.",
        "Họp tại TP.Hà Nội lúc 8:30, xem https://a.vn/b,c và v.v., đạt 1.234,5 tỷ ./.",
        "Đơn vị (theo Nghị định [số 5]) gửi báo cáo.",
    ],
)
def test_usual_writing_is_passed_in_silence(text):
    assert told(text) == []
