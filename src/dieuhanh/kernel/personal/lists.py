"""Lists that a person comes back to: saved under names of one's own, laid out as one likes.

Nothing here is government work, so the journal does not tell of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.personal.models import ListLayout, SavedView

#: Most lists that one person saves of one register.
MOST_VIEWS = 50
LONGEST_NAME = 80
LONGEST_QUERY = 2000


class NotSaved(ValueError):
    """Why a list was not saved, as a sentence for the person."""


@dataclass(frozen=True)
class Layout:
    """How a list is laid out. ``left_out``: None where the person never chose columns."""

    left_out: frozenset[str] | None = None
    dense: bool = False


def views_of(person: Person, address: str) -> list[SavedView]:
    """The lists that ``person`` saved of the one at ``address``, by name."""
    return list(SavedView.objects.filter(person=person, address=address).order_by("name", "pk"))


def layout_of(person: Person, address: str) -> Layout:
    kept = ListLayout.objects.filter(person=person, address=address).first()
    return Layout(frozenset(kept.left_out), kept.dense) if kept else Layout()


def _named(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise NotSaved(_("Xin đặt tên cho danh sách, ví dụ: Quá hạn của đơn vị tôi."))
    if len(name) > LONGEST_NAME:
        raise NotSaved(_("Tên dài quá %(most)s chữ; xin rút ngắn.") % {"most": LONGEST_NAME})
    return name


def save_view(person: Person, *, address: str, name: str, query: str) -> SavedView:
    """Save a list with its filters under a name; the list of that name is replaced.

    Args:
        query: the filters, as the address writes them.

    Raises:
        NotSaved: no name, a name or filters too long, or too many lists.
    """
    name = _named(name)
    if len(query) > LONGEST_QUERY:
        raise NotSaved(_("Điều kiện lọc quá dài nên chưa lưu được; xin bớt chữ cần tìm."))
    kept = SavedView.objects.filter(person=person, address=address)
    if not kept.filter(name=name).exists() and kept.count() >= MOST_VIEWS:
        raise NotSaved(
            _("Mỗi sổ lưu được nhiều nhất %(most)s danh sách; xin xóa bớt trước khi lưu thêm.")
            % {"most": MOST_VIEWS}
        )
    saved, _made = SavedView.objects.update_or_create(
        person=person,
        address=address,
        name=name,
        defaults={"query": query},
        create_defaults={"query": query, "made_at": clock.now()},
    )
    return saved


def rename_view(person: Person, pk: int, *, name: str) -> SavedView | None:
    """Give a saved list another name; None where it is not there any more.

    Raises:
        NotSaved: no name, a name too long, or one that another list has.
    """
    name = _named(name)
    kept = SavedView.objects.filter(person=person, pk=pk).first()
    if kept is None:
        return None
    taken = NotSaved(_("Ông/bà đã có danh sách tên “%(name)s”.") % {"name": name})
    same = SavedView.objects.filter(person=person, address=kept.address, name=name)
    if same.exclude(pk=pk).exists():
        raise taken
    kept.name = name
    try:
        kept.save(update_fields=["name"])
    except IntegrityError:  # by another window, in between
        raise taken from None
    return kept


def overwrite_view(person: Person, pk: int, *, query: str) -> SavedView | None:
    """Save other filters under the name of a saved list; None where it is not there any more.

    Raises:
        NotSaved: the filters are too long.
    """
    kept = SavedView.objects.filter(person=person, pk=pk).first()
    if kept is None:
        return None
    return save_view(person, address=kept.address, name=kept.name, query=query)


def remove_view(person: Person, pk: int) -> str:
    """Throw a saved list away; its name, "" where it was not there any more."""
    kept = SavedView.objects.filter(person=person, pk=pk).first()
    if kept is None:
        return ""
    kept.delete()
    return kept.name


def lay_out(person: Person, *, address: str, left_out: Collection[str], dense: bool) -> None:
    """Keep how a list is laid out.

    Args:
        left_out: keys of the columns that are not shown.
        dense: rows of one line.
    """
    ListLayout.objects.update_or_create(
        person=person, address=address, defaults={"left_out": sorted(left_out), "dense": dense}
    )
