"""Every route × every role × what it may and may not see × every method.

What is expected comes from the table of policies alone (the descriptors' data, read here in plain
Python and for one entry at a time), never from the views or their Q. Each route stands in GUARDS
with what guards each of its methods; a route that does not is a failure.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.test import Client
from tests.architecture.addresses import (
    ABSENT,
    CAST,
    OF_DUTIES,
    PARAMETER,
    ROUTES,
    filled,
    is_of_registers,
    values_of,
)
from tests.architecture.guards import (
    GUARDS,
    OWED,
    expected,
    expected_of_campaign,
    may,
    may_at_all,
    representatives,
)

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import CHANGE, EXPORT, READ, Register
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.models import Appointment, Person, Role, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.complaints.models import Letter
from dieuhanh.registers.indicators.models import Datapoint
from dieuhanh.reports.review.models import Campaign, Explanation

pytestmark = pytest.mark.django_db

#: Who tries every method; the others read and send.
EVERY_METHOD = ("a stranger", "van-thu", "ke-hoach")
OF_DENUNCIATIONS = ("a stranger", "tiep-dan", "thanh-tra", "lanh-dao", "giam-doc-so", "quan-tri")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def test_every_route_says_who_may() -> None:
    silent = sorted(set(ROUTES) - set(GUARDS))
    assert not silent, f"Say who may: add a row to GUARDS for each method of {silent}"
    gone = sorted(set(GUARDS) - set(ROUTES))
    assert not gone, f"These routes are gone: take them out of GUARDS: {gone}"


#: A word that stands in the title of every probe, and nowhere else.
WORD = "khodoan"
HERE, THERE = "STNMT", "KHDT"  # the unit of the cast's head, and another


@pytest.fixture
def people(db) -> dict[str, Person]:
    """The cast; somebody with two offices; a head of another unit; somebody with no office."""
    found = {name: Person.objects.get(username=name) for name in CAST}
    offices = {
        "hai-chuc-vu": [(Role.HEAD, THERE), (Role.RECEPTION, HERE)],
        "giam-doc-khac": [(Role.HEAD, THERE)],
        "chua-bo-nhiem": [],
    }
    for username, held in offices.items():
        person = Person.objects.create(username=username, full_name=username)
        for role, code in held:
            unit = Unit.objects.get(code=code, valid_to=None)
            Appointment.objects.create(
                person=person, unit=unit, role=role, valid_from=clock.today()
            )
        found[username] = person
    return found


def _levels(office: Unit, here: Unit, there: Unit) -> list[tuple[str, Unit, list[Unit]]]:
    return [
        ("ordinary", there, []), ("ordinary", here, []), ("ordinary", there, [here]),
        ("personal", there, []), ("restricted", there, []), ("restricted", there, [here]),
        ("restricted", office, []), ("guarded", there, []), ("guarded", here, []),
        ("guarded", there, [here]),
    ]  # fmt: skip


@pytest.fixture
def probes(db, van_thu) -> dict[str, list[Entry]]:
    """Code of a register → entries of it of every level, led by units near and far.

    Each has a title of its own, something owed, and a file; of documents there is a secret stub.
    """
    units = {one.code: one for one in Unit.objects.filter(code__in=(HERE, THERE), valid_to=None)}
    office = van_thu.current_appointments[0].unit
    levels = _levels(office, units[HERE], units[THERE])
    found: dict[str, list[Entry]] = {}
    changed, owed, parts = [], [], []
    of_part = Entry.co_units.through
    for register in registry.all_registers():
        rows = Entry.objects.filter(register=register.code).exclude(confidentiality="secret")
        chosen = list(rows.order_by("opened_on", "pk")[: len(levels)])
        for number, (entry, level) in enumerate(zip(chosen, levels, strict=False)):
            entry.confidentiality, entry.unit, co_units = level
            entry.title = f"{WORD} {register.slug} x{number}x{entry.pk}x"
            entry.folded = searchable([entry.title])
            parts += [of_part(entry_id=entry.pk, unit_id=unit.pk) for unit in co_units]
            owed.append(
                Obligation(entry=entry, duty="Việc", unit=entry.unit, started_at=clock.now())
            )
        changed += chosen
        found[register.code] = chosen
    of_part.objects.filter(entry__in=changed).delete()
    of_part.objects.bulk_create(parts)
    Obligation.objects.bulk_create(owed)
    fields = ["title", "confidentiality", "unit", "folded"]
    Entry.objects.bulk_update(changed, fields, batch_size=500)
    prefetch_related_objects(changed, "co_units")
    secret = Entry.objects.filter(register="documents.incoming", confidentiality="secret")
    found["documents.incoming"].append(secret.order_by("pk")[0])
    letter = Letter.objects.filter(pk__in=[one.pk for one in found["complaints.letters"][:4]])
    letter.exclude(letter_class="denunciation").update(sender="Nguoivietdon")
    return found


def text_of(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def titles_in(text: str, entries: list[Entry]) -> set[int]:
    return {one.pk for one in entries if one.title and one.title in text}


# One filter ----------------------------------------------------------------------------------------


def test_the_one_q_says_what_the_table_says(people, probes) -> None:
    wrong = []
    for register in registry.all_registers():
        entries = probes[register.code]
        pks = [one.pk for one in entries]
        for name, person in people.items():
            for verb in (READ, EXPORT, CHANGE, register.verbs[0].name):
                found = Entry.objects.filter(policies.allowed(person, verb, register), pk__in=pks)
                expected = {one.pk for one in entries if may(person, verb, register, one)}
                if set(found.values_list("pk", flat=True)) != expected:
                    wrong.append((name, verb, register.code))
    assert not wrong, f"policies.allowed is not what the table says for {wrong}"


def test_lists_exports_and_api_show_the_same_entries(client: Client, people, probes) -> None:
    wrong = []
    for name, person in people.items():
        client.force_login(person)
        for register in representatives():  # the views are the same for all registers
            code, slug = register.code, register.slug
            entries = [one for one in probes[code] if one.title]
            expected = {one.pk for one in entries if may(person, READ, register, one)}
            status = 200 if may_at_all(person, READ, register) else 404
            for address in (f"/{slug}/?q={WORD}", f"/{slug}/xuat.csv?q={WORD}",
                            f"/api/v1/registers/{code}/entries?q={WORD}"):  # fmt: skip
                response = client.get(address)
                text = text_of(response)
                if response.status_code != status or titles_in(text, entries) != expected:
                    wrong.append((name, address))
                if status == 200 and address.endswith(f"/?q={WORD}"):
                    counted = response.context["tabs"][0]["count"]
                    if counted != len(expected):
                        wrong.append((name, address, f"counts {counted}, shows {len(expected)}"))
    assert not wrong, f"Lists, counts, exports and API must use policies.allowed: {wrong}"


def test_search_home_and_the_sheet_show_the_same_entries(client: Client, people, probes) -> None:
    wrong = []
    registers = {one.code: one for one in registry.all_registers()}
    all_of_them = [one for entries in probes.values() for one in entries if one.title]
    sheet = registers["documents.incoming"]
    for name, person in people.items():
        client.force_login(person)
        seen = {
            one.pk for one in all_of_them if may(person, READ, registers[one.register], one)
        }  # fmt: skip
        found: set[int] = set()
        address = f"/tim/?q={WORD}"
        while address:
            response = client.get(address)
            found |= titles_in(text_of(response), all_of_them)
            address = response.context["pager"]["older_url"]
        if found != seen or f"{len(seen)} mục khớp" not in response.context["line"]:
            wrong.append((name, "/tim/", len(seen), response.context["line"]))
        if titles_in(text_of(client.get("/")), all_of_them) - seen:
            wrong.append((name, "/"))
        if may_at_all(person, EXPORT, sheet):
            from openpyxl import load_workbook

            content = b"".join(client.get(f"/{sheet.slug}/xuat.xlsx?q={WORD}").streaming_content)
            rows = load_workbook(io.BytesIO(content)).active.values
            text = "\n".join(str(cell) for row in rows for cell in row)
            mine = probes[sheet.code]
            if titles_in(text, mine) != {one.pk for one in mine if one.title and one.pk in seen}:
                wrong.append((name, "xuat.xlsx"))
    assert not wrong, f"Search, home and the sheet must use policies.visible: {wrong}"


def test_behind_a_figure_stands_only_what_one_may_open(client: Client, people, probes) -> None:
    """The figure counts all; its panel and its entries list what the person may open, and say how
    many are not shown."""
    entries = probes["complaints.letters"]
    entries = [one for one in entries if one.title]
    days = sorted(one.opened_on for one in entries)
    query = f"?tu={days[0]}&den={days[-1]}&tinh-den=2024-06-15&ky=2024-H1"
    register = registry.get("complaints.letters")
    wrong, figures = [], set()
    for name, person in people.items():
        client.force_login(person)
        expected = {one.pk for one in entries if may(person, READ, register, one)}
        found: set[int] = set()
        address = f"/so-lieu/complaints.letters.total/muc/{query}"
        for _page in range(40):
            response = client.get(address)
            found |= titles_in(text_of(response), entries)
            address = response.context["pager"]["older_url"]
            if not address or found == {one.pk for one in entries}:
                break
        figures.add(response.context["line"])
        panel = titles_in(
            text_of(client.get(f"/so-lieu/complaints.letters.total/{query}")), entries
        )
        if not found <= expected or panel - expected:
            wrong.append((name, len(found - expected)))
    assert not wrong, f"A figure's entries must be filtered by policies.visible: {wrong}"
    assert len(figures) == 1, f"A figure of the city is the same for everybody: {figures}"


def test_what_units_explain_is_for_them_and_those_who_compile(client: Client, people) -> None:
    campaign = Campaign.objects.earliest("pk")
    unit = Unit.objects.get(code=THERE, valid_to=None)
    Explanation.objects.create(
        campaign=campaign, unit=unit, measure="complaints.letters.total", text=f"{WORD} giải trình",
        person=people["giam-doc-khac"], written_at=clock.now(),
    )  # fmt: skip
    address = "/so-lieu/complaints.letters.total/?tu=2024-06-10&den=2024-06-15&ky=2024-H1"
    shown = set()
    for name, person in people.items():
        client.force_login(person)
        if WORD in text_of(client.get(address)):
            shown.add(name)
    assert shown == {"lanh-dao", "ke-hoach", "thanh-tra", "giam-doc-khac", "hai-chuc-vu"}, (
        "A figure's panel must take explanations through review.policies.explanations_open"
    )


def test_a_citizens_own_data_are_for_those_who_work_on_them(client, people, probes) -> None:
    """Level “personal data”: list, page, export, API and search."""
    register = registry.get("complaints.letters")
    named = {one.pk for one in Letter.objects.filter(sender="Nguoivietdon")}
    entries = [one for one in probes[register.code] if one.pk in named]
    assert len(entries) > 1
    wrong = []
    for name, person in people.items():
        client.force_login(person)
        for entry in entries:
            if not may(person, READ, register, entry):
                continue
            of_unit = entry.unit_id in person.unit_ids or any(
                one.pk in person.unit_ids for one in entry.co_units.all()
            )
            expected = of_unit or may(person, CHANGE, register, entry)
            title = entry.title.replace(" ", "%20")
            for address in (f"/don-thu/{entry.pk}/", f"/don-thu/xuat.csv?q={title}",
                            f"/api/v1/registers/{register.code}/entries/{entry.pk}"):  # fmt: skip
                if ("Nguoivietdon" in text_of(client.get(address))) != expected:
                    wrong.append((name, address, f"expected {expected}"))
        if titles_in(text_of(client.get("/don-thu/?q=nguoivietdon")), entries):
            wrong.append((name, "search by the name of a citizen"))
    assert not wrong, f"Read columns through policies.reading: {wrong}"


# One entry, hidden or not ----------------------------------------------------------------------------


def _alike(text: str, pk: int) -> str:
    return text.replace(str(pk), "N").replace(str(ABSENT), "N")


@pytest.fixture
def files(probes, van_thu) -> None:
    """A file with one document, and the same one with every probe that is walked page by page."""
    name, content = "a.png", io.BytesIO(b"noi dung")
    open_to_clerk = probes["documents.incoming"][6].pk
    kept = attach_file(open_to_clerk, actor=van_thu, name=name, content=content)
    Attachment.objects.bulk_create(
        Attachment(entry=entry, digest=kept.digest, name=name, size=kept.size,
                   content_type=kept.content_type, added_at=kept.added_at,
                   pages=kept.pages)
        for code in ("documents.incoming", "complaints.letters") for entry in probes[code]
        if entry.pk != open_to_clerk
    )  # fmt: skip


@pytest.mark.parametrize("register", representatives(), ids=lambda one: one.code)
def test_a_hidden_entry_is_an_absent_one(client: Client, people, probes, register) -> None:
    wrong = []
    for name, person in people.items():
        client.force_login(person)
        for pattern in ("/{slug}/{pk}/", "/api/v1/registers/{code}/entries/{pk}"):
            absent = client.get(pattern.format(slug=register.slug, code=register.code, pk=ABSENT))
            opened = 0
            for entry in probes[register.code]:
                if may(person, READ, register, entry):
                    opened += 1
                    if opened > 2 and "api" not in pattern:
                        continue  # whoever sees the first two pages sees the others, says the API
                address = pattern.format(slug=register.slug, code=register.code, pk=entry.pk)
                response = client.get(address)
                if may(person, READ, register, entry):
                    if response.status_code != 200:
                        wrong.append((name, address, response.status_code))
                elif response.status_code != 404 or _alike(text_of(response), entry.pk) != _alike(
                    text_of(absent), entry.pk
                ):
                    wrong.append((name, address, entry.confidentiality))
    assert not wrong, f"Get the row by policies.get_visible_or_404: {wrong}"


def _entry_addresses(register: Register, entry: Entry, pk: int) -> Iterator[tuple[str, str]]:
    """(route, address) of every page of one entry, of which one verb."""
    for route in ROUTES:
        if not is_of_registers(route) or "pk" not in PARAMETER.findall(route):
            continue
        values = {
            name: values_of(route, name, register, entry)[0] for name in PARAMETER.findall(route)
        }
        correct = next(one for one in register.verbs if one.name == "correct")
        if not route.startswith(OF_DUTIES):
            values["pk"] = pk
        values |= {"action": correct.slug, "verb": correct.name}
        yield route, filled(route, values)


def _ask(client: Client, method: str, address: str) -> tuple[int, bool]:
    """The status, and whether anything was written. What was written is undone."""
    newest = Line.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    before = list(newest)
    with transaction.atomic():
        json_body = "/api/" in address and method not in ("GET", "HEAD", "OPTIONS")
        body = {"content_type": "application/json", "data": "{}"} if json_body else {}
        response = getattr(client, method.lower())(address, **body)
        text_of(response)
        changed = list(newest) != before
        transaction.set_rollback(True)
    return response.status_code, changed


def _fault(person: Person | None, method: str, guards: dict[str, str], allowed: bool | None,
           status: int, *, changed: bool) -> str:  # fmt: skip
    """What is wrong with an answer, or nothing.

    Args:
        allowed: whether the table lets this person do it; None where the route has no such method.
    """
    if status >= 500:
        return f"{status}: a failure"
    if allowed is None:
        # HEAD and OPTIONS of a page that may be read say no more than the page.
        polite = method == "OPTIONS" or (method == "HEAD" and "GET" in guards)
        if changed or (status not in (302, 401, 404, 405) and not (polite and status == 200)):
            return f"{status}: it has no {method}, answer 405 and change nothing"
        return ""
    if not allowed:
        # A stranger is sent to sign in, or told that there is no such method: both say nothing.
        if changed or status not in ((302, 401) if person is None else (404,)):
            return f"{status}: answer as if it did not exist"
        return ""
    if status == 404 and guards.get(method) == OWED:
        return ""  # the verb asks for more than to read
    good = (200, 302) if method == "GET" else (200, 201, 204, 302, 400, 422)
    return "" if status in good else f"{status}: the table allows it"


@pytest.mark.parametrize("code", ["documents.incoming", "complaints.letters"])
def test_every_method_of_every_page_of_an_entry(client, people, probes, files, code) -> None:
    register, wrong = registry.get(code), []
    walked: list[tuple[str, Person | None]] = [("a stranger", None), *people.items()]
    if code != "documents.incoming":  # here for the pages of denunciations
        walked = [one for one in walked if one[0] in OF_DENUNCIATIONS]
    for name, person in walked:
        if person:
            client.force_login(person)
        entries = probes[code]
        seen = [one for one in entries if person and may(person, READ, register, one)]
        hidden = [one for one in entries if one not in seen]
        # The other levels are walked by GET above; the methods need one that is open, one that
        # is closed, and a guarded one for the pages of denunciations.
        chosen = [*seen[:1], *hidden[:1], entries[7]]
        for entry in dict.fromkeys(chosen):
            for route, address in _entry_addresses(register, entry, entry.pk):
                if entry == entries[7] and len(chosen) > 2 and "nguoi-to-cao" not in route:
                    continue
                guards = GUARDS.get(route, {})
                every = name in EVERY_METHOD and code == "documents.incoming"
                for method in METHODS if every else ("GET", "POST"):
                    guard = guards.get(method)
                    allowed = None if guard is None else expected(person, guard, register, entry)
                    status, changed = _ask(client, method, address)
                    if fault := _fault(person, method, guards, allowed, status, changed=changed):
                        wrong.append(f"{name} {method} {address}: {fault}")
    assert not wrong, "\n".join(wrong)


def test_every_method_of_every_other_page(client, people, probes) -> None:
    """Lists, entering, figures, reports, indicators: one register stands for all."""
    wrong: list[str] = []
    chosen = ("van-thu", "ke-hoach", "chua-bo-nhiem")
    walked: list[tuple[str, Person | None]] = [("a stranger", None)]
    walked += [(name, people[name]) for name in chosen]
    point = Datapoint.objects.select_related("indicator").earliest("pk")
    code = "documents.incoming"
    register = registry.get(code)
    entry = probes[code][1]
    for route in ROUTES:
        names = PARAMETER.findall(route)
        if route.startswith("dot-bao-cao/<") or (is_of_registers(route) and "pk" in names):
            continue
        values = {name: values_of(route, name, register, entry)[0] for name in names}
        if route.startswith("chi-tieu/"):
            values |= {"pk": point.pk, "code": point.indicator.code}
        values |= {"mandate": ABSENT}
        if route.startswith("ngon-ngu/"):
            values |= {"code": "vi"}
        address, guards = filled(route, values), GUARDS.get(route, {})
        for name, person in walked:
            if person:
                client.force_login(person)
            else:
                client.logout()
            heavy = "<slug:report>" in route or "<report>" in route
            for method in METHODS:
                guard = guards.get(method)
                if method == "GET" and heavy and name != "chua-bo-nhiem" and person:
                    continue  # composing takes a second, and nobody is special
                allowed = None if guard is None else expected(person, guard, register, entry)
                if guard in (READ, EXPORT):
                    allowed = person is not None and may_at_all(person, READ, register)
                if person and route == "dang-nhap/" and method == "GET":
                    continue  # sends on who is signed in
                full = f"{address}?tinh-den=2024-01-03" if "xuat." in route else address
                status, changed = _ask(client, method, full)
                if route in ("dang-nhap/", "dang-xuat/") and person:
                    client.force_login(person)
                if fault := _fault(person, method, guards, allowed, status, changed=changed):
                    wrong.append(f"{name} {method} {address}: {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("level", ["ordinary", "restricted"])
def test_every_method_of_every_page_of_a_campaign(client, people, level) -> None:
    """Restricted, a campaign exists for the unit that keeps it alone."""
    campaign = Campaign.objects.earliest("pk")
    Entry.objects.filter(pk=campaign.pk).update(confidentiality=level)
    campaign = Campaign.objects.select_related("entry").get(pk=campaign.pk)
    wrong = []
    unit = Unit.objects.get(code=HERE, valid_to=None).pk
    chosen = ("van-thu", "giam-doc-so", "lanh-dao", "ke-hoach", "thanh-tra", "quan-tri")
    walked: list[tuple[str, Person | None]] = [("a stranger", None)]
    walked += [(name, people[name]) for name in chosen]
    for name, person in walked:
        if person:
            client.force_login(person)
        for route in ROUTES:
            if not route.startswith("dot-bao-cao/<"):
                continue
            register, entry = registry.get("reports.campaigns"), campaign.entry
            values = {
                key: values_of(route, key, register, entry)[0] for key in PARAMETER.findall(route)
            } | {"pk": campaign.pk}
            address, guards = filled(route, values), GUARDS.get(route, {})
            if "so-sanh" in route:
                address += "?tu=1&den=2"
            for method in METHODS if name in EVERY_METHOD else ("GET", "POST"):
                guard = guards.get(method)
                allowed = (
                    None if guard is None else expected_of_campaign(person, guard, campaign, unit)
                )
                status, changed = _ask(client, method, address)
                # What the campaign has not reached yet (an approval, an issue) is not there.
                early = status == 404 and allowed and ("da-phat-hanh" in route or "duyet" in route)
                fault = _fault(person, method, guards, allowed, status, changed=changed)
                if fault and not early:
                    wrong.append(f"{name} {method} {address}: {fault}")
    assert not wrong, "\n".join(wrong)


# Verbs that do not apply --------------------------------------------------------------------------


def test_a_verb_that_does_not_apply_is_refused(client: Client, people, probes) -> None:
    """Closing what is closed, reopening what is open: page and API say so, nothing changes."""
    register = registry.get("feedback")
    entry = next(one for one in probes["feedback"] if one.confidentiality == "ordinary")
    Entry.objects.filter(pk=entry.pk).update(closed_on=None, reopened_on=None)
    client.force_login(people["chuyen-vien"])
    reopen = next(one for one in register.verbs if one.name == "reopen")
    page = client.get(f"/{register.slug}/{entry.pk}/{reopen.slug}/")
    assert page.status_code == 422 and "không cho phép" in text_of(page)
    before = Line.objects.count()
    data = {"on": "17/6/2024", "reason": "thử"}
    posted = client.post(f"/{register.slug}/{entry.pk}/{reopen.slug}/", data)
    asked = client.post(
        f"/api/v1/registers/feedback/entries/{entry.pk}/reopen", json.dumps(data),
        content_type="application/json",
    )  # fmt: skip
    assert (posted.status_code, asked.status_code) == (422, 422)
    assert Line.objects.count() == before


def test_a_verb_whose_action_forgets_to_refuse_is_undone(
    client, people, probes, monkeypatch
) -> None:
    """`Verb.perform` is the one gate: an action that would do it anyway is rolled back."""
    register = registry.get("feedback")
    entry = next(one for one in probes["feedback"] if one.confidentiality == "ordinary")
    check = next(one for one in register.verbs if one.name == "correct")
    row = register.rows().get(pk=entry.pk)

    def careless(pk: int, **_data: Any) -> None:
        Entry.objects.filter(pk=pk).update(title="đã đổi")

    closed = type(check)(**(vars(check) | {"act": careless, "applies": lambda _row: False}))
    from dieuhanh.kernel.entries.errors import WrongState

    with pytest.raises(WrongState):
        closed.perform(row, actor=people["chuyen-vien"])
    assert Entry.objects.get(pk=entry.pk).title == entry.title
