"""Windows and answers of measures: value, origin, formula, comparison (X-06, BC-03)."""

import datetime as dt
from decimal import Decimal

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.measures import model
from dieuhanh.kernel.measures.evaluate import Evaluator, behind
from dieuhanh.kernel.measures.model import (
    Difference,
    Distinct,
    Entries,
    Growth,
    Lookup,
    Measure,
    Published,
    Share,
    Sum,
    UnknownMeasure,
    Window,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measures(monkeypatch):
    """A set of measures for one test: ``measures(id, count, **attributes)``."""
    monkeypatch.setattr(model, "_measures", {})

    def add(id, count, **attributes):
        common = {"label": id, "unit": "vụ", "definition": "thử"}
        return model.measure(id, **common | attributes)(lambda window: count)

    return add


def value(number, **more):
    return Published(None if number is None else Decimal(number), **more)


@pytest.mark.parametrize(
    ("window", "before"),
    [
        (
            Window(dt.date(2024, 2, 29), dt.date(2024, 6, 15), dt.date(2024, 6, 20), "2024-H1"),
            Window(dt.date(2023, 2, 28), dt.date(2023, 6, 15), dt.date(2023, 6, 20), "2023-H1"),
        ),
        (
            Window(dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2024, 12, 31), "2024"),
            Window(dt.date(2023, 1, 1), dt.date(2023, 12, 31), dt.date(2023, 12, 31), ""),
        ),
    ],
)
def test_the_same_window_of_the_year_before(window, before):
    assert window.last_year() == before


def test_the_cutoff_is_the_earlier_of_end_and_as_of(half_year):
    early = Window(half_year.start, half_year.end, dt.date(2024, 5, 31))
    late = Window(half_year.start, half_year.end, dt.date(2024, 7, 31))
    assert (early.cutoff, late.cutoff) == (dt.date(2024, 5, 31), half_year.end)


def test_a_share_is_rounded_once_and_keeps_its_operands(measures, half_year):
    measures("part", value(1333))
    measures("whole", value(2463))
    measures("pct", Share("part", "whole"), unit="%", decimals=1)
    answer = Evaluator(half_year).answer("pct")
    assert (answer.value, answer.shown, answer.origin) == (
        Decimal("54.1"),
        "54,1\u00a0%",
        "computed",
    )
    assert round(answer.exact, 6) == Decimal("54.120991")
    assert answer.operands == ("part", "whole")
    assert answer.formula == "1.333 / 2.463 × 100 = 54,121"


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (5, None), (5, 0), (None, None)])
def test_without_an_operand_there_is_no_share(measures, half_year, part, whole):
    measures("part", value(part))
    measures("whole", value(whole))
    measures("pct", Share("part", "whole"), unit="%")
    answer = Evaluator(half_year).answer("pct")
    assert (answer.value, answer.exact) == (None, None)
    assert "Chưa có số liệu" in answer.formula


def test_sums_and_differences(measures, half_year):
    measures("a", value("18.6", decimals=1))
    measures("b", value("24.8", decimals=1))
    measures("none", value(None))
    measures("sum", Sum(("a", "b")), decimals=1)
    measures("difference", Difference("a", "b"), decimals=1)
    measures("unknown", Sum(("a", "none")))
    measures("undone", Difference("a", "none"))
    answers = Evaluator(half_year)
    assert answers.answer("sum").value == Decimal("43.4")
    assert answers.answer("sum").formula == "18,6 + 24,8 = 43,4"
    assert answers.answer("difference").value == Decimal("-6.2")  # B12
    assert answers.answer("unknown").value is None
    assert answers.answer("undone").value is None
    assert "none" in answers.answer("undone").formula


