"""Published figures: the right period, known in time, never chosen silently (KT-05, KT-06)."""

import datetime as dt
from decimal import Decimal

import pytest

from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window, all_measures
from dieuhanh.registers.indicators.models import Datapoint, Indicator, Target
from dieuhanh.registers.indicators.queries import Shelf, period_of, published

pytestmark = pytest.mark.django_db
KINDS = {"period": "half", "period_kind": "estimate", "value_kind": "growth"}


@pytest.fixture
def indicator():
    return Indicator.objects.create(
        code="test.indicator", label="Chỉ tiêu thử", measure_unit="%", direction="higher_better",
        kind="test",
    )  # fmt: skip


def point(indicator, number="6.0", line=1, **values):
    common = {
        "area": "01", "period": "2024-H1", "period_kind": "estimate", "value_kind": "growth",
        "decimals": 1, "measure_unit": "%", "as_of": dt.date(2024, 6, 10),
        "document": "direction",
    }  # fmt: skip
    return Datapoint.objects.create(
        indicator=indicator, value=Decimal(number), line=line, **common | values
    )


@pytest.mark.parametrize(
    ("token", "period", "expected"),
    [
        ("5m", "2024-H1", "2024-M05"), ("5m", "2024-H2", "2024-M11"), ("5m", "2024", "2024-M11"),
        ("5m", "2024-Q2", "2024-M05"), ("5m", "2024-04", "2024-M04"),
        ("5m_last_year", "2024-H1", "2023-M05"), ("half", "2024-H1", "2024-H1"),
        ("half_last_year", "2024-H1", "2023-H1"), ("half", "2024-Q2", None),
        ("half", "2024", None), ("next_half", "2024-H1", "2024-H2"),
        ("next_half", "2024-H2", "2025-H1"), ("next_half", "2024-05", None),
        ("year", "2024-H1", "2024"), ("last_year", "2024-H1", "2023"),
        ("2024-05-24", "2024-H1", "2024-05-24"), ("2023", "2024-H1", "2023"),
        ("whenever", "2024-H1", None),
    ],
)  # fmt: skip
def test_a_token_means_a_period(token, period, expected):
    window = Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), dt.date(2024, 6, 15), period)
    assert period_of(token, window) == expected


def test_a_published_value_has_its_source(indicator, half_year):
    point(indicator, "6.00", line=35, qualifier="about")
    found = published("test.indicator", half_year, **KINDS)
    assert (found.value, found.decimals, found.qualifier) == (Decimal("6.00"), 1, "about")
    assert found.source == "Báo cáo chỉ đạo, điều hành 6 tháng đầu năm 2024, dòng 35"


def test_what_was_not_yet_known_is_not_shown(indicator, half_year):
    point(indicator, as_of=dt.date(2024, 6, 16))
    assert published("test.indicator", half_year, **KINDS).value is None


def test_two_sources_that_differ_are_a_conflict(indicator, half_year):
    """KT-05."""
    point(indicator, "6.0", line=1)
    point(indicator, "6.1", line=2, document="socioeconomic")
    found = published("test.indicator", half_year, **KINDS)
    assert found.value is None
    assert "khác nhau" in found.conflict
    assert "dòng 1" in found.source and "dòng 2" in found.source


def test_two_sources_that_agree_are_none(indicator, half_year):
    point(indicator, "6.0", line=1)
    point(indicator, "6.0", line=2, document="socioeconomic")
    found = published("test.indicator", half_year, **KINDS)
    assert (found.value, found.conflict) == (Decimal(6), "")


def test_an_estimate_and_an_actual_value_both_stand(indicator, half_year):
    """KT-06."""
    point(indicator, "6.0")
    point(indicator, "6.3", period_kind="cumulative")
    assert published("test.indicator", half_year, **KINDS).value == Decimal("6.0")
    actual = published("test.indicator", half_year, **KINDS | {"period_kind": "cumulative"})
    assert actual.value == Decimal("6.3")


def test_a_plan_is_read_in_its_latest_version(indicator, half_year):
    for version, lower in ((1, "6.5"), (2, "7")):
        Target.objects.create(
            indicator=indicator, period="2024", version=version, lower=Decimal(lower),
            direction="higher_better", measure_unit="%", document="direction", line=9,
        )  # fmt: skip
    kinds = {"period": "year", "period_kind": "plan"}
    lower = published("test.indicator", half_year, value_kind="lower", **kinds)
    upper = published("test.indicator", half_year, value_kind="upper", **kinds)
    assert (lower.value, lower.decimals) == (Decimal(7), 0)
    assert upper.value is None


def test_many_values_are_read_at_once_and_answer_alike(half_year, django_assert_num_queries):
    tokens = ("5m", "5m_last_year", "half", "year", "last_year", "next_half", "2024-05-24")
    shelf = Shelf(half_year, frozenset(tokens))
    asked = {
        (one.indicator.code, token, one.period_kind, one.value_kind)
        for one in Datapoint.objects.select_related("indicator")
        for token in tokens
        if period_of(token, half_year) == one.period
    } | {(one.indicator.code, "year", "plan", bound)
         for one in Target.objects.select_related("indicator") for bound in ("lower", "upper")}  # fmt: skip
    assert len(asked) > 80

    def answer(code, period, period_kind, value_kind, **more):
        kinds = {"period": period, "period_kind": period_kind, "value_kind": value_kind}
        return published(code, half_year, **kinds, **more)

    with django_assert_num_queries(2):
        together = {one: answer(*one, shelf=shelf) for one in asked}
    assert together == {one: answer(*one) for one in asked}
    assert any(one.value is not None for one in together.values())


def test_nothing_known_is_no_zero(half_year):
    assert published("no.such", half_year, **KINDS).value is None


def test_every_measure_answers_for_any_period(half_year):
    """None where nothing is known; never an error, never a made-up number."""
    for period in ("2024-H1", "2024-H2", "2024-Q3", "2024-05", "2019-H1", "2024", ""):
        window = Window(half_year.start, half_year.end, half_year.as_of, period)
        answers = Evaluator(window)
        for measure in all_measures():
            if measure.register:
                continue
            answer = answers.answer(measure.id)
            assert answer.shown
            if answer.value is None:
                assert answer.origin != "counted"


@pytest.mark.parametrize("who", ["chuyen_vien", "giam_doc_so", "quan_tri"])
def test_indicators_are_open_to_all_who_sign_in(sign_in, request, who):
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/chi-tieu/").status_code == 200
    code = Indicator.objects.first().code
    assert client.get(f"/chi-tieu/{code}/").status_code == 200
    assert client.get("/chi-tieu/khong.co/").status_code == 404
