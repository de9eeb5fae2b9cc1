"""Each check: a sentence with the fault, told with its arithmetic; the same without it, in silence."""

import pytest

from dieuhanh.proof import check, check_all, understand
from dieuhanh.proof.reading import read_text

DATED = "Tính đến ngày 15/6/2024, các đơn vị đã nộp báo cáo.\n"
TABLE = """| Đơn vị | Tổng số | Đúng hạn | Quá hạn |
|---|---|---|---|
| Xã Đông | 85 | 60 | 25 |
| Xã Đoài | 70 | 50 | 20 |
| Xã Nam | 50 | 45 | 5 |
| Tổng cộng | 205 | 155 | 50 |
"""


def told(text: str) -> list[tuple[str, str]]:
    """(check, quote) of what is found in a text."""
    return [(one.check, one.place.quote) for one in check(understand(read_text(text, "thử")))]


FAULTS = [
    # Sums
    ("Đã họp 482 cuộc, trong đó: 06 phiên tập thể; 477 cuộc do Chủ tịch chủ trì.", "sums.parts", "482"),
    ("Đã giải quyết 1.333 vụ (gồm 853 vụ khiếu nại, 490 vụ tố cáo).", "sums.parts", "1.333"),
    ("Có 272 nhà đã hoàn thành (124 nhà xây mới; 158 nhà sửa chữa).", "sums.parts", "272"),
    ("Tiếp nhận 22.014 đơn các loại, gồm: 5.376 đơn khiếu nại; 4.551 đơn tố cáo và 12.187 đơn kiến nghị.",
     "sums.parts", "22.014"),
    ("Tổng số hồ sơ: 806; số hồ sơ đúng hạn: 803; số hồ sơ quá hạn: 0; số đang xử lý: 0.", "sums.parts", "806"),
    ("Xã có 120 hộ nghèo, cụ thể:\n- Thôn Đông: 50 hộ;\n- Thôn Đoài: 60 hộ.\n", "sums.parts", "120"),
    # Ratios
    ("Đã giải quyết xong 778/797 kiến nghị (đạt 96,7%).", "ratios.fraction", "96,7"),
    ("Đã giao cho 36.557 hộ/55.580 hộ, đạt 65,7%.", "ratios.fraction", "65,7"),
    ("Thụ lý 2.463 vụ; đã giải quyết 1.333 vụ, đạt tỷ lệ 56%.", "ratios.share", "56"),
    ("Tổng chi là 36.417 tỷ đồng, đạt 24,9% dự toán. Ước 6 tháng thực hiện là 47.973 tỷ đồng, đạt 34,0% dự toán.",
     "ratios.plan", "34,0"),
    ("Số vụ tăng từ 120 vụ lên 150 vụ, tăng 20%.", "ratios.growth", "20"),
    ("Tỷ lệ đúng hạn tăng từ 90,5% lên 95,0%, tăng 5,5%.", "ratios.growth", "5,5%"),
    # Days
    ("Kế hoạch ban hành ngày 31/02/2024.", "days.impossible", "31/02/2024"),
    (DATED + "Ủy ban đã ban hành Kế hoạch số 313/KH-UBND ngày 22/12/2024.", "days.future", "22/12/2024"),
    ("Nghị quyết số 40/NQ-HĐND ngày 06/12/2024 về dự toán ngân sách năm 2024.", "days.subject", "06/12/2024"),
    ("Kỷ niệm 75 năm Ngày giải phóng (10/10/1954-10/10/2024).", "days.anniversary", "75"),
    ("Họp vào thứ hai, ngày 18/6/2024.", "days.weekday", "thứ hai"),
    # Citations
    ("Nghị quyết số 02/CP-NQ ngày 05/01/2024 của Chính phủ.", "citations.form", "02/CP-NQ"),
    ("Chỉ thị số 24/CT-TU ngày 07/8/2023 của Thành ủy.", "citations.form", "24/CT-TU"),
    ("Nghị định số 59/NĐ-CP ngày 05/9/2022 của Chính phủ.", "citations.form", "59/NĐ-CP"),
    ("Kế hoạch số 313/CTr-UBND ngày 22/12/2023.", "citations.type", "313/CTr-UBND"),
    ("Quyết định số 16/2021/QĐ-UBND ngày 15/9/2020.", "citations.year", "16/2021/QĐ-UBND"),
    ("Kế hoạch số 42/KH-UBND ngày 31/01/2024.\nTheo Kế hoạch số 42/KH-UBND ngày 30/01/2024 thì đã xong.",
     "citations.days", "30/01/2024"),
    # Counts
    ("Có 04 chỉ tiêu chưa đạt: (1) Thu ngân sách, (2) Giải ngân, (3) Tiêm chủng.", "counts.list", "04"),
    ("Diễn tập ở 04 huyện (Chương Mỹ, Quốc Oai, Thạch Thất).", "counts.list", "04"),
    ("1. Kinh tế\nĐã làm xong việc này.\n3. Văn hóa\nĐã làm xong việc kia.\n", "counts.numbering", "3."),
    # The same thing twice
    ("Các đơn vị đã thực hiện 580 cuộc kiểm tra công vụ đột xuất.\n"
     "Đến nay, các đơn vị đã thực hiện 680 cuộc kiểm tra công vụ đột xuất.\n", "repeats.figure", "680"),
    # Claims
    ("Thu ngân sách vượt kế hoạch, đạt 96,5% kế hoạch năm.", "targets.claim", "96,5%"),
    ("Chỉ số PCI từ vị trí thứ 30 lên vị trí thứ 21, tăng 08 bậc.", "targets.rank", "08 bậc"),
    # Tables
    (TABLE.replace("205", "215"), "tables.column", "215"),
    (TABLE.replace("85 | 60", "95 | 60"), "tables.row", "95"),
    # Numbers as they are written
    ("Nhận 5.280 văn bản.\nGửi 4.120 văn bản.\nLưu 1136 văn bản.\n", "numbers.format", "1136"),
    ("Giải ngân đạt 61.5% kế hoạch.", "numbers.format", "61.5"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id", "quote"), FAULTS, ids=[f"{id}-{q}" for _t, id, q in FAULTS])
def test_a_fault_is_told(text, id, quote):
    assert (id, quote) in told(text), f"{id} should tell of “{quote}” in: {text}"


SILENT = [
    "Đã họp 482 cuộc, trong đó: 05 phiên tập thể thông qua 36 nội dung, công việc; 477 cuộc do Chủ tịch chủ trì.",
    "Thụ lý 2.463 vụ (gồm 1.655 vụ khiếu nại, 808 vụ tố cáo); đã giải quyết 1.333 vụ (gồm 843 vụ khiếu nại, "
    "490 vụ tố cáo), đạt tỷ lệ 54%.",
    "Xử lý 45.449 văn bản, trong đó: 5.280 văn bản Trung ương, 33.813 văn bản địa phương; 1.197 giấy mời...",
    "Nhận 288 văn bản, trong đó gồm 44 Nghị quyết về cơ chế, chính sách.",
    "Ban hành 23 Quyết định (bao gồm: công bố 172 thủ tục, sửa đổi 142 thủ tục).",
    "Tổng thu là 233.175 tỷ đồng, đạt 57,1% dự toán. Ước 6 tháng thực hiện là 252.054 tỷ đồng, đạt 61,7% dự toán.",
    "Kim ngạch xuất khẩu đạt 7,15 tỷ USD, tăng 7,7% (cùng kỳ giảm 0,3%; kế hoạch năm tăng 4-5%).",
    "Có 686/724 nhà khởi công, đạt 94,8% kế hoạch.",
    "Xếp thứ 21/63 tỉnh, thành phố, tăng 09 bậc; đạt 43,96/80 điểm.",
    "Nghị quyết số 24-NQ/TU ngày 27/11/2023; Luật số 77/2015/QH13 ngày 19/6/2015; Văn bản số 1897/KHĐT-THQH.",
    DATED + "Dự kiến ngày 28/6/2024, Thành phố sẽ tổ chức hội nghị.",
    "Nghị quyết số 31/NQ-HĐND ngày 06/12/2023 về Kế hoạch năm 2024; Nghị quyết số 31/NQ-HĐND ngày 10/12/2022.",
    "Kỷ niệm 80 năm Ngày thành lập (22/12/1944 - 22/12/2024), Quốc khánh 02/9.",
    "Diễn tập ở 03 huyện (Chương Mỹ, Quốc Oai, Thạch Thất).",
    "Có 04/08 chỉ tiêu chưa đạt: (1) Tiêm cho trẻ dưới 1 tuổi, (2) Viêm gan, (3) Sởi, (4) Viêm não.",
    "Điều 5. Trả lời trong thời hạn 05 ngày làm việc.\nĐiều 6. Trả lời trong thời hạn 07 ngày làm việc.\n",
    TABLE,
    "Giai đoạn 2021-2025, tầm nhìn đến năm 2050; nhiệm kỳ 2021-2026.",
]


@pytest.mark.parametrize("text", SILENT, ids=range(len(SILENT)))
def test_a_right_text_is_passed_in_silence(text):
    assert told(text) == []


def test_a_note_is_counted_where_the_text_promises():
    text = (
        "Các dự án cấp nước sạch trên địa bàn Thành phố, tập trung kiểm tra tiến độ tại 04 huyện1. Bảo đảm duy trì \n"
        "và vận hành ổn định hệ thống thoát nước hiện có của Thành phố, đầu tư chống úng ngập cục bộ cho một số khu \n"
        "1 Sóc Sơn, Đông Anh, Thường Tín\n"
        " vực nội đô và ven đô theo kế hoạch đã được phê duyệt.\n"
    )
    assert ("counts.notes", "04") in told(text)


def test_a_finding_points_into_the_text_as_read():
    text = "Đã giải   quyết\nxong 778/797 kiến nghị (đạt  96,7%)."
    (one,) = check(understand(read_text(text, "thử")))
    assert text[one.place.start : one.place.end] == "96,7"
    assert (one.place.line, one.suggestion) == (2, "97,6")
    assert one.arithmetic.startswith("778 : 797 × 100 = 97,616")


def test_composed_and_decomposed_letters_say_the_same():
    import unicodedata

    text = "Đã giải quyết 1.333 vụ (gồm 853 vụ khiếu nại, 490 vụ tố cáo)."
    assert told(unicodedata.normalize("NFD", text)) == told(text)


def test_reports_given_together_are_compared():
    said = "Các đơn vị đã thực hiện {} cuộc kiểm tra công vụ đột xuất. Quyết định số 5/QĐ-UBND ngày {}."
    one, other = (
        understand(read_text(said.format(*values), name))
        for name, values in (("a.txt", ("580", "05/01/2024")), ("b.txt", ("581", "06/01/2024")))
    )
    found = {(one.check, one.place.file, one.related[0].file) for one in check_all([one, other])}
    assert found == {("repeats.files", "b.txt", "a.txt"), ("citations.files", "b.txt", "a.txt")}
