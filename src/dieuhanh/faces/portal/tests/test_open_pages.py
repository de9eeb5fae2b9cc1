"""What everybody may read: counts that agree with the reports, and nothing of anybody."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from dieuhanh.faces.portal import remembered
from dieuhanh.faces.portal.services import SERVICES
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.kernel.obligations.models import Handover, Obligation
from dieuhanh.registers.petitions.models import Petition

pytestmark = pytest.mark.django_db

ROOT = "/cong-khai/"
MOST_QUERIES = 12
WINDOW = Window(date(2024, 1, 1), date(2024, 5, 31), date(2024, 5, 31), "2024-H1")


def _addresses() -> list[str]:
    """Every open page and file, with every service and period that can be asked for."""
    routes = [str(one.pattern) for one in get_resolver().namespace_dict["portal"][1].url_patterns]
    found = [ROOT + route for route in routes]
    for route in ("dung-han/", "dung-han.csv", "dung-han.json"):
        for service in SERVICES:
            found += [
                f"{ROOT}{route}?dich-vu={service}",
                f"{ROOT}{route}?dich-vu={service}&ky=2023-H2",
            ]
    return found


def _json(client: Client, address: str) -> dict:
    return json.loads(client.get(ROOT + address).content)


def _row(answer: dict, key: str, value: str) -> dict:
    return next(one for one in answer["rows"] if one[key] == value)


# Everybody, from the address alone ------------------------------------------------------------------


def test_a_stranger_reads_every_page_without_a_session(client) -> None:
    for address in _addresses():
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        assert "public" in response["Cache-Control"]
        assert "Cookie" not in response.get("Vary", ""), (
            f"{address} looked at who asks: a proxy could not keep it. Read no session, no user."
        )
        assert not response.cookies, f"{address} sets a cookie"


def test_an_answer_that_did_not_change_is_not_sent_again(client) -> None:
    first = client.get(ROOT)
    again = client.get(ROOT, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_it_is_only_read(client) -> None:
    assert client.post(ROOT).status_code == 405


def test_the_page_costs_few_queries_and_none_the_second_time(client) -> None:
    for address in _addresses():
        remembered.forget()
        with CaptureQueriesContext(connection) as first:
            client.get(address)
        with CaptureQueriesContext(connection) as second:
            client.get(address)
        assert len(first) <= MOST_QUERIES, f"{address} costs {len(first)} queries"
        assert len(second) == 0, f"{address} counts again what was just counted"


def test_the_language_stands_in_the_address_and_in_every_link(client) -> None:
    page = client.get(f"{ROOT}?ngon-ngu=en")
    assert page["Content-Language"] == "en"
    body = page.content.decode()
    assert '<html lang="en"' in body
    assert "/cong-khai/kien-nghi/?ngon-ngu=en" in body
    client.cookies["django_language"] = "en"
    assert client.get(ROOT)["Content-Language"] == "vi", (
        "An answer that depends on a cookie cannot be kept for others."
    )


@pytest.mark.parametrize(
    "query",
    ["ky=1999-H1", "ky=2024-05", "tinh-den=2020-01-01", "dich-vu=denunciation", "ngon-ngu=fr",
     "ky=%00&dich-vu=%27"],
)  # fmt: skip
def test_only_what_is_offered_can_be_asked_for(client, query: str) -> None:
    usual = client.get(f"{ROOT}dung-han.json").content
    assert client.get(f"{ROOT}dung-han.json?{query}").content == usual


def test_periods_do_not_overlap(client) -> None:
    found = [_json(client, f"dung-han.json?ky={code}")["period"]
             for code in ("2022-H2", "2023-H1", "2023-H2", "2024-H1")]  # fmt: skip
    for earlier, later in zip(found, found[1:], strict=False):
        assert earlier["end"] < later["start"], (
            "Two periods that overlap tell a small count by their difference."
        )


# The numbers ----------------------------------------------------------------------------------------


def test_feedback_is_as_in_the_report(client) -> None:
    row = _row(_json(client, "dung-han.json"), "service", "feedback")
    figures = Evaluator(WINDOW)
    said = {name: int(figures.answer(f"feedback.regulations.{name}").value or 0)
            for name in ("received", "on_time", "overdue", "in_progress")}  # fmt: skip
    assert row["received"] == said["received"]
    assert row["in_time"] == said["on_time"]
    assert row["late"] + row["pending"] == said["overdue"] + said["in_progress"]


def test_letters_are_as_in_the_report_without_denunciations(client) -> None:
    row = _row(_json(client, "dung-han.json"), "service", "letters")
    figures = Evaluator(WINDOW)
    kinds = ("complaint", "petition_feedback")
    said = sum(int(figures.answer(f"complaints.letters.{kind}").value or 0) for kind in kinds)
    assert row["received"] == said


def test_petitions_are_as_in_the_report(client) -> None:
    rows = [one for one in _json(client, "kien-nghi.json")["rows"] if one["symbol"]]
    assert rows
    for row in rows:
        figures = Evaluator(WINDOW)
        for name, field in (
            ("total", "total"),
            ("resolved", "resolved"),
            ("resolved_pct", "resolved_rate"),
        ):
            said = figures.answer(f"petitions.{name}.{row['source']}").value
            assert row[field] == pytest.approx(float(said)), f"{row['source']}: {name}"


def test_units_add_up_to_their_service(client) -> None:
    row = _row(_json(client, "dung-han.json"), "service", "letters")
    units = _json(client, "dung-han.json?dich-vu=letters")["rows"]
    assert sum(one["in_time"] for one in units) == row["in_time"]
    assert sum(one["settled"] for one in units) == row["settled"]


def test_a_file_says_what_its_page_and_the_other_file_say(client) -> None:
    for name in ("dung-han", "kien-nghi", "chi-tieu"):
        answer = _json(client, f"{name}.json")
        text = client.get(f"{ROOT}{name}.csv").content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        fields = [one["name"] for one in answer["fields"]]
        assert [*fields, "as_of", "withheld"] == list(rows[0])
        for csv_row, json_row in zip(rows, answer["rows"], strict=True):
            for field in fields:
                told = "" if json_row[field] is None else str(json_row[field])
                assert csv_row[field] == told


def test_every_field_is_explained(client) -> None:
    method = client.get(f"{ROOT}phuong-phap/").content.decode()
    for address in (
        "dung-han.json",
        "dung-han.json?dich-vu=letters",
        "kien-nghi.json",
        "chi-tieu.json",
    ):
        answer = _json(client, address)
        assert answer["data_set"] in method
        assert answer["licence"]
        for field in answer["fields"]:
            assert f"<code>{field['name']}</code>" in method, f"Explain {field['name']}"


def test_work_handed_over_later_is_told_of_the_unit_that_had_it(client) -> None:
    letter = Obligation.objects.filter(
        limit__key="feedback.answer", entry__opened_on__lte="2024-05-01"
    ).select_related("unit")[0]
    before = _json(client, "dung-han.json?dich-vu=feedback")["rows"]
    other = (
        Obligation.objects.filter(limit__key="feedback.answer").exclude(unit=letter.unit)[0].unit
    )
    Handover.objects.create(
        obligation=letter, at=clock.now(), from_unit=letter.unit, to_unit=other, reason="thử"
    )
    Obligation.objects.filter(pk=letter.pk).update(unit=other)
    remembered.forget()
    assert _json(client, "dung-han.json?dich-vu=feedback")["rows"] == before


# Nothing of anybody ---------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["guarded", "restricted", "secret"])
def test_what_is_protected_is_in_no_count(client, level: str) -> None:
    for code, register, address in (
        ("feedback", "feedback", "dung-han.json"),
        ("letters", "complaints.letters", "dung-han.json"),
    ):
        before = _row(_json(client, address), "service", code)["received"]
        some = Entry.objects.filter(
            register=register, opened_on__lte="2024-05-01", confidentiality__in=["ordinary", "personal"]
        )  # fmt: skip
        chosen = list(some.order_by("pk").values_list("pk", flat=True)[:50])
        Entry.objects.filter(pk__in=chosen).update(confidentiality=level, title="", outcome="")
        remembered.forget()
        assert _row(_json(client, address), "service", code)["received"] == before - 50


def test_a_protected_petition_is_in_no_count(client) -> None:
    before = _row(_json(client, "kien-nghi.json"), "source", "nq34_2021")["total"]
    some = Petition.objects.filter(source__key="nq34_2021", merged_on=None)
    chosen = list(some.values_list("pk", flat=True)[:20])
    Entry.objects.filter(pk__in=chosen).update(confidentiality="guarded")
    remembered.forget()
    assert _row(_json(client, "kien-nghi.json"), "source", "nq34_2021")["total"] == before - 20


def test_nothing_of_any_entry_is_told(client) -> None:
    """No title, no outcome, no citizen's name, no address of the desk."""
    answers = {one: client.get(one).content.decode() for one in _addresses()}
    everything = "\n".join(answers.values())
    told = set(
        Entry.objects.exclude(title="")
        .exclude(register="meetings.sessions")
        .values_list("title", flat=True)
    ) | set(Entry.objects.exclude(outcome="").values_list("outcome", flat=True))
    # Words such as “Đã trả lời” end many entries; a whole sentence belongs to one.
    found = [one for one in told if len(one) > 25 and one in everything]
    assert not found, f"An open page tells of an entry: {found[:3]}"
    senders = Entry.objects.filter(register="complaints.letters").values_list(
        "letter__sender", flat=True
    )
    named = {one for one in senders.distinct() if one and len(one) > 6 and one in everything}
    assert not named, f"An open page names a citizen: {sorted(named)[:3]}"
    for address, body in answers.items():
        links = {part.split('"')[0] for part in body.split('href="')[1:]}
        inside = {one for one in links if not one.startswith((ROOT, "/static/", "#"))}
        assert not inside, f"{address} leads into the desk: {inside}"


