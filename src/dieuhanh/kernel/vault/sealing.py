"""Sealing text (AES-256-GCM) and finding sealed text again by its exact value (HMAC-SHA-256).

A sealed value is: one byte of version, four bytes that name the key, twelve random bytes, the
ciphertext with its tag. It opens only at the place it was sealed for: table, column and row are
authenticated with it, so that it cannot be moved to another row. Its length tells the length of
the text to 64 bytes only.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from dieuhanh.kernel.vault.keys import ID_LENGTH, Key, VaultClosed, ring
from dieuhanh.text.fold import nfc

#: A sealed value as a driver hands it back.
Sealed = bytes | memoryview
VERSION = b"\x01"
NONCE_LENGTH = 12
BLOCK = 64  # bytes to which a text is padded


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands: a column of one row."""

    table: str
    column: str
    row: int

    def __bytes__(self) -> bytes:
        return f"{self.table}.{self.column}:{self.row}".encode()


def _padded(text: str) -> bytes:
    plain = nfc(text).encode() + b"\x80"
    return plain + b"\0" * (-len(plain) % BLOCK)


def seal(text: str, place: Place) -> bytes:
    """``text`` sealed under the newest key, for ``place`` only.

    Raises:
        VaultClosed: there is no key.
    """
    key, nonce = ring().newest, secrets.token_bytes(NONCE_LENGTH)
    head = VERSION + key.id
    written = AESGCM(key.for_sealing).encrypt(nonce, _padded(text), head + bytes(place))
    return head + nonce + written


def key_id_of(sealed: Sealed) -> bytes:
    """Which key sealed it."""
    return bytes(sealed)[1 : 1 + ID_LENGTH]


def open_sealed(sealed: Sealed, place: Place) -> str:
    """The text that was sealed for ``place``.

    Raises:
        VaultClosed: its key is not on the ring, or it is not what was sealed for this place.
    """
    whole = bytes(sealed)
    head, rest = whole[: 1 + ID_LENGTH], whole[1 + ID_LENGTH :]
    nonce, written = rest[:NONCE_LENGTH], rest[NONCE_LENGTH:]
    if head[:1] != VERSION:
        raise VaultClosed(_("Dữ liệu bảo mật không đúng dạng."))
    key = ring().of(key_id_of(whole))
    try:
        plain = AESGCM(key.for_sealing).decrypt(nonce, written, head + bytes(place))
    except (InvalidTag, ValueError) as error:
        raise VaultClosed(
            _("Dữ liệu bảo mật đã bị sửa hoặc bị chuyển từ mục khác sang; xin báo người quản trị.")
        ) from error
    return plain[: plain.rindex(b"\x80")].decode()


def _index(key: Key, text: str, column: str) -> bytes:
    return hmac.digest(key.for_index, f"{column}\0{nfc(text)}".encode(), "sha256")


def blind_index(text: str, column: str) -> bytes:
    """What is kept beside a sealed value so that it is found by its exact text.

    ``column`` is table and column: the same text elsewhere has another index, so that two tables
    cannot be joined by it (TC-22).
    """
    return _index(ring().newest, text, column)


def blind_indexes(text: str, column: str) -> list[bytes]:
    """The index under every key of the ring: what to look for."""
    return [_index(key, text, column) for key in ring().keys]
