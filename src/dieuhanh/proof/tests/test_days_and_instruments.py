"""Cut-offs, stories, and the numbers of instruments against the calendar."""

import pytest

from dieuhanh.proof.tests.telling import told

HEAD = "Số: 215/BC-UBND An Sơn, ngày 18 tháng 6 năm 2024\nBÁO CÁO\n"
MEETING = "Tại Hội nghị ngày 13/6/2024, Tập thể UBND đã thống nhất thông qua Báo cáo.\n"
DECREES = "Kế hoạch số 95/KH-UBND ngày 20/3/2024 về an toàn; Kế hoạch số 101/KH-UBND ngày 02/4/2024 về y tế; "

FAULTS = [
    (HEAD + "Tính đến ngày 30/6/2024, đã tiếp nhận 512 hồ sơ.", "days.cutoff", "30/6/2024"),
    (HEAD + "Thực hiện Quyết định số 16/QĐ-UBND ngày 15/4/2025 của huyện.", "days.future", "15/4/2025"),
    (HEAD + "Triển khai theo Kế hoạch số 58/KH-UBND ngày 19/3/2025.", "days.future", "19/3/2025"),
    (MEETING + "Kết quả đến ngày 14/6/2024 đã có 686 nhà khởi công.", "days.agreed", "14/6/2024"),
    ("Hội thi khai mạc ngày 12/5/2024, bế mạc ngày 10/5/2024.", "days.story", "10/5/2024"),
    ("Ngày 12/5 khai mạc, ngày 10/5 bế mạc giải.", "days.story", "10/5"),
    ("Công trình khởi công ngày 02/9/2024, hoàn thành ngày 30/4/2024.", "days.story", "30/4/2024"),
    (DECREES + "Kế hoạch số 9999/KH-UBND ngày 05/01/2024 về đất đai.", "citations.series", "05/01/2024"),
    ("Quyết định số 123/QĐ-UBND ngày 02/5/2024 về phê duyệt dự án đường Nguyễn Huệ kéo dài. Theo Quyết định số "
     "123/QĐ-UBND ngày 02/5/2024 về thành lập Hội đồng thi đua khen thưởng, đã họp.", "citations.number", "123/QĐ-UBND"),
    ("Báo cáo theo Kế hoạch số 12/UBND-KH ngày 09/01/2024.", "citations.form", "12/UBND-KH"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id", "quote"), FAULTS, ids=[f"{id}-{q}" for _t, id, q in FAULTS])
def test_a_fault_is_told(text, id, quote):
    assert (id, quote) in told(text)


SILENT = [
    "Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ về phát triển Chính phủ điện tử, định hướng đến năm 2025.",
    HEAD
    + "Tính đến ngày 15/6/2024, đã tiếp nhận 512 hồ sơ; dự kiến tính đến ngày 30/6/2024 là 600 hồ sơ.",
    MEETING + "Kết quả đến ngày 12/6/2024 đã có 686 nhà khởi công.",
    "Hội thi khai mạc ngày 10/5/2024, bế mạc ngày 12/5/2024.",
    "Giải khai mạc ngày 20/12, bế mạc ngày 05/01.",
    DECREES + "Kế hoạch số 108/KH-UBND ngày 05/4/2024 về đất đai.",
    "Kế hoạch số 95/KH-UBND ngày 20/3/2024 của UBND tỉnh; Kế hoạch số 12/KH-UBND ngày 02/4/2024 của UBND huyện.",
    "Kế hoạch số 12/KH-UBND ngày 02/4/2024 về cải cách hành chính; thực hiện Kế hoạch số 12/KH-UBND ngày 02/4/2024.",
]


@pytest.mark.parametrize("text", SILENT, ids=range(len(SILENT)))
def test_what_can_be_is_passed_in_silence(text):
    assert told(text) == []