def test_a_small_count_and_what_would_tell_it_are_hidden(client) -> None:
    """One unit is left with three late answers: not shown, nor anything to work them back from."""
    done = Obligation.objects.filter(
        limit__key="feedback.answer", entry__opened_on__lte="2024-05-01", done_at__isnull=False
    )
    unit = done.select_related("unit").order_by("pk")[0].unit
    late = list(done.filter(unit=unit).order_by("pk").values_list("pk", flat=True)[:3])
    assert len(late) == 3
    for pk in late:
        one = Obligation.objects.get(pk=pk)
        Obligation.objects.filter(pk=pk).update(due_at=one.started_at)
    remembered.forget()
    row = _row(_json(client, "dung-han.json"), "service", "feedback")
    assert row["withheld"]["late"] == "protected"
    assert row["on_time_rate"] is None, "The rate tells the count"
    assert row["in_time"] is None, "The count in time tells the count that was late"
    answer = _json(client, "dung-han.json?dich-vu=feedback")
    assert answer["rows"] == []
    assert answer["withheld"]
    page = client.get(f"{ROOT}dung-han/").content.decode()
    assert "được che" in page


def test_units_with_few_are_not_told_apart(client) -> None:
    answer = _json(client, "dung-han.json?dich-vu=petitions-council")
    counts = [one[name] for one in answer["rows"] for name in ("settled", "in_time", "late")]
    assert all(one is None or one == 0 or one >= answer["least_count_shown"] for one in counts)
    assert any("small" in one["withheld"].values() for one in answer["rows"])
    assert "dưới 5" in client.get(f"{ROOT}dung-han/?dich-vu=petitions-council").content.decode()
