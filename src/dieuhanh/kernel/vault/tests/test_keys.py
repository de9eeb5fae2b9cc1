"""The key ring: made once, closed to others, never guessed."""

import os
import stat

import pytest

from dieuhanh.kernel.vault import keys
from dieuhanh.kernel.vault.keys import VaultClosed


@pytest.fixture
def file(settings, tmp_path):
    settings.VAULT_KEY, settings.VAULT_MAKES_KEY = "", True
    settings.VAULT_KEY_FILE = tmp_path / "inside" / "vault-key"
    return settings.VAULT_KEY_FILE


def test_the_first_use_makes_the_key_once_for_its_owner_only(file):
    first = keys.ring()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keys.ring() == first and len(first.keys) == 1
    assert os.listdir(file.parent) == ["vault-key"]


def test_two_who_make_it_at_once_keep_the_same(file, monkeypatch):
    first = keys.ring()
    exists = type(file).exists
    monkeypatch.setattr(type(file), "exists", lambda path: path != file and exists(path))
    keys.add_key(file)
    assert keys.read_keys(file.read_text()) == first


def test_a_new_key_stands_before_the_old(file):
    (old,) = keys.ring().keys
    keys.add_key(file)
    ring = keys.ring()
    assert ring.keys[1] == old and ring.newest != old
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ring.of(old.id) == old


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_file_that_others_read_is_refused(file, mode):
    keys.ring()
    file.chmod(mode)
    with pytest.raises(VaultClosed, match="chmod 600"):
        keys.ring()


def test_elsewhere_no_key_is_made(file, settings):
    settings.VAULT_MAKES_KEY = False
    with pytest.raises(VaultClosed, match="Không đọc được"):
        keys.ring()
    assert not file.exists()


@pytest.mark.parametrize("text", ["", "# ghi chú\n", "abc", "ngắn", "QUJD", "A" * 44 + "\nx"])
def test_what_holds_no_key_is_refused_without_being_repeated(text):
    with pytest.raises(VaultClosed) as closed:
        keys.read_keys(text)
    assert text.strip() == "" or text not in str(closed.value)


def test_the_environment_holds_several(settings):
    one, two = keys.new_key(), keys.new_key()
    settings.VAULT_KEY = f"{one},{two}"
    assert keys.key_file() is None
    assert keys.ring() == keys.read_keys(f"{one}  # mới\n\n{two}\n")


def test_keys_are_not_printed():
    (key,) = keys.read_keys(keys.new_key()).keys
    assert key.secret.hex() not in repr(key) and repr(key.secret) not in repr(key)
