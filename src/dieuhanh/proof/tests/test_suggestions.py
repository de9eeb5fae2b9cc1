"""A suggestion is what may stand in the place of the marked words: put there, it ends the finding."""

import pytest

from dieuhanh.proof.tests import (
    test_checks,
    test_claims,
    test_days_and_instruments,
    test_told_twice,
)
from dieuhanh.proof.tests.telling import found_in

TEXTS = [
    text
    for cases in (test_checks, test_claims, test_days_and_instruments, test_told_twice)
    for text, _id, _quote in cases.FAULTS
]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_suggestion_put_in_place_ends_the_finding(text):
    for one in found_in(text):
        if one.suggestion:
            place = one.place
            mended = text[: place.start] + one.suggestion + text[place.end :]
            again = {(other.check, other.place.start) for other in found_in(mended)}
            assert (one.check, place.start) not in again, f"{one.suggestion!r} for {place.quote!r}"


SUGGESTED = [
    ("Họp vào thứ Hai, ngày 18/6/2024.", "thứ Ba"),
    ("III. KINH TẾ\nNội dung.\nV. VĂN HÓA\nNội dung.\n", "IV."),
    ("a) Một việc.\nc) Việc khác.\n", "b)"),
    ("Chỉ số PCI từ vị trí thứ 30 lên vị trí thứ 21, tăng 8 bậc.", "9 bậc"),
    ("Có bốn chỉ tiêu: (1) Thu ngân sách, (2) Giải ngân, (3) Tiêm chủng.", "ba"),
    ("Tổng chi 15,2 tỷ đồng, gồm: 8,5 tỷ đồng chi thường xuyên; 5,5 tỷ đồng chi đầu tư.", "14,0"),
]


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTED, ids=[one for _t, one in SUGGESTED])
def test_a_suggestion_is_written_as_the_words_it_replaces(text, suggestion):
    assert suggestion in [one.suggestion for one in found_in(text)]
