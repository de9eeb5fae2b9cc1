"""What is left, carried over, moved, shared out, named: the arithmetic between sentences' numbers."""

from __future__ import annotations

import pytest

from dieuhanh.proof.tests.telling import found_in, told

RIGHT_AND_WRONG = {
    "sums.left": (
        "Số nhiệm vụ được giao là 118 nhiệm vụ, đã hoàn thành 102 nhiệm vụ, còn 16 nhiệm vụ đang thực hiện.",
        ("còn 16", "còn 15"),
    ),
    "sums.carried": (
        "Bộ phận một cửa tiếp nhận 4.318 hồ sơ, cùng với 126 hồ sơ kỳ trước chuyển sang là 4.444 hồ sơ.",
        ("4.444", "4.434"),
    ),
    "ratios.difference": (
        "Toàn tỉnh có 27 dự án liên kết được phê duyệt, tăng 06 dự án so với cuối năm 2023 (21 dự án).",
        ("tăng 06", "tăng 08"),
    ),
    "ratios.series": (
        "Công nghiệp đạt 3.927,1 tỷ đồng, chiếm 43,8 %; thương mại 2.846,3 tỷ đồng, chiếm 31,8 %; nông nghiệp"
        " 2.184,6 tỷ đồng, chiếm 24,4 %.",
        ("43,8", "48,3"),
    ),
    "sums.shares": (
        "Huyện giải quyết 18.642 hồ sơ; đúng hạn 18.397 hồ sơ (98,7 %), trễ hạn 245 hồ sơ (1,3 %).",
        ("trễ hạn 245", "trễ hạn 254"),
    ),
    "sums.brackets": (
        "Mở 26 lớp cho 748 học viên: 15 lớp nông nghiệp (436 học viên), 11 lớp phi nông nghiệp (312 học viên).",
        ("436", "463"),
    ),
    "counts.named": (
        "Ba xã chưa đạt chuẩn là Sơn Đông, Sơn Tây và Vĩnh Khê, phấn đấu hoàn thành trong năm 2025.",
        ("Ba xã", "Hai xã"),
    ),
    "targets.rank": (
        "Chỉ số cải cách hành chính xếp thứ 4/11 huyện, tăng hai bậc so với năm 2021 (thứ 6).",
        ("thứ 4/11", "thứ 5/11"),
    ),
    "citations.law": (
        "Thực hiện theo Luật Đầu tư công số 39/2019/QH14 ngày 13/6/2019.",
        ("39/2019/QH14", "39/QH14/2019"),
    ),
    "writing.doubled": (
        "Sở đã phân công lãnh đạo phụ trách từng lĩnh vực.",
        ("lãnh đạo phụ", "lãnh đạo đạo phụ"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("check", RIGHT_AND_WRONG)
def test_the_right_sentence_is_left_alone_and_the_wrong_one_told(check: str) -> None:
    sentence, (was, now) = RIGHT_AND_WRONG[check]
    assert was in sentence
    assert not told(sentence), "Nothing is wrong here."
    assert check in {one.check for one in found_in(sentence.replace(was, now))}


def test_days_in_brackets_are_counted() -> None:
    right = "Từ đầu năm xảy ra 03 đợt dông lốc, mưa đá (các ngày 28/3, 17/4 và 09/5)."
    assert not told(right)
    (one,) = found_in(right.replace("17/4 và", "17/4, 25/4 và"))
    assert one.check == "counts.named" and one.suggestion == "04"


@pytest.mark.parametrize(
    "said",
    ["Các cơ quan quan trọng đã họp.", "Cơ quan lãnh đạo đạo đức công vụ.", "Tình hình dần dần ổn định.",
     "Công an an ninh mạng kiểm tra."],
)  # fmt: skip
def test_a_syllable_that_begins_the_next_word_is_no_doubling(said: str) -> None:
    assert not told(said)


def test_the_per_cents_of_a_table_keep_one_rule() -> None:
    table = """
| Nguồn vốn | Kế hoạch | Giải ngân | Tỷ lệ (%) |
|---|---|---|---|
| Ngân sách trung ương | 214,5 | 96,8 | 45,1 |
| Ngân sách tỉnh | 168,0 | 71,4 | 42,5 |
| Chương trình mục tiêu quốc gia | 97,5 | 33,6 | 34,5 |
| Tổng cộng | 480,0 | 201,8 | 42,0 |
"""
    assert not told(table)
    (one,) = found_in(table.replace("42,0", "44,0"))
    assert one.check == "tables.percent" and one.suggestion == "42,0"


def test_a_figure_called_total_is_no_total_row() -> None:
    """Tổng dư nợ: the name of a figure among others."""
    table = """
| Chỉ tiêu | Năm nay | Năm trước |
|---|---|---|
| Nhập khẩu | 11,5 | 14,0 |
| Tổng dư nợ | 5,1 | 3,2 |
| Công nghiệp | 4,7 | 2,1 |
"""
    assert not told(table)


def test_days_are_written_in_one_way() -> None:
    padded = "Các cuộc họp ngày 05/01/2024, ngày 08/4/2024 và ngày 09/5/2024 đã kết luận."
    assert not told(padded)
    assert told(padded.replace("08/4", "8/4")) == [("days.format", "8/4/2024")]
    assert not told(padded.replace("/0", "/").replace(" 0", " ")), "Never so: that is a decision."


REPORT = """
I. Tóm tắt
{summary}
II. Trồng trọt, chăn nuôi
Nội dung về trồng trọt, chăn nuôi của huyện trong kỳ.
III. Giáo dục, y tế
Nội dung về giáo dục, y tế của huyện trong kỳ.
IV. Quốc phòng, an ninh
Nội dung về quốc phòng, an ninh của huyện trong kỳ.
"""


def test_a_part_that_the_summary_forgets_is_told() -> None:
    some = "Trồng trọt và chăn nuôi ổn định, được mùa ở hầu hết các xã trong huyện. " * 3
    more = "Giáo dục, y tế được quan tâm, các trường học và trạm y tế được sửa chữa. " * 3
    last = "Quốc phòng, an ninh được giữ vững."
    whole = REPORT.format(summary=some + more + last)
    assert "headings.summary" not in {one.check for one in found_in(whole)}
    forgot = REPORT.format(summary=some + more)
    assert ("headings.summary", "IV.") in told(forgot)
