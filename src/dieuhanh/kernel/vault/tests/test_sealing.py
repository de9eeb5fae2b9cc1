"""Sealed values: open at their place only, under their key only, and tell nothing."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as depth
from hypothesis import strategies as st

from dieuhanh.kernel.vault.keys import VaultClosed, new_key
from dieuhanh.kernel.vault.sealing import (
    BLOCK,
    Place,
    blind_index,
    blind_indexes,
    key_id_of,
    open_sealed,
    seal,
)
from dieuhanh.text.fold import nfc

PLACE = Place("thing", "name", 7)


@pytest.fixture(autouse=True)
def key(settings):
    settings.VAULT_KEY = new_key()
    return settings.VAULT_KEY


@depth(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_what_was_sealed_opens(text):
    sealed = seal(text, PLACE)
    assert open_sealed(sealed, PLACE) == nfc(text)
    assert open_sealed(memoryview(sealed), PLACE) == nfc(text)


def test_the_same_text_is_never_sealed_alike():
    assert seal("Kiều Oanh", PLACE) != seal("Kiều Oanh", PLACE)


def test_the_length_tells_little():
    lengths = {len(seal("a" * n, PLACE)) for n in range(BLOCK)}
    assert len(lengths) == 1


@pytest.mark.parametrize(
    "other", [Place("thing", "name", 8), Place("thing", "address", 7), Place("other", "name", 7)]
)
def test_it_does_not_open_in_another_row_column_or_table(other):
    with pytest.raises(VaultClosed, match="bị sửa hoặc bị chuyển"):
        open_sealed(seal("Kiều Oanh", PLACE), other)


def test_no_bit_of_it_can_be_changed():
    sealed = seal("Kiều Oanh", PLACE)
    for index in range(len(sealed)):
        forged = bytearray(sealed)
        forged[index] ^= 1
        with pytest.raises(VaultClosed):
            open_sealed(bytes(forged), PLACE)


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"Ki\xe1\xbb\x81u Oanh", b"\x01" * 20])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(VaultClosed):
        open_sealed(sealed, PLACE)


def test_an_older_key_opens_what_it_sealed_and_the_newest_seals(settings, key):
    sealed = seal("Kiều Oanh", PLACE)
    newer = new_key()
    settings.VAULT_KEY = f"{newer}\n{key}"
    assert open_sealed(sealed, PLACE) == "Kiều Oanh"
    assert key_id_of(seal("Kiều Oanh", PLACE)) != key_id_of(sealed)
    settings.VAULT_KEY = newer
    with pytest.raises(VaultClosed, match=key_id_of(sealed).hex()):
        open_sealed(sealed, PLACE)


def test_an_index_is_one_of_text_column_and_key(settings, key):
    index = blind_index("001085012345", "letter.number")
    assert index == blind_index("001085012345", "letter.number") and len(index) == 32
    assert index != blind_index("001085012346", "letter.number")
    assert index != blind_index("001085012345", "visit.number")
    settings.VAULT_KEY = f"{new_key()}\n{key}"
    assert index != blind_index("001085012345", "letter.number")
    assert index in blind_indexes("001085012345", "letter.number")
    assert blind_index(unicodedata.normalize("NFD", "Tố"), "a") == blind_index("Tố", "a")
