"""The judge of the proofreader: every kind of fault is planted, where it says, again and again."""

from datetime import date
from pathlib import Path

import bench
import pytest
from bench.offers import DATE, Text
from bench.planting import KINDS, plant, plant_many

TEXTS = [
    Text(path.read_text(encoding="utf-8"))
    for path in sorted((Path(bench.__path__[0]) / "proof_texts").glob("*.txt"))
]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_planted_where_it_says(kind: str) -> None:
    faults = [(text, fault) for text in TEXTS for fault in plant_many(text, kind, 1, 5)]
    assert faults, f"No text offers a place for {kind}: add a sentence to bench/proof_texts."
    for text, fault in faults:
        assert fault.text != text.raw
        assert fault.now in fault.text[fault.start : fault.end]
        assert fault.line == fault.text.count("\n", 0, fault.start) + 1
        assert fault.text.count("\n") in range(text.raw.count("\n") - 2, text.raw.count("\n") + 1)


def test_the_same_seed_plants_the_same_fault() -> None:
    for text in TEXTS:
        assert plant(text, "misspelt", 3) == plant(text, "misspelt", 3)


def test_a_text_without_figures_offers_no_arithmetic() -> None:
    text = Text("Ủy ban nhân dân huyện yêu cầu các đơn vị thực hiện nghiêm.\n")
    assert plant(text, "sum_part", 1) is None
    assert plant(text, "table_sum", 1) is None


def test_an_open_list_is_only_planted_beyond_its_total() -> None:
    text = Text("Huyện có 24 xã, trong đó: 15 xã vùng cao, 9 xã vùng thấp.\n")
    for seed in range(20):
        fault = plant(text, "sum_part", seed)
        assert fault is not None
        assert int(fault.now) > int(fault.was)


def test_a_hard_wrap_does_not_hide_a_sum() -> None:
    wide = "Toàn huyện trong năm qua đã xây dựng và sửa chữa được tổng số 74 nhà, gồm: 46 nhà xây\n"
    text = Text(
        wide + "mới và 28 nhà sửa chữa; các hộ gia đình đều đã được bàn giao nhà đúng hạn.\n"
    )
    fault = plant(text, "sum_total", 1)
    assert fault is not None
    assert fault.was == "74"


def test_dates_of_the_clean_texts_exist() -> None:
    for text in TEXTS:
        for found in DATE.finditer(text.flat):
            day, month, year = (int(one) for one in found.groups())
            assert date(year, month, day)
