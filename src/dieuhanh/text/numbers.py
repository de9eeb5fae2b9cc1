"""Numbers as a Vietnamese report prints them: 22.014 and 97,6 % (X-03).

Rounding is half-up: what half a unit or more is left goes away from zero. ``decimals`` is always
the number of digits after the comma, and all of them are printed. Unknown (None) is printed as
unknown, never as 0.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

Figure = Decimal | int | float

UNKNOWN = "chưa có số liệu"
NO_BREAK_SPACE = "\u00a0"
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_PRINTED = re.compile(r"[-−]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")


def number(value: Figure | None, decimals: int = 0) -> str:
    """22.014; 97,6; -6,2.

    Raises:
        ValueError: ``value`` is not finite, or ``decimals`` is negative.
    """
    if value is None:
        return UNKNOWN
    text = f"{rounded(value, decimals):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: Figure | None, decimals: int = 1) -> str:
    """97,6 % with a no-break space; ``value`` is already in percent (97.6, not 0.976)."""
    return _with_unit(number(value, decimals), "%") if value is not None else UNKNOWN


def pad(value: int | None) -> str:
    """A count in running text, 01 to 09 padded with 0: 05 phiên họp, 482 cuộc họp, 22.014 đơn."""
    if value is None:
        return UNKNOWN
    return f"{value:02d}" if 0 < value < 10 else number(value)


def change(value: Figure | None, decimals: int = 1, unit: str = "%") -> str:
    """A change against the same period of last year: tăng 12,3 %; giảm 2 %; bằng cùng kỳ.

    A change too small to show at ``decimals`` is not called equal: tương đương cùng kỳ.

    Args:
        value: the change in ``unit``; above zero is an increase.
    """
    if value is None:
        return UNKNOWN
    if not value:
        return "bằng cùng kỳ"
    shift = rounded(value, decimals)
    if not shift:
        return "tương đương cùng kỳ"
    verb = "tăng" if shift > 0 else "giảm"
    return f"{verb} {_with_unit(number(abs(shift), decimals), unit)}"


def signed(value: Figure, decimals: int = 0) -> str:
    """A difference with its sign: +12, −3,5; 0 has none."""
    if rounded(value, decimals) == 0:
        return number(0, decimals)
    sign = "+" if value > 0 else "−"
    return sign + number(abs(rounded(value, decimals)), decimals)


def points(value: Figure | None, decimals: int = 1) -> str:
    """A difference between two rates (KT-03): giảm 6,2 điểm %, never "giảm 6,2 %"."""
    return change(value, decimals, unit=f"điểm{NO_BREAK_SPACE}%")


def places(value: int | None) -> str:
    """A move in a ranking: tăng 9 bậc; giảm 3 bậc; giữ nguyên thứ bậc.

    Args:
        value: places won; from rank 24 to rank 15 is 9.
    """
    if value is None:
        return UNKNOWN
    if value == 0:
        return "giữ nguyên thứ bậc"
    return f"{'tăng' if value > 0 else 'giảm'} {number(abs(value))} bậc"


def parse_number(text: str) -> Decimal:
    """Read 22.014,5 as a Vietnamese number; 22014,5 and 97,6 are read too.

    A dot must part thousands: 97.6 is refused, because it is not known what was meant.

    Raises:
        ValueError: not a number in this form; the message is Vietnamese.
    """
    cleaned = text.strip()
    if not _PRINTED.fullmatch(cleaned):
        raise ValueError(
            f"Không đọc được số “{cleaned}”; dùng dấu chấm ngăn hàng nghìn, dấu phẩy thập phân, "
            "ví dụ 1.234 hoặc 1,5."
        )
    return Decimal(cleaned.replace(".", "").replace(",", ".").replace("−", "-"))


def rounded(value: Figure, decimals: int) -> Decimal:
    if decimals < 0:
        raise ValueError("decimals must not be negative")
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError("a figure must be finite")
    nearest = exact.quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
    return nearest if nearest else abs(nearest)  # no "-0"


def _with_unit(printed: str, unit: str) -> str:
    return f"{printed}{NO_BREAK_SPACE}{unit}" if unit else printed
