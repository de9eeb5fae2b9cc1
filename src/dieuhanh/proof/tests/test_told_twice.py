"""One thing at two places: another value, no period, an estimate told as reached, another year."""

import pytest

from dieuhanh.proof.tests.telling import told, told_between

TRADE = (
    "- Xuất, nhập khẩu phục hồi: 5 tháng đầu năm 2024, kim ngạch xuất khẩu đạt 7,15 tỷ USD, tăng 7,7% "
    "(cùng kỳ giảm 0,3%).\nĐánh giá chung:\n"
)
REVENUE = "Ước 6 tháng đầu năm, thu nội địa là 252.054 tỷ đồng, đạt 61,7% dự toán, tăng 12,5% so với cùng kỳ.\n"
SUMMARY = "Khái quát chung: thu ngân sách nhà nước ước 6 tháng đầu năm thực hiện là {} tỷ đồng, tăng 9,9%.\n"
PARTS = (
    "Tổng thu ngân sách nhà nước trên địa bàn 5 tháng đầu năm 2024 là 842,6 tỷ đồng, đạt 56,9% dự toán. "
    "Ước 6 tháng đầu năm thực hiện là 973,8 tỷ đồng, tăng 9,9% so với cùng kỳ năm 2023.\n"
)

OVERVIEW = (
    "BÁO CÁO\nKhái quát chung: giải quyết việc làm mới cho {} lao động nông thôn.\nI. KẾT QUẢ\n1. Thu ngân sách đạt khá.\n"
    "2. Lao động nông thôn được giải quyết việc làm mới trong kỳ là 3.268 lao động.\n3. Nội dung khác.\n4. Khác nữa.\n"
)

FAULTS = [
    (OVERVIEW.format("3.368"), "repeats.summary", "3.368"),
    (TRADE + "(2) Kim ngạch tăng cao so với cùng kỳ: xuất khẩu tăng 8,2%.", "repeats.indicator", "8,2%"),
    ("CPI quý II tăng 3,1%.\nGiá cả: chỉ số giá tiêu dùng quý II tăng 3,4%.", "repeats.indicator", "3,4%"),
    (REVENUE + "Cân đối thu chi được bảo đảm (thu tăng 12,5%, đạt 61,7% dự toán).", "repeats.estimate", "12,5%"),
    (REVENUE + "Đã thu nội địa 252.054 tỷ đồng.", "repeats.estimate", "252.054 tỷ đồng"),
    (SUMMARY.format("1.051,8") + PARTS, "repeats.figure", "973,8"),
    ("Chuẩn bị công tác xây dựng Kế hoạch phát triển kinh tế - xã hội năm 2024; Kế hoạch tài chính năm 2025; "
     "Kế hoạch đầu tư công năm 2025.", "years.list", "2024"),
    ("Chỉ số PAR INDEX năm 2023 xếp thứ 03/63, giữ nguyên thứ bậc.\n"
     "Bên cạnh kết quả cải thiện xếp hạng của các chỉ số PAR INDEX, SIPAS, còn hạn chế.", "targets.ranked", "PAR INDEX"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id", "quote"), FAULTS, ids=[f"{id}-{q}" for _t, id, q in FAULTS])
def test_a_fault_is_told(text, id, quote):
    assert (id, quote) in told(text)


SILENT = [
    "Tháng 9/2021, các cơ quan tiếp nhận mới 4.131 hồ sơ. Đã có kết quả trả trước và đúng hạn là 4.157 hồ sơ.\n"
    "Quý III/2021, các cơ quan tiếp nhận mới 14.043 hồ sơ. Đã có kết quả trả trước và đúng hạn là 14.064 hồ sơ.",
    OVERVIEW.format("3.268"),
    TRADE + "(2) 6 tháng đầu năm ước xuất khẩu tăng 8,2%.",
    TRADE + "Mục tiêu năm 2024: xuất khẩu phải tăng 8,2%.",
    "CPI tháng 10 tăng 0,41% so với tháng trước.\nCPI tháng 10 tăng 2,25% so với tháng 12 năm 2016.",
    REVENUE + "Thu nội địa ước 252.054 tỷ đồng.",
    SUMMARY.format("973,8") + PARTS,
    "Thu ngân sách nhà nước là 500 tỷ đồng.\nChi ngân sách nhà nước là 400 tỷ đồng.\n",
    "Thực hiện Kế hoạch số 5 năm 2024; Kế hoạch tài chính năm 2025; Kế hoạch đầu tư công năm 2025.",
    "Chỉ số PCI (năng lực cạnh tranh) năm 2022 tăng 2 bậc.\nChỉ số PCI năm 2023 giảm 8 bậc.",
]


@pytest.mark.parametrize("text", SILENT, ids=range(len(SILENT)))
def test_what_differs_for_a_reason_is_passed_in_silence(text):
    assert told(text) == []


def test_one_sentence_with_two_years_in_two_reports():
    said = (
        "Chuẩn bị văn kiện Đại hội Đảng bộ nhiệm kỳ 2025-2030; công tác xây dựng Kế hoạch phát triển "
        "kinh tế năm {}; Kế hoạch tài chính, ngân sách cho năm sau."
    )
    assert told_between(said.format(2025), said.format(2024)) == [("years.files", "2024")]


def test_growth_of_one_indicator_in_two_reports():
    assert told_between(TRADE, "Kết quả nổi bật: xuất khẩu tăng 8,2%.") == [
        ("repeats.indicator_files", "8,2%")
    ]


def test_one_of_a_thousand_repetitions_is_found_in_time():
    text = "Các đơn vị đã thực hiện 580 cuộc kiểm tra công vụ đột xuất.\n" * 3000
    assert told(text + "Các đơn vị đã thực hiện 680 cuộc kiểm tra công vụ đột xuất.\n") == [
        ("repeats.figure", "680")
    ]
