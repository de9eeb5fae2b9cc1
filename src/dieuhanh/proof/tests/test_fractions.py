"""A fraction and the per cent near it: which of them belong together."""

import pytest

from dieuhanh.proof import check, understand
from dieuhanh.proof.reading import read_text


def told(text: str) -> list[tuple[str, str]]:
    return [(one.check, one.place.quote) for one in check(understand(read_text(text, "thử")))]


@pytest.mark.parametrize(
    "text",
    [
        "Có 9/13 khoản thu đạt trên 75 % dự toán.",  # each of the nine
        "Có 5/11 xã có tỷ lệ hộ nghèo dưới 3 %.",
        "Tiến độ thấp hơn mức chung tại thời điểm 31/5 (45 %).",  # a day
        "Đưa tổng số xã đạt chuẩn lên 16/19 xã, tương đương 84,2 %.",
        "Đã giải quyết 778/797 kiến nghị, đạt trên 97 %.",
    ],
)
def test_silence(text):
    assert told(text) == []


def test_what_does_not_agree():
    text = "Đưa tổng số xã đạt chuẩn lên 17/19 xã, tương đương 84,2 %."
    assert told(text) == [("ratios.fraction", "84,2")]
