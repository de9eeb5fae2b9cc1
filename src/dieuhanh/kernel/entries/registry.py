"""What the kernel must know of a register: one descriptor each, handed over in `AppConfig.ready()`.

This is the only registry of its kind. Pages, API, import, export and search read it, so that a
register writes no list page of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import WrongState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from dieuhanh.kernel.entries.models import Entry
    from dieuhanh.kernel.identity.models import Person

    Words = str | _StrPromise


# What may be done with entries, beside each register's own verbs (`Verb`). Who may: `Register.roles`.
READ = "read"
EXPORT = "export"
READ_GUARDED = "read_guarded"
ENTER = "enter"
CHANGE = "change"


class Scope(StrEnum):
    ALL = "all"
    UNIT = "unit"  # entries of the person's own units


@dataclass(frozen=True)
class Column:
    """A column of list and export. ``read`` takes the register's row and gives text or a date.

    Pages, exports and the API ask `policies.reading` for it, never ``read`` itself.

    Attributes:
        personal: a citizen's own data, for those who work on the entry; others read "…".
        other: the other entry of which this column speaks; whoever may not open that one reads
            nothing here.
    """

    key: str
    label: Words
    read: Callable[[Any], Any]
    sub: Callable[[Any], Any] | None = None
    numeric: bool = False
    width: str = ""
    personal: bool = False
    other: Callable[[Any], Entry | None] | None = None

    def __post_init__(self) -> None:
        if self.personal and self.sub:
            raise ValueError(f"column {self.key}: a personal column has no second line")


@dataclass(frozen=True)
class Related:
    """Entries of a register that belong to one of this register, shown on its page.

    ``field`` is the foreign key in the other register's table: items of a session.
    """

    label: Words
    register: str
    field: str


@dataclass(frozen=True)
class Verb:
    """Something that can be done with an entry, as a page with one form.

    ``act`` is the register's action: ``act(entry_id, actor=…, **cleaned_data)``.
    ``applies`` tells from the row whether it is possible in its present state. Pages and the API
    ask for `refusal` before they show the form, and `perform` what was sent, never ``act`` itself.
    """

    name: str
    slug: str
    label: Words
    icon: str
    form: type[forms.Form]
    act: Callable[..., Any]
    applies: Callable[[Any], bool]
    consequence: Words = ""

    def refusal(self, row: Any) -> WrongState | None:
        """What to tell where the entry, as it stands, does not allow it."""
        if self.applies(row):
            return None
        return WrongState(
            _("Không thể “%(verb)s”: tình trạng hiện nay của mục này không cho phép.")
            % {"verb": self.label}
        )

    def perform(self, row: Any, *, actor: Person, **data: Any) -> Any:
        """Do it. What the action says when it refuses goes first: it says more.

        Raises:
            Refusal: the action refused.
            WrongState: it was done where it does not apply; nothing of it is kept.
        """
        refusal = self.refusal(row)
        with transaction.atomic():
            done = self.act(row.pk, actor=actor, **data)
            if refusal:
                raise refusal
        return done


@dataclass(frozen=True)
class Register:
    """A register (sổ).

    Attributes:
        code: stored in ``entries.Entry.register``; also its name in the API.
        grants: who may read, by role.
        writers: roles that may enter, and may do the register's verbs (within their read scope).
        guarded_readers: roles that may open entries which protect a denouncer.
        kinds: classes that the report counts, as (value, label), in the order of the tabs.
        joined: what the list's rows join, for ``select_related``.
        gathered: what many rows hang on each, for ``prefetch_related``.
        related: entries of other registers (or this one) shown on the entry's page.
        enter_act: ``enter_act(actor=…, **cleaned_data)`` returns the row.
        told: verb of the journal → what the story of an entry says of it, beside the common ones.
    """

    code: str
    slug: str
    group: str
    icon: str
    label: Words
    noun: Words
    model: type[models.Model]
    kinds: tuple[tuple[str, Words], ...]
    grants: Mapping[str, Scope]
    writers: frozenset[str]
    columns: tuple[Column, ...]
    opened_label: Words
    closed_label: Words
    form: type[forms.Form]
    enter_label: Words
    enter_act: Callable[..., Any]
    verbs: tuple[Verb, ...]
    guarded_readers: frozenset[str] = frozenset()
    joined: tuple[str, ...] = ()
    gathered: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    told: Mapping[str, Words] = field(default_factory=dict)

    def rows(self) -> models.QuerySet[Any]:
        """All rows with their entries; every list, page and export starts here."""
        rows = self.model._default_manager.select_related("entry", "entry__unit", *self.joined)
        return rows.prefetch_related(*self.gathered)

    def roles(self, verb: str) -> frozenset[str]:
        """Who may do ``verb`` here, each within the scope of ``grants``.

        Raises:
            KeyError: there is no such verb.
        """
        if verb in (READ, EXPORT):
            return frozenset(self.grants)
        if verb == READ_GUARDED:
            return self.guarded_readers
        if verb in (ENTER, CHANGE) or any(one.name == verb for one in self.verbs):
            return self.writers
        raise KeyError(f"{self.code} has no verb {verb}")

    def kind_label(self, kind: str) -> Words:
        return dict(self.kinds).get(kind, kind)


_registers: dict[str, Register] = {}


def add(register: Register) -> None:
    if register.code in _registers:
        raise ValueError(f"register {register.code} is described twice")
    _registers[register.code] = register


def all_registers() -> Iterable[Register]:
    return _registers.values()


def get(code: str) -> Register:
    """Raises KeyError for an unknown code."""
    return _registers[code]


def by_slug(slug: str) -> Register | None:
    return next((one for one in _registers.values() if one.slug == slug), None)
