"""How many of what: Vietnamese counts one and many alike, English does not."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import ngettext_lazy

from dieuhanh.kernel.entries.registry import Register
from dieuhanh.text import numbers

#: What the registers hold, for the catalogue: each with its singular and its plural.
NOUNS = (
    ngettext_lazy("cuộc", "cuộc", 1),
    ngettext_lazy("cuộc họp", "cuộc họp", 1),
    ngettext_lazy("cuộc tiếp", "cuộc tiếp", 1),
    ngettext_lazy("đoàn", "đoàn", 1),
    ngettext_lazy("đơn", "đơn", 1),
    ngettext_lazy("đợt báo cáo", "đợt báo cáo", 1),
    ngettext_lazy("kiến nghị", "kiến nghị", 1),
    ngettext_lazy("lượt", "lượt", 1),
    ngettext_lazy("lượt kiểm điểm", "lượt kiểm điểm", 1),
    ngettext_lazy("nhiệm vụ", "nhiệm vụ", 1),
    ngettext_lazy("nội dung", "nội dung", 1),
    ngettext_lazy("phản ánh, kiến nghị", "phản ánh, kiến nghị", 1),
    ngettext_lazy("quyết định", "quyết định", 1),
    ngettext_lazy("thông tin", "thông tin", 1),
    ngettext_lazy("thủ tục", "thủ tục", 1),
    ngettext_lazy("văn bản", "văn bản", 1),
    ngettext_lazy("vụ", "vụ", 1),
)


def noun(register: Register, count: int) -> str:
    """What ``count`` entries of the register are called."""
    with translation.override("vi"):
        source = str(register.noun)
    told = translation.ngettext(source, source, count)
    return str(register.noun) if told == source else told


def counted(register: Register, count: int) -> str:
    """ "45.449 văn bản"."""
    return f"{numbers.number(count)} {noun(register, count)}"
