"""Merging what says the same: nothing is lost, nothing is counted twice (CT-10)."""

import datetime as dt

import pytest

from dieuhanh.kernel.entries.errors import Forbidden
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.registers.petitions.actions import merge_petition
from dieuhanh.registers.petitions.queries import of_source

pytestmark = pytest.mark.django_db
PAGE = "/kien-nghi-cu-tri-hdnd/"


def day(number):
    return dt.date(2024, 6, number)


def counted(number):
    return set(of_source("nq44_2023", day(number)).values_list("pk", flat=True))


@pytest.fixture
def twin(petition, enter):
    """The same petition from another constituency."""
    return enter(constituencies="Tây Hồ")


def test_the_merged_one_is_kept_and_counted_no_more_from_that_day(client, do, petition, twin):
    answer = do("gop", twin, on="07/6/2024", into=str(petition.entry))
    assert answer.status_code == 302, answer.context["form"].errors
    twin.refresh_from_db()
    twin.entry.refresh_from_db()
    assert (twin.merged_into, twin.merged_on) == (petition, day(7))
    assert twin.source.key == "nq44_2023"
    assert twin.entry.closed_on == day(7)
    assert twin.entry.obligations.get().done_at
    assert {twin.pk, petition.pk} <= counted(6)
    assert counted(7) & {twin.pk, petition.pk} == {petition.pk}
    page = client.get(f"{PAGE}{petition.pk}/").content.decode()
    assert "Kiến nghị đã gộp vào đây" in page
    assert f"{PAGE}{twin.pk}/" in page
    page = client.get(f"{PAGE}{twin.pk}/").content.decode()
    assert "Đã gộp vào kiến nghị khác" in page
    assert f"{petition.entry}" in page
    assert "Quận Tây Hồ" in page and "gộp vào kiến nghị khác." in page
    line = Line.objects.filter(entry_id=twin.pk).latest("pk")
    assert (line.verb, line.details["into"]) == ("petition.merged", str(petition.entry))


def test_reopening_takes_it_apart_and_owes_the_answer_again(do, petition, twin):
    do("gop", twin, on="07/6/2024", into=str(petition.entry))
    answer = do("mo-lai", twin, on="10/6/2024", reason="Khác việc", next_on="30/8/2024")
    assert answer.status_code == 302
    twin.refresh_from_db()
    assert (twin.merged_into, twin.merged_on) == (None, None)
    assert twin.pk in counted(11)
    answer_owed = twin.entry.obligations.exclude(limit=None).get()
    assert answer_owed.reopened_at == clock.start_of(day(10))
    assert do("tra-loi", twin, on="12/6/2024").status_code == 302
    answer_owed.refresh_from_db()
    assert (answer_owed.done_at, answer_owed.reopened_at) == (clock.start_of(day(12)), None)


def test_only_within_one_source_and_never_in_a_chain(do, petition, twin, enter, written):
    later = enter(source="nq19_2023", repeated="on")
    third = enter()
    do("gop", twin, on="07/6/2024", into=str(petition.entry))
    before = written()
    for merged, into in (
        (petition, petition), (later, petition), (third, twin), (petition, third), (twin, third),
    ):  # fmt: skip
        answer = do("gop", merged, on="10/6/2024", into=str(into.entry))
        assert answer.status_code == 422
    assert do("gop", third, on="10/6/2024", into="9999/2024").status_code == 422
    assert do("gop", third, on="02/6/2024", into=str(petition.entry)).status_code == 422
    assert written() == before


def test_nothing_more_is_written_on_a_merged_one(do, petition, twin, written):
    do("gop", twin, on="07/6/2024", into=str(petition.entry))
    before = written()
    for verb, values in (
        ("tra-loi", {}), ("ket-qua", {"result": "explained"}),
    ):  # fmt: skip
        answer = do(verb, twin, on="10/6/2024", **values)
        assert answer.status_code == 422
        assert "đã gộp vào số" in answer.content.decode()
    assert written() == before


def test_a_head_merges_only_what_is_the_own_units(petition, twin, giam_doc_so, written):
    twin.entry.unit = Unit.objects.get(code="STP")
    twin.entry.save()
    before = written()
    with pytest.raises(Forbidden):
        merge_petition(petition.pk, actor=giam_doc_so, on=day(7), into=twin)
    with pytest.raises(Forbidden):
        merge_petition(twin.pk, actor=giam_doc_so, on=day(7), into=petition)
    assert written() == before
