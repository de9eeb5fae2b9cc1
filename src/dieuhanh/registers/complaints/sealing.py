"""What of a letter is kept as ciphertext, and under which name; opened for actions only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.vault.keys import VaultClosed, ring
from dieuhanh.kernel.vault.sealing import (
    Place,
    Sealed,
    blind_index,
    blind_indexes,
    key_id_of,
    open_sealed,
    seal,
)
from dieuhanh.registers.complaints.models import Letter, ProtectedIdentity
from dieuhanh.text.fold import words

NUMBER_COLUMN = "complaints_letter.sender_number"


@dataclass(frozen=True)
class Identity:
    """Who wrote a letter, in the clear: for one answer to one person, never to be kept."""

    name: str = field(repr=False)
    address: str = field(default="", repr=False)
    number: str = field(default="", repr=False)


@contextmanager
def refusing_when_closed() -> Iterator[None]:
    """A vault that cannot be opened refuses the action, with the vault's own sentence."""
    try:
        yield
    except VaultClosed as closed:
        raise Refusal(str(closed)) from closed


def _identity_place(letter_id: int, column: str) -> Place:
    return Place("complaints_protectedidentity", column, letter_id)


def _letter_place(letter_id: int) -> Place:
    return Place("complaints_letter", "sender_number", letter_id)


def sealed_identity(letter_id: int, values: dict[str, str]) -> dict[str, bytes]:
    """Columns of `ProtectedIdentity` for those of name, address, number that are not empty."""
    return {
        column: seal(text, _identity_place(letter_id, column))
        for column, text in values.items()
        if text
    }


def opened_identity(kept: ProtectedIdentity) -> Identity:
    values = {
        column: open_sealed(sealed, _identity_place(kept.pk, column))
        for column in ("name", "address", "number")
        if (sealed := getattr(kept, column)) is not None
    }
    return Identity(**values)


def sealed_number(letter_id: int, number: str) -> dict[str, bytes | None]:
    """The two columns of `Letter` for a personal number; none for an empty one."""
    if not number:
        return {"sender_number": None, "sender_number_index": None}
    return {
        "sender_number": seal(number, _letter_place(letter_id)),
        "sender_number_index": blind_index(number, NUMBER_COLUMN),
    }


def opened_number(letter: Letter) -> str:
    if letter.sender_number is None:
        return ""
    return open_sealed(letter.sender_number, _letter_place(letter.pk))


def indexes_of(number: str) -> list[bytes]:
    """What letters of this personal number are found by, whichever key sealed them."""
    return blind_indexes(number, NUMBER_COLUMN)


def sealed_with_newest(*columns: Sealed | None) -> bool:
    """Whether no key but the newest is needed to open them."""
    newest = ring().newest.id
    return all(sealed is None or key_id_of(sealed) == newest for sealed in columns)


def tells(text: str, name: str, number: str = "") -> bool:
    """Whether ``text`` holds the whole ``name``, tone marks aside, or the ``number``.

    A name of one word is not looked for: it may be an ordinary word (Hoa, Sơn).
    """
    inside, sought = words(text), words(name)
    width = len(sought)
    named = width > 1 and any(
        inside[start : start + width] == sought for start in range(len(inside) - width + 1)
    )
    digits = "".join(char for char in text if char.isdecimal())
    return named or bool(number and number in digits)