def test_a_count_is_of_entries_and_growth_against_last_year(measures, half_year):
    def opened(window):
        return Entries(Entry.objects.filter(
            register="complaints.cases", opened_on__range=(window.start, window.cutoff)
        ))  # fmt: skip

    common = {"label": "x", "unit": "vụ", "definition": "x", "window": "thụ lý trong kỳ"}
    cases = model.measure("cases", compare=True, **common)(opened)
    growth = measures("growth", Growth("cases"), unit="%", decimals=2)
    answers = Evaluator(half_year)
    found = answers.answer("cases")
    assert (found.value, found.entries, found.origin) == (2463, 2463, "counted")
    assert (found.previous.value, found.previous.window.start.year) == (2432, 2023)
    assert answers.answer("growth").value == Decimal("1.27")
    assert behind(cases, half_year).count() == behind(growth, half_year).count() == 2463
    assert isinstance(cases, Measure)


def test_each_measure_is_counted_once(measures, half_year, django_assert_num_queries):
    entries = Entries(Entry.objects.filter(register="feedback"))
    measures("part", entries)
    measures("whole", entries, parts=("part",), complete=True)
    measures("pct", Share("part", "whole"), unit="%")
    answers = Evaluator(half_year)
    with django_assert_num_queries(2):
        assert answers.answer("pct").shown == "100\u00a0%"
        assert "806 = 806" in answers.answer("whole").formula
        answers.answer("part")


def test_a_table_is_made_once_for_a_window(measures, half_year):
    made = []

    def table(window):
        made.append(window)
        return {"a": value(3), "b": value(None, conflict="hai nguồn")}

    for id in ("a", "b"):
        measures(id, Lookup(table, lambda known, id=id: known[id]))
    measures("growth", Growth("a"), unit="%")
    answers = Evaluator(half_year)
    assert (answers.answer("a").value, answers.answer("a").origin) == (3, "datapoint")
    assert (answers.answer("b").value, answers.answer("b").conflict) == (None, "hai nguồn")
    assert answers.answer("growth").value == 0
    assert made == [half_year, half_year.last_year()]
    assert behind(model.get("a"), half_year) is None


def test_a_statement_is_marked_as_such(measures, half_year):
    measures("said", value(3, stated=True, source="dòng 5"))
    measures("point", value("7.5", decimals=1, qualifier="about", conflict=""))
    answers = Evaluator(half_year)
    assert (answers.answer("said").origin, answers.answer("said").source) == ("stated", "dòng 5")
    assert (answers.answer("point").origin, answers.answer("point").shown) == ("datapoint", "7,5")
    assert behind(model.get("said"), half_year) is None


def test_unknown_and_twice(measures, half_year):
    measures("once", value(1))
    with pytest.raises(UnknownMeasure):
        Evaluator(half_year).answer("never")
    with pytest.raises(ValueError, match="twice"):
        measures("once", value(2))


def test_different_values_are_counted_once_and_unknown_ones_not(measures):
    entries = Entry.objects.filter(register="feedback")
    measures("units", Distinct(entries, of="unit"))
    measures("closings", Distinct(entries, of="past_closings"))
    evaluator = Evaluator(Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), dt.date(2024, 6, 15)))
    units = evaluator.answer("units")
    assert int(units.value) == len(set(entries.values_list("unit", flat=True))) > 1
    assert (units.origin, units.entries) == ("counted", entries.count())
    assert evaluator.answer("closings").value == 0
    assert behind(model.get("units"), evaluator.window).count() == entries.count()


def test_many_are_counted_by_one_statement(measures, django_assert_num_queries):
    feedback = Entry.objects.filter(register="feedback")
    measures("all", Entries(feedback))
    measures("none", Entries(feedback.filter(opened_on__year=1990)))
    measures("rate", Share("all", "all"))
    evaluator = Evaluator(Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), dt.date(2024, 6, 15)))
    with django_assert_num_queries(1):
        evaluator.count_ahead(["all", "none", "rate", "no.such.measure", "all"])
        values = [int(evaluator.answer(id).value) for id in ("all", "none", "rate")]
    assert values == [feedback.count(), 0, 100]
