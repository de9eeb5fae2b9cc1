"""Two sources differ: a planner chooses, the other stays and is not used (KT-05)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from dieuhanh.kernel.entries.errors import Forbidden, Refusal
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.registers.indicators.actions import settle_conflict
from dieuhanh.registers.indicators.models import Datapoint
from dieuhanh.registers.indicators.queries import Shelf, published
from dieuhanh.reports.compose.compose import compose

pytestmark = pytest.mark.django_db
CODE, MEASURE = "budget_revenue", "indicator.budget_revenue.5m.value"
PAGE, WHY = f"/chi-tieu/{CODE}/", "Báo cáo sau thay báo cáo trước"
KINDS = {"period": "5m", "period_kind": "cumulative", "value_kind": "value"}


@pytest.fixture
def planner(sign_in, ke_hoach):
    return sign_in(ke_hoach)


@pytest.fixture
def first(db):
    return Datapoint.objects.get(
        indicator__code=CODE, period="2024-M05", period_kind="cumulative", value_kind="value"
    )


def another(first, value, line=1):
    return Datapoint.objects.create(
        indicator=first.indicator, area=first.area, period=first.period,
        period_kind=first.period_kind, value_kind=first.value_kind, value=Decimal(value),
        decimals=0, measure_unit=first.measure_unit, as_of=dt.date(2024, 5, 31),
        document="Báo cáo tháng 5", line=line,
    )  # fmt: skip


def settle(client, one, reason=WHY, version=None):
    one.refresh_from_db()
    typed = {"reason": reason, "version": one.version if version is None else version}
    return client.post(f"{PAGE}{one.pk}/chon/", typed)


def test_the_chosen_one_is_used_and_the_other_stays_visible(planner, first, half_year):
    second = another(first, "233176")
    page = planner.get(PAGE).content.decode()
    assert 'class="finding"' in page and f"{PAGE}{second.pk}/chon/" in page
    assert planner.get(f"{PAGE}{second.pk}/chon/").status_code == 200

    assert settle(planner, second).status_code == 302

    first.refresh_from_db()
    assert (first.set_aside_for, first.set_aside_on) == (second, dt.date(2024, 6, 17))
    line = Line.objects.latest("pk")
    assert (line.verb, line.reason, line.details["set_aside"]) == (
        "datapoint.settled", WHY, ["233.175"],
    )  # fmt: skip
    alone = published(CODE, half_year, **KINDS)
    shelf = Shelf(half_year, frozenset({"5m"}))
    assert alone == published(CODE, half_year, **KINDS, shelf=shelf)
    assert (alone.value, alone.conflict) == (Decimal(233176), "")
    assert alone.source == "Báo cáo tháng 5, dòng 1"
    page = planner.get(PAGE).content.decode()
    assert 'class="finding"' not in page and WHY in page
    assert "Không dùng từ 17/6/2024; đã chọn 233.176" in page and "233.175" in page
    assert f"{PAGE}{first.pk}/chon/" in page
    assert "chọn số liệu dùng khi các nguồn khác nhau." in page


def test_the_report_uses_what_was_chosen(planner, first):
    second = another(first, "233176")
    assert compose("socioeconomic", "2024-H1").answers[MEASURE].value is None
    settle(planner, second)
    assert compose("socioeconomic", "2024-H1").answers[MEASURE].value == Decimal(233176)


def test_the_choice_can_be_made_anew(planner, first, half_year):
    second, agreeing = another(first, "233176"), another(first, "233175", line=2)
    settle(planner, second)
    assert set(Datapoint.objects.filter(set_aside_for=second)) == {first, agreeing}
    assert settle(planner, first).status_code == 302
    assert set(Datapoint.objects.exclude(set_aside_on=None)) == {second}
    assert Evaluator(half_year).answer(MEASURE).value == Decimal(233175)


def test_a_later_source_that_differs_is_a_conflict_again(planner, first, half_year):
    settle(planner, another(first, "233176"))
    another(first, "233180", line=9)
    assert Evaluator(half_year).answer(MEASURE).conflict


def test_a_correction_undoes_the_choice_that_was_made_between_other_values(
    planner, first, half_year
):
    second = another(first, "233176")
    settle(planner, second)
    second.refresh_from_db()
    typed = {"value": "233.177", "as_of": "31/5/2024", "reason": "Chép sai"}
    url = f"{PAGE}{second.pk}/dinh-chinh/"
    assert planner.post(url, typed | {"version": second.version}).status_code == 302
    assert not Datapoint.objects.exclude(set_aside_on=None).exists()
    assert Evaluator(half_year).answer(MEASURE).conflict
    assert Line.objects.latest("pk").details["choice_undone"] is True
    assert "lựa chọn nguồn trước đây không còn hiệu lực" in planner.get(PAGE).content.decode()


def test_a_correction_that_leaves_the_value_leaves_the_choice(planner, first):
    second = another(first, "233176")
    settle(planner, second)
    second.refresh_from_db()
    typed = {"value": "233.176", "as_of": "30/5/2024", "reason": "Ngày ghi sai"}
    planner.post(f"{PAGE}{second.pk}/dinh-chinh/", typed | {"version": second.version})
    first.refresh_from_db()
    assert first.set_aside_for == second


def test_two_who_choose_do_not_overwrite_each_other(planner, first):
    second = another(first, "233176")
    assert settle(planner, second).status_code == 302
    before = last_line_id()
    refused = settle(planner, first, version=1)
    assert (refused.status_code, last_line_id()) == (422, before)
    assert "vừa được người khác sửa" in refused.content.decode()
    assert '<input type="hidden" name="version" value="2"' in refused.content.decode()


def test_what_cannot_be_chosen_is_refused_with_the_reason(planner, first, ke_hoach):
    before = last_line_id()
    assert settle(planner, first).status_code == 422  # nothing differs
    second = another(first, "233176")
    assert settle(planner, second, reason="").status_code == 422
    with pytest.raises(Refusal):
        settle_conflict(second.pk, actor=ke_hoach, version=1, reason=" ")
    assert last_line_id() == before
    settle(planner, second)
    again = settle(planner, second)
    assert again.status_code == 422 and "Giá trị này đã được chọn." in again.content.decode()


def test_who_only_reads_sees_the_conflict_and_chooses_nothing(sign_in, thanh_tra, first):
    second = another(first, "233176")
    client, before = sign_in(thanh_tra), last_line_id()
    page = client.get(PAGE).content.decode()
    assert 'class="finding"' in page and "/chon/" not in page
    assert client.get(f"{PAGE}{second.pk}/chon/").status_code == 404
    assert settle(client, second).status_code == 404
    with pytest.raises(Forbidden):
        settle_conflict(second.pk, actor=thanh_tra, version=1, reason=WHY)
    assert last_line_id() == before


def test_a_datapoint_of_another_indicator_is_not_reached_by_this_address(planner, first):
    url = f"/chi-tieu/grdp/{first.pk}/chon/"
    assert planner.get(url).status_code == 404


def test_the_database_holds_the_choice_together(first):
    """What is set aside says for what, when and why; nothing is set aside for itself."""
    for changes in ({"set_aside_on": dt.date(2024, 6, 1)}, {"set_aside_for": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Datapoint.objects.filter(pk=first.pk).update(**changes)
