"""Passages: every letter knows its place; what nobody writes as one paragraph is cut."""

import unicodedata

from dieuhanh.proof import passages as module
from dieuhanh.proof.passages import passages
from dieuhanh.proof.reading import read_text


def test_a_place_takes_the_marks_of_its_last_letter():
    text = unicodedata.normalize("NFD", "Đạt kế  hoạch đề ra, vượt mức.\n")
    source = read_text(text, "a.txt")
    [passage] = passages(source)
    assert passage.text == "Đạt kế hoạch đề ra, vượt mức."
    for word in ("kế", "hoạch", "đề", "vượt mức"):
        start = passage.text.index(word)
        left, right = passage.place(start, start + len(word))
        assert unicodedata.normalize("NFC", text[left:right]) == word


def test_a_very_long_paragraph_is_cut_between_sentences(monkeypatch):
    monkeypatch.setattr(module, "_LONGEST", 60)
    text = "Số hồ sơ là 12, tăng 3. Kết quả đạt 97,6 % kế hoạch. " * 6 + "x" * 150 + "\n"
    source = read_text(text, "a.txt")
    parts = list(passages(source))
    assert [one.number for one in parts] == list(range(len(parts)))
    assert "".join(one.text for one in parts).replace(" ", "") == text.strip().replace(" ", "")
    assert all(len(one.text) <= 60 for one in parts)
    assert parts[0].text.endswith(".")
    for one in parts:
        left, right = one.place(0, len(one.text))
        assert text[left:right] == one.text
