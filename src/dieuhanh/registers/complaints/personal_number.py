"""Personal numbers: twelve digits (số định danh cá nhân), or nine of the old card (CMND).

Twelve digits are: three of the province, city or country where the birth was registered, one of
century and sex, two of the year of birth, six random ones. There is no check digit; the province
is neither the place of residence nor renamed by later mergers, and the number may be issued anew
(DD-01…DD-05): it is no key of a person.

Law: Nghị định 137/2015/NĐ-CP, Điều 13; Thông tư 59/2021/TT-BCA, Điều 4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

LENGTH, OLD_LENGTH = 12, 9
#: The first century that a century digit stands for: 0 and 1 mean births of 1900 to 1999.
FIRST_CENTURY = 1900
#: What people write between groups of digits.
_BETWEEN = re.compile(r"[\s.\-‐-―]")


@dataclass(frozen=True)
class PersonalNumber:
    """A number as it is kept, with what its structure says; an old one says nothing.

    Attributes:
        digits: twelve or nine.
        place: the first three of twelve: province or country of the registration of birth.
        sex: "male" or "female".
        birth_year: four digits.
    """

    digits: str
    place: str = ""
    sex: str = ""
    birth_year: int | None = None

    def __str__(self) -> str:
        return self.digits

    def __repr__(self) -> str:  # a number must not come into a log by a trace
        return "<PersonalNumber …>"

    @property
    def old(self) -> bool:
        return len(self.digits) == OLD_LENGTH


def parse_personal_number(text: str) -> PersonalNumber:
    """The number in ``text``; spaces, dots and hyphens between digits are skipped.

    Raises:
        ValueError: it cannot be one; the sentence does not repeat what was typed.
    """
    digits = _BETWEEN.sub("", text)
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValueError(_("Số định danh cá nhân chỉ gồm chữ số."))
    if len(digits) == OLD_LENGTH:
        if not int(digits):
            raise ValueError(_("Số chứng minh nhân dân không thể gồm toàn số 0."))
        return PersonalNumber(digits)
    if len(digits) != LENGTH:
        raise ValueError(
            _("Số định danh cá nhân có 12 chữ số (chứng minh nhân dân cũ có 9); ở đây có %(n)s.")
            % {"n": len(digits)}
        )
    place, century, year = digits[:3], int(digits[3]), int(digits[4:6])
    if place == "000":
        raise ValueError(_("Ba chữ số đầu là mã tỉnh hoặc mã nước, không thể là 000."))
    return PersonalNumber(
        digits,
        place=place,
        sex="female" if century % 2 else "male",
        birth_year=FIRST_CENTURY + century // 2 * 100 + year,
    )
