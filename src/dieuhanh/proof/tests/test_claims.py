"""What a text claims of its targets, parts and headings, and how it writes."""

import pytest

from dieuhanh.proof.tests.telling import told

ARTICLES = "".join(
    f"Điều {n}. Về việc thứ {n} của quy chế\nNội dung của điều này.\n" for n in range(1, 5)
)
GOOD = (
    "Kinh tế của huyện tăng trưởng ổn định trong cả kỳ, các lĩnh vực khác cùng phát triển đồng đều. "
    * 5
)

FAULTS = [
    # Targets
    ("Giải ngân đạt 92,3% kế hoạch, hoàn thành chỉ tiêu.", "targets.claim", "92,3%"),
    ("Tỷ lệ hồ sơ trực tuyến đạt 89%, đạt chỉ tiêu đề ra (90%).", "targets.missed", "89%"),
    ("Tỷ lệ hồ sơ trực tuyến là 89%, cao hơn mục tiêu 90%.", "targets.missed", "89%"),
    ("Tỷ lệ lạm phát là 3,4%, đạt mục tiêu (dưới 3%).", "targets.missed", "3,4%"),
    # Parts and plans
    ("Đã tiếp nhận 120 hồ sơ, trong đó có 160 hồ sơ trực tuyến.", "sums.larger", "160"),
    ("Nhận 7.014 đơn, gồm: 2.376 đơn khiếu nại; 2.376 đơn tố cáo và 2.187 đơn kiến nghị.", "sums.copied", "2.376"),
    ("Kế hoạch vốn năm 2024 của huyện là 612 tỷ đồng. Đã giải ngân 257 tỷ đồng, đạt 40,2% kế hoạch.",
     "ratios.announced", "40,2"),
    ("Tổ chức 184 cuộc họp, gồm: 12 phiên họp và 172 cuộc họp chuyên đề; giảm 11,8% so với năm 2023 (213 cuộc họp).",
     "ratios.growth", "11,8"),
    ("Xảy ra 832 vụ, làm chết 448 người, bị thương 619 người. So với tháng trước, tăng 19 vụ (+2,34%); giảm 11 người "
     "chết (-4,20%); tăng 43 người bị thương (+7,47%).", "ratios.change", "4,20"),
    # Promises
    ("II. KẾT QUẢ, HẠN CHẾ VÀ NGUYÊN NHÂN\n" + GOOD + "\nIII. NHIỆM VỤ\nLàm tốt.", "headings.promise", "NGUYÊN NHÂN"),
    ("Quy chế này gồm 6 điều.\n" + ARTICLES, "headings.count", "6"),
    # Abbreviations
    ("Thu NSNN tăng.\nThu NSNN trên địa bàn đạt khá.", "names.unexplained", "NSNN"),
    ("Phần mềm eCabinet tốt.\nDùng eCabinet.\nMở rộng ecabinet.", "names.variant", "ecabinet"),
    # Writing
    ("Đấu giá đất thu khoảng 5.158,87 tỷ đồng.", "numbers.rough", "khoảng 5.158,87"),
    ("Đảng bộ khóa XVII; Thành ủy khóa XVII.\nĐại hội khóa 18 của Đảng bộ.", "numbers.session", "18"),
    ("Quy hoạch tầm nhìn đến năm 2050.\nĐồ án tầm nhìn đến 2065.", "numbers.vision", "tầm nhìn đến 2065"),
    ("Tăng 2,1% so với cùng kỳ 6.280 ha), gồm lúa và ngô.", "writing.bracket", ")"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id", "quote"), FAULTS, ids=[f"{id}-{q}" for _t, id, q in FAULTS])
def test_a_fault_is_told(text, id, quote):
    assert (id, quote) in told(text)


SILENT = [
    "Số hồ sơ được giải quyết là 1.456/1.625, trong đó đúng hạn 1.447 hồ sơ (tỷ lệ 99,4%).",
    "Tiếp nhận mới 19.630 hồ sơ, trả đúng hạn 19.255 hồ sơ (đạt 96,55%), đến hạn giải quyết 19.944 hồ sơ.",
    "Tổng số 63 người, trong đó: HĐ 68 là 04, hợp đồng ngắn hạn 01.",
    "Có 19 xã đạt chuẩn, trong đó 18 xã đã được công nhận; có 06 xã đạt từ 15 tiêu chí, 29 xã đạt từ 10 tiêu chí.",
    "Xảy ra 832 vụ, làm chết 448 người, bị thương 619 người. So với tháng trước, tăng 19 vụ (+2,34%); giảm 11 người "
    "chết (-2,40%); tăng 43 người bị thương (+7,47%).",
    "Xử phạt 590,49 tỷ đồng. So với tháng trước, số tiền phạt giảm 41 tỷ đồng (-6,53%).",
    'Phê duyệt "Chương trình chuyển đổi số đến năm 2025, định hướng đến năm 2030";',
    "Tỷ lệ hộ nghèo còn 2,4%, vượt mục tiêu (3%).",
    "Phấn đấu hoàn thành chỉ tiêu, đạt 95% kế hoạch.",
    "Chỉ số giá tăng 3,4%, thấp hơn mục tiêu (dưới 4%).",
    "Có 100 hộ, gồm: 60 hộ nghèo, 50 hộ cận nghèo (có thể trùng nhau).",
    "Xuất siêu 2,5 tỷ USD, trong đó khu vực FDI xuất siêu 12,7 tỷ USD, khu vực trong nước nhập siêu 10,2 tỷ USD.",
    "Thu 973,8 tỷ đồng, bao gồm: thu thuế, phí 412,5 tỷ đồng; thu tiền đất 438,9 tỷ đồng; thu khác 122,4 tỷ đồng.",
    "Nhận 4.752 đơn, gồm: 2.376 đơn khiếu nại và 2.376 đơn tố cáo.",
    "Kế hoạch vốn năm 2024 của huyện là 612 tỷ đồng. Đã giải ngân 257 tỷ đồng, đạt 42,0% kế hoạch.",
    "Quy chế này gồm 4 điều.\n" + ARTICLES,
    "Thu ngân sách nhà nước (NSNN) tăng.\nThu NSNN đạt khá.\nThu NSNN vượt.",
    "Chỉ số PAR INDEX tăng.\nChỉ số PAR INDEX đạt khá.",
    "Thu khoảng 5.159 tỷ đồng; năng suất khoảng 5,25 tấn.",
    "Theo quy định tại điểm a) và khoản 2) của Quy chế.",
]


@pytest.mark.parametrize("text", SILENT, ids=range(len(SILENT)))
def test_a_right_text_is_passed_in_silence(text):
    assert told(text) == []


BARS = """Phân bổ kinh phí như sau:

| STT | Nhiệm vụ | Quý I | Quý II | Cả năm |
| 1 | Hạ tầng số | 3,4 | 4,1 | 7,5 |
| 2 | Dữ liệu số | 2,6 | 3,2 | 5,8 |
| | Tổng cộng | 6,0 | 7,3 | {} |
"""


def test_a_table_between_bars_needs_no_line_under_its_head():
    assert told(BARS.format("13,3")) == []
    assert told(BARS.format("15,3")) == [("tables.column", "15,3")]


def test_a_lost_bracket_makes_no_sum_an_error():
    from dieuhanh.proof.tests.telling import found_in

    text = "Tiếp 2.318 lượt, tăng 8,3% so với cùng kỳ 2.140 lượt), gồm: 846 lượt ở huyện; 1.472 lượt ở xã."
    assert all(str(one.severity) != "error" for one in found_in(text))


def test_a_slip_of_numbering_is_told_once():
    text = "Tập trung ba nhiệm vụ sau:\n1. Một việc phải làm.\n2. Hai việc phải làm.\n4. Ba việc phải làm.\n"
    assert told(text) == [("counts.numbering", "4.")]
