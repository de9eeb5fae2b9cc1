"""Running prose: sentences that are right, beside the nearest one that is wrong."""

import pytest

from dieuhanh.proof.tests.telling import told

#: (check, right, wrong); an empty wrong one has no neighbour.
PAIRS = [
    # Shares that are of something else than the fraction before them
    ("ratios.fraction", "Quá 2/3 số hộ tham gia, chiếm 71% dân số.", "Có 20/30 hộ tham gia, chiếm 71%."),
    ("ratios.fraction", "Chi trả đợt 2/2024 bằng chuyển khoản, đạt tỷ lệ 64%.", ""),
    ("ratios.fraction", "Tạm dừng từ ngày 12 đến 15/9, chiếm tỷ lệ 20% số chuyến.", ""),
    ("ratios.fraction", "Có 40/48 phiếu tán thành, chiếm 80% tổng số đại biểu.",
     "Có 40/48 phiếu tán thành, chiếm 80%."),
    ("ratios.fraction", "Có 4/9 xã vượt mức, gồm: Sơn Hà (chiếm 3,5%), Đại Lãnh (2,2%).", ""),
    ("ratios.fraction", "Duyệt quy hoạch 1/500, đất ở chiếm tỷ lệ 26% diện tích.", ""),
    ("ratios.fraction", "Thu 6 tháng/2024 ước đạt 146.000 tỷ đồng, bằng 51,6% dự toán.", ""),
    ("ratios.share",
     "Trình độ sơ cấp có 3.900 người (chiếm khoảng 76,4%); trung cấp có 385 người (chiếm khoảng 7,5%).",
     "Tiếp nhận 3.900 hồ sơ; đã giải quyết 3.650 hồ sơ, đạt tỷ lệ 96,4%."),
    # Growth
    ("ratios.growth", "Đoàn từ 10 đến 39 người, giảm 6% giá vé.", "Số vụ tăng từ 100 lên 120 vụ, tăng 30%."),
    ("ratios.growth", "Thưởng bình quân 6,825 triệu đồng, tăng 9,8% so với năm 2023 (6,2 triệu đồng).",
     "Thưởng bình quân 6,825 triệu đồng, tăng 12,8% so với năm 2023 (6,2 triệu đồng)."),
    ("ratios.growth", "Tỷ lệ tăng từ 39,6% lên 46,2%, dư nợ của hợp tác xã tăng 6,4%.",
     "Tỷ lệ tăng từ 39,6% lên 46,2%, tăng 6,4%."),
    ("ratios.change", "Số hộ tăng 400 hộ (4,0%), lên 10.400 hộ.", "Số hộ tăng 400 hộ (4,6%), lên 10.400 hộ."),
    # Wholes and parts
    ("sums.parts", "Thu được hơn 19.000 tỷ đồng (gồm: bán tài sản gần 2.800 tỷ đồng; thu nợ hơn 16.600 tỷ đồng).",
     "Thu được 19.000 tỷ đồng (gồm: bán tài sản 2.800 tỷ đồng; thu nợ 16.600 tỷ đồng)."),
    ("sums.parts", "Kết quả âm 143,9 tỷ đồng, gồm lỗ hoạt động 163,6 tỷ đồng, thu nhập khác 19,7 tỷ đồng.", ""),
    ("sums.parts", "Doanh thu 3.843 tỷ đồng, trong đó miền Nam 2.872 tỷ đồng, trong khi năm trước là 1.597 tỷ đồng.",
     "Doanh thu 3.843 tỷ đồng, trong đó miền Nam 2.872 tỷ đồng, miền Bắc 1.597 tỷ đồng."),
    ("sums.parts", "Có 90 hồ sơ ứng cử. Trong đó có 50 nữ, 23 người trẻ và 45 người ngoài Đảng.", ""),
    ("sums.parts", "Chênh lệch 1.400 tỷ đồng, chủ yếu gồm xây dựng 398 tỷ đồng, giải phóng mặt bằng 667 tỷ đồng.",
     "Chênh lệch 1.400 tỷ đồng, gồm xây dựng 398 tỷ đồng, giải phóng mặt bằng 967 tỷ đồng."),
    ("sums.parts", "Thưởng tổng số 45 triệu đồng, gồm tập thể 20 triệu đồng, mỗi cá nhân 5 triệu đồng.", ""),
    ("sums.parts", "Giá vượt 34 triệu đồng. Cụ thể, mua vào 33,95 triệu đồng và bán ra 34,37 triệu đồng.", ""),
    ("sums.parts", "Nêu 10 việc, gồm: thực hiện Nghị quyết 54; thực hiện 7 chương trình.", ""),
    ("sums.parts", "Có mặt ở 18 tỉnh, gồm 1 hội sở, 26 chi nhánh, 75 phòng giao dịch.", ""),
    ("sums.parts", "Cấp 02 thửa đất, gồm 01 thửa ở đồi, 01 thửa có nhà 03 tầng.", ""),
    ("sums.parts", "Xảy ra 12 vụ (10 người bị thương, 4 xe cháy).", "Nhận 221 đơn (169 khiếu nại, 25 tố cáo)."),
    ("sums.parts", "Nhận 1.536 đơn (tồn đầu kỳ 40 đơn, nhận mới 1.496 đơn).",
     "Nhận 1.536 đơn (tồn đầu kỳ 46 đơn, nhận mới 1.496 đơn)."),
    ("sums.rest", "Đã giải quyết 19/33 vụ việc, 14 vụ việc còn lại đang xem xét.",
     "Đã giải quyết 19/33 vụ việc, 16 vụ việc còn lại đang xem xét."),
    ("sums.rest", "Nhận 1.536 đơn; có 221 đơn thuộc thẩm quyền. Số còn lại 1.315 đơn đã chuyển.",
     "Nhận 1.536 đơn; có 221 đơn thuộc thẩm quyền. Số còn lại 1.351 đơn đã chuyển."),
    ("ratios.apart", "Đã giải quyết 176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn, đạt tỷ lệ 79,64%.",
     "Đã giải quyết 176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn, đạt tỷ lệ 76,94%."),
    ("ratios.difference", "Nhận 1.536 đơn. So với cùng kỳ năm trước tăng 131 đơn (6 tháng đầu năm 2023 có 1.405 đơn).",
     "Nhận 1.536 đơn. So với cùng kỳ năm trước tăng 113 đơn (6 tháng đầu năm 2023 có 1.405 đơn)."),
    ("ratios.differences",
     "Đã tiếp 866 lượt/964 người. So với cùng kỳ giảm 146 lượt, 127 người (năm 2023 tiếp 1.012 lượt/1.091 người).",
     "Đã tiếp 866 lượt/964 người. So với cùng kỳ giảm 164 lượt, 127 người (năm 2023 tiếp 1.012 lượt/1.091 người)."),
    ("ratios.fraction", "Đến hết 22 giờ ngày 22/5 tỷ lệ cử tri đi bầu đạt 98,77%.", ""),
    ("ratios.fraction", "Lũy kế từ 1/1 đến 27/6/2024 thu 143.612 tỷ đồng, bằng 50,75% dự toán.", ""),
    ("ratios.fraction", "Đã ký 8/9 gói thầu, thi công tuyến trên cao đạt 82% khối lượng.", "Đã ký 8/9 gói thầu, đạt 82%."),
    ("ratios.share",
     "Giảm 12.500 người, trong đó có 34.500 người về hưu (chiếm 86%); 29 người đi học (chiếm 0,07%).", ""),
    ("repeats.estimate", "Ước đầu tư 10.000 tỷ đồng.\nDự án 10.000 tỷ đồng đã khởi công.", ""),
    # Said elsewhere, of something else
    ("repeats.figure",
     "Giá bán gạo tẻ thường ở chợ tại Hà Nội là 18,2 nghìn đồng.\nGiá bán gạo tẻ thường ở chợ tại Đà Nẵng là 17,9 nghìn đồng.",
     "Giá bán gạo tẻ thường ở chợ là 18,2 nghìn đồng.\nHôm nay, giá bán gạo tẻ thường ở chợ là 17,9 nghìn đồng."),
    # Days of a text that is not dated
    ("days.future",
     "Số liệu đến ngày 29/5/2015 còn thiếu. Ngày 15/1/2018 đã khởi tố. Ngày 2/4/2019 đã xét xử. Năm 2017 đã tạm dừng; ngày "
     "31/8/2017 đã báo cáo.",
     "Tính đến ngày 15/6/2024 đã xong. Ngày 12/5/2024 đã họp. Ngày 15/3/2025 đã ban hành kế hoạch."),
    # Names and types
    ("counts.named", "Khảo sát tại bốn thành phố lớn là Hà Nội, TP. HCM, Đà Nẵng và Cần Thơ.",
     "Khảo sát tại bốn thành phố lớn là Hà Nội, TP. HCM và Cần Thơ."),
    ("citations.type", "Cục Thuế có công văn số 8079/CT-TTHT ngày 06/3/2024.",
     "Ủy ban có công văn số 12/CT-UBND ngày 06/3/2024."),
    ("headings.count", "Quy chế này gồm 5 điều và các phụ lục.", ""),
    # Words
    ("writing.doubled", "Xử phạt các hành vi vi phạm.", "Xử phạt các hành vi vi vi phạm."),
    ("writing.doubled", "Trụ sở sở Xây dựng mở cửa.", "Trụ sở của của Sở Xây dựng mở cửa."),
    ("writing.doubled", "Phương án còn nêu chung chung.", "Phương án án còn nêu chung."),
    ("writing.syllable", "Đổ bêtông 4 hécta, rộng 12,5 km², chở bằng ôtô.", "Đổ bếtông cho đườngg mới."),
    ("writing.quote", "Ông nói: “Việc này khó.\nChúng tôi sẽ làm”.", "Ông nói: “Việc này khó. Chúng tôi sẽ làm."),
    ("writing.quote", 'Ông nói: "Việc này khó.\nChúng tôi sẽ làm".', 'Ông nói: "Việc này khó. Chúng tôi sẽ làm.'),
]  # fmt: skip


@pytest.mark.parametrize(("check", "right", "wrong"), PAIRS, ids=range(len(PAIRS)))
def test_what_is_right_is_passed_in_silence_and_its_neighbour_told(check, right, wrong):
    assert check not in {one for one, _words in told(right)}, right
    if wrong:
        assert check in {one for one, _words in told(wrong)}, wrong
