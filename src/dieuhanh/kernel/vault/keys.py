"""The key ring (chùm khóa): where the keys come from, and what is derived from each.

Keys are 32 random bytes in base64, one a line, newest first; what follows ``#`` is a remark. They
stand in ``settings.VAULT_KEY`` or in the file ``settings.VAULT_KEY_FILE``, never in the database.
The newest seals; the others only open what was sealed before.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

LENGTH = 32  # bytes of a key, and of each key derived from it
ID_LENGTH = 4  # bytes by which a ciphertext names its key


class VaultClosed(Exception):
    """The vault cannot be opened; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Key:
    """One key of the ring; what is used is derived from it, each use with bytes of its own."""

    secret: bytes

    def __repr__(self) -> str:
        return f"<Key {self.id.hex()}>"

    def _derived(self, use: bytes, length: int) -> bytes:
        return HKDF(SHA256(), length, salt=None, info=b"dieuhanh.vault." + use).derive(self.secret)

    @cached_property
    def id(self) -> bytes:
        return self._derived(b"id", ID_LENGTH)

    @cached_property
    def for_sealing(self) -> bytes:
        return self._derived(b"seal", LENGTH)

    @cached_property
    def for_index(self) -> bytes:
        return self._derived(b"index", LENGTH)


@dataclass(frozen=True)
class Ring:
    """The keys, newest first; at least one."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        return self.keys[0]

    def of(self, id: bytes) -> Key:
        """Raises VaultClosed: no key of the ring has this id."""
        for key in self.keys:
            if key.id == id:
                return key
        raise VaultClosed(
            _(
                "Không có khóa bảo mật %(id)s đã dùng khi ghi; xin lấy lại khóa từ bản sao lưu"
                " (mục “Khóa bảo mật” trong tài liệu vận hành)."
            )
            % {"id": id.hex()}
        )


def new_key() -> str:
    """A new key as it is written into the file."""
    return base64.b64encode(secrets.token_bytes(LENGTH)).decode()


def read_keys(text: str) -> Ring:
    """The ring that ``text`` holds.

    Raises:
        VaultClosed: there is no key in it, or one is not 32 bytes in base64. The message never
            repeats what was read.
    """
    keys = []
    for line in text.replace(",", "\n").splitlines():
        written = line.partition("#")[0].strip()
        if not written:
            continue
        try:
            secret = base64.b64decode(written, validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if len(secret) != LENGTH:
            raise VaultClosed(
                _("Khóa bảo mật không đúng dạng: mỗi dòng phải là 32 byte mã base64.")
            )
        keys.append(Key(secret))
    if not keys:
        raise VaultClosed(_("Nơi giữ khóa bảo mật không có khóa nào."))
    return Ring(tuple(keys))


def add_key(path: Path) -> None:
    """Put a new key before those that ``path`` holds; the file is replaced whole, for its owner.

    Two processes that make the first key at once keep the same one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    first = not path.exists()
    older = "" if first else path.read_text()
    fresh = path.with_name(f"{path.name}.new-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(f"{new_key()}\n{older}")
            out.flush()
            os.fsync(out.fileno())
        if not first:
            fresh.replace(path)
            return
        try:
            os.link(fresh, path)
        except FileExistsError:
            return
    finally:
        fresh.unlink(missing_ok=True)


def key_file() -> Path | None:
    """The file of the keys; None where they come from the environment."""
    return None if settings.VAULT_KEY else Path(settings.VAULT_KEY_FILE)


def ring() -> Ring:
    """The keys of this installation.

    Raises:
        VaultClosed: they are missing, unreadable, or readable by others than their owner.
    """
    path = key_file()
    if path is None:
        return _read_once(settings.VAULT_KEY)
    if not path.exists() and settings.VAULT_MAKES_KEY:
        add_key(path)
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise VaultClosed(
                _("Tệp khóa bảo mật %(path)s đang mở cho người khác đọc; gõ `chmod 600 %(path)s`.")
                % {"path": path}
            )
        return _read_once(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise VaultClosed(
            _("Không đọc được tệp khóa bảo mật %(path)s; xin chép lại từ bản sao lưu.")
            % {"path": path}
        ) from error


@lru_cache(maxsize=4)
def _read_once(text: str) -> Ring:
    return read_keys(text)
