"""Every address: closed to strangers, whole for the cast, and as cheap for fifty rows as for three.

Addresses are built from the resolver and the loaded data (addresses.py).
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.architecture.addresses import CAST, PARAMETER, ROUTES, addresses

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.queries import Cursor
from dieuhanh.kernel.files.actions import attach_file
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.actions import give_mandate
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.indicators.models import Datapoint, Indicator

#: For machines that watch the program: no pages, and nothing of anybody in them.
WATCHED = {"healthz", "readyz", "metrics"}
#: Pages and data for everybody: counts, and nothing of anybody (faces/portal/tests).
OPEN = {route for route in ROUTES if route.startswith("cong-khai/")}
#: Answered to people who are not signed in, and only read.
ONLY_READ = WATCHED | OPEN
#: The only addresses for people who are not signed in.
PUBLIC = {"dang-nhap/"} | ONLY_READ
CLOSED = {302, 401, 403, 404}
#: Most queries of one page, session and person included.
BUDGETS = {"list": 12, "entry": 12, "figure": 12, "figure entries": 12, "search": 9, "home": 12, "page": 12,
           "indicators": 8, "indicator": 9, "report": 12, "campaign": 12, "api list": 9}  # fmt: skip
#: Routes that cost more than a page may: how many, and why. This list may only shrink.
MORE_QUERIES: dict[str, tuple[int, str]] = {}
TABLE = re.compile(r'FROM "(\w+)"')
#: Reports are the same for everybody: a planner and somebody without any register read them.
REPORT_READERS = ("ke-hoach", "quan-tri")
RANGE = "tu=2024-06-10&den=2024-06-14&tinh-den=2024-06-15"


@pytest.fixture
def samples(db, van_thu, giam_doc_so) -> dict[str, Entry]:
    """Code of a register → one of its ordinary entries, an attachment on one of them."""
    found = {}
    for register in registry.all_registers():
        entry = Entry.objects.filter(register=register.code).exclude(confidentiality="secret")
        found[register.code] = entry.order_by("pk").first()
    give_mandate(actor=van_thu, giver=van_thu, stand_in=giam_doc_so, kind="substitution",
                 starts_on=clock.today(), ends_on=clock.today(), basis="1/QĐ")  # fmt: skip
    attach_file(found["documents.incoming"].pk, actor=van_thu, name="to-trinh.txt",
                content=io.BytesIO(b"noi dung"))  # fmt: skip
    return found


def test_the_public_list_is_short() -> None:
    assert set(ROUTES) >= PUBLIC, "A public page is gone: take it off PUBLIC."


def test_a_stranger_gets_nothing(client: Client, samples) -> None:
    open_to_all = {}
    for route in ROUTES:
        for address in addresses(route, samples):
            answers = {client.get(address).status_code, client.post(address).status_code}
            if route in PUBLIC:
                allowed = {200, 405} if route in ONLY_READ else {200, 422}
                assert answers <= allowed, f"{address} is public but answers {answers}"
            # “Not this way” says nothing, as long as the other way is closed.
            elif not answers - {405} or not answers <= CLOSED | {405}:
                open_to_all[address] = answers
    assert not open_to_all, (
        f"These answer people who are not signed in; only {PUBLIC} may: {open_to_all}"
    )


def _read(client: Client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        for _part in response.streaming_content:
            pass
    return response.status_code


@pytest.mark.parametrize("username", CAST)
def test_every_page_answers_the_cast(client: Client, samples, username: str) -> None:
    client.force_login(Person.objects.get(username=username))
    client.raise_request_exception = False
    wrong: dict[str, int] = {}
    for route in ROUTES:
        if {"report", "number"} & set(PARAMETER.findall(route)) and username not in REPORT_READERS:
            continue
        for address in addresses(route, samples):
            if "xuat." in route:
                address += f"?{RANGE}"
            status = _read(client, address)
            # 422: a verb that does not apply says so on the entry's page.
            expected = {302} if route in PUBLIC - ONLY_READ else {200, 404, 405, 422}
            if route == "bang/trach-nhiem/xuat.xlsx":
                expected = {302}  # of nothing: to the page that offers what to begin with
            if status not in expected:
                wrong[address] = status
    assert not wrong, f"{username} must get a page, “not found” or “not this way”: {wrong}"


@pytest.mark.parametrize(
    "query",
    ["?sau=x&truoc=2024-99-01.1", "?tu=31/2/2024&den=mai", "?tinh-den=0000", "?don-vi=9&loai=x",
     "?trang-thai=none", "?q=%00%27%3A*%26", "?ky=2024-H9&tu=2024-01-01", "?vi-sao=abc"],
)  # fmt: skip
def test_a_mistyped_query_is_no_failure(client: Client, samples, thanh_tra, query: str) -> None:
    client.force_login(thanh_tra)
    client.raise_request_exception = False
    incoming = samples["documents.incoming"]
    addresses = ["/", "/tim/", "/van-ban-den/", f"/van-ban-den/{incoming.pk}/", "/bao-cao/",
                 "/so-lieu/complaints.letters.total/", "/so-lieu/complaints.letters.total/muc/",
                 "/chi-tieu/", "/api/v1/measures/complaints.letters.total"]  # fmt: skip
    failed = {one: status for one in addresses if (status := _read(client, one + query)) >= 500}
    assert not failed, f"Read what a query means and fall back to the default: {failed}"


# Queries ----------------------------------------------------------------------------------------


@pytest.fixture
def queries(client: Client, thanh_tra) -> Callable[[str], int]:
    """How many queries a page costs the one who sees most."""
    client.force_login(thanh_tra)

    def count(address: str) -> int:
        client.get(address)  # caches of the process are filled
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        return len(captured)

    return count


def _third_oldest(code: str) -> Cursor:
    """The cursor after which three rows are left."""
    *_older, entry = Entry.objects.filter(register=code).order_by("opened_on", "pk")[:4]
    return Cursor(entry.opened_on, entry.pk)


def _require_flat(name: str, few: int, many: int, budget: str) -> None:
    assert many <= few, (
        f"{name}: {few} queries for few rows, {many} for many. Join what each row needs "
        "(select_related, of_entries) instead of asking per row."
    )
    assert many <= BUDGETS[budget], (
        f"{name} costs {many} queries, the budget of a {budget} page is {BUDGETS[budget]}."
    )


@pytest.mark.parametrize("code", [one.code for one in registry.all_registers()])
def test_a_list_costs_the_same_for_fifty_rows(queries, db, code: str) -> None:
    slug = registry.get(code).slug
    # A register with few entries is whole on its first page: nothing can grow with its rows.
    whole = Entry.objects.filter(register=code).count() < 4
    few = queries(f"/{slug}/" if whole else f"/{slug}/?sau={_third_oldest(code)}")
    _require_flat(f"/{slug}/", few, queries(f"/{slug}/"), "list")


@pytest.mark.parametrize("code", [one.code for one in registry.all_registers()])
def test_the_api_costs_the_same_for_fifty_rows(queries, db, code: str) -> None:
    address = f"/api/v1/registers/{code}/entries?size="
    _require_flat(address, queries(address + "3"), queries(address + "50"), "api list")


def _grow(entry: Entry) -> None:
    """Forty lines of journal, ten obligations, ten attachments more."""
    now = clock.now()
    Line.objects.bulk_create(
        Line(at=now, actor_name="Người thử", verb="entry.corrected", entry_id=entry.pk,
             subject=str(entry), reason="thử", details={"changes": {"title": ["a", "b"]}})
        for _ in range(40)
    )  # fmt: skip
    Obligation.objects.bulk_create(
        Obligation(entry=entry, duty=f"Việc {n}", unit=entry.unit, started_at=now)
        for n in range(10)
    )
    Attachment.objects.bulk_create(
        Attachment(entry=entry, name=f"{n}.txt", digest=f"{n:064}", size=1,
                   content_type="text/plain", added_at=now)
        for n in range(10)
    )  # fmt: skip


@pytest.mark.parametrize("code", [one.code for one in registry.all_registers()])
def test_an_entry_costs_the_same_with_a_long_story(queries, samples, code: str) -> None:
    entry, slug = samples[code], registry.get(code).slug
    _grow_one = Obligation(entry=entry, duty="Việc", unit=entry.unit, started_at=clock.now())
    _grow_one.save()
    few = queries(f"/{slug}/{entry.pk}/")
    _grow(entry)
    budget = "campaign" if code == "reports.campaigns" else "entry"
    _require_flat(f"/{slug}/{entry.pk}/", few, queries(f"/{slug}/{entry.pk}/"), budget)


WHOLE = "tu=2024-01-01&den=2024-06-15&tinh-den=2024-06-15&ky=2024-H1"
ONE_DAY = "tu=2024-06-14&den=2024-06-14&tinh-den=2024-06-15&ky=2024-H1"


@pytest.mark.parametrize(
    "id",
    ["documents.incoming.total", "documents.outgoing.total", "complaints.letters.total",
     "complaints.cases.resolved_pct", "complaints.cases.growth", "feedback.regulations.received",
     "programmes.houses.completed", "indicator.grdp.6m_est.growth"],
)  # fmt: skip
def test_a_figure_costs_the_same_for_many_entries(queries, db, id: str) -> None:
    few, many = queries(f"/so-lieu/{id}/?{ONE_DAY}"), queries(f"/so-lieu/{id}/?{WHOLE}")
    # Its parts are measures of their own: one count each.
    parts = many - BUDGETS["figure"]
    assert many <= few + 1, f"{id}: {few} queries for a day, {many} for half a year."
    assert parts <= 10, f"{id} costs {many} queries, {BUDGETS['figure']} and ten parts are allowed."


@pytest.mark.parametrize("report", ["direction", "socioeconomic"])
def test_a_report_reads_published_values_at_once(queries, db, report: str) -> None:
    """What is left is one count for each measure that counts entries."""
    address = f"/bao-cao/{report}/2024-H1/"
    _require_flat(address, queries(f"/bao-cao/{report}/2024-H2/"), queries(address), "report")


def test_the_entries_of_a_figure_cost_the_same_for_fifty(queries, db) -> None:
    base = f"/so-lieu/documents.incoming.total/muc/?{WHOLE}"
    few = queries(f"{base}&sau={_third_oldest('documents.incoming')}")
    _require_flat(base, few, queries(base), "figure entries")


def test_search_costs_the_same_for_fifty_rows(queries, db) -> None:
    entry = Entry.objects.filter(register="complaints.reviews").order_by("pk")[0]
    few = queries(f"/tim/?q={entry.title}&sau={_third_oldest('complaints.reviews')}")
    _require_flat("/tim/", few, queries("/tim/?q=duong"), "search")


def test_my_work_costs_the_same_for_a_hundred_duties(queries, samples, thanh_tra) -> None:
    unit = thanh_tra.current_appointments[0].unit
    entry = samples["complaints.cases"]

    def owe(count: int) -> None:
        Obligation.objects.bulk_create(
            Obligation(entry=entry, duty=f"Việc {n}", unit=unit, started_at=clock.now())
            for n in range(count)
        )

    owe(2)
    few = queries("/")
    owe(98)
    _require_flat("/", few, queries("/"), "home")


@pytest.mark.parametrize("username", ["thanh-tra", "ke-hoach"])
def test_no_page_makes_more_queries_than_the_budget(client, samples, username: str) -> None:
    client.force_login(Person.objects.get(username=username))
    over: dict[str, list[str]] = {}
    for route in ROUTES:
        if "xuat." in route:  # a file that is read in portions, however many rows it has
            continue
        if {"report", "number"} & set(PARAMETER.findall(route)) and username not in REPORT_READERS:
            continue
        for address in addresses(route, samples):
            for _again in range(2):  # caches of the process are filled by the first
                with CaptureQueriesContext(connection) as captured:
                    answer = client.get(address)
                if len(captured) <= BUDGETS["page"] or answer.status_code != 200:
                    break
            else:
                if len(captured) > MORE_QUERIES.get(route, (0, ""))[0]:
                    over[address] = [f"{len(captured)} queries", *_first_words(captured)]
    told = "\n".join(f"{address}: {'; '.join(words)}" for address, words in over.items())
    assert not over, f"At most {BUDGETS['page']} queries a page. Join what it needs:\n{told}"


def _first_words(captured: CaptureQueriesContext) -> list[str]:
    """Each statement by its verb and its table, with how often it was made."""
    words = Counter(
        f"{one['sql'].split(None, 1)[0]} {''.join(TABLE.findall(one['sql'])[:1])}"
        for one in captured.captured_queries
    )
    return [f"{n} × {statement}" for statement, n in words.most_common()]


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize("day", ["", "?tinh-den=14/6/2024"])
def test_home_fits_the_budget_for_every_role(client, db, username: str, day: str) -> None:
    client.force_login(Person.objects.get(username=username))
    client.get(f"/{day}")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/{day}").status_code == 200
    told = "\n".join(one["sql"][:150] for one in captured.captured_queries)
    assert len(captured) <= BUDGETS["home"], f"/{day} costs {username} {len(captured)}:\n{told}"


def test_the_pages_behind_home_fit_the_budget(client, db, thanh_tra, quan_tri) -> None:
    unit = Unit.objects.get(code="STNMT")
    for person, behind in (
        (thanh_tra, ["/nhat-ky/", "/nhat-ky/?so=44051/2024&nguoi=a", "/so-da-cap/", "/don-vi/",
                     f"/don-vi/{unit.pk}/", f"/don-vi/{unit.pk}/?tinh-den=1/6/2024"]),
        (quan_tri, ["/nhat-ky/", "/don-vi/", "/nguoi-dung/"]),
    ):  # fmt: skip
        client.force_login(person)
        for address in behind:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200, address
            count = len(captured)
            assert count <= BUDGETS["page"], f"{address} costs {person} {count} queries."


def test_indicators_cost_the_same_for_many(queries, db) -> None:
    few = queries("/chi-tieu/?loai=none")
    _require_flat("/chi-tieu/", few, queries("/chi-tieu/"), "indicators")
    indicator = Indicator.objects.order_by("pk")[0]
    address = f"/chi-tieu/{indicator.code}/"
    few = queries(address)
    Datapoint.objects.bulk_create(
        Datapoint(indicator=indicator, area="01", period=f"{1950 + n}", period_kind="annual",
                  value_kind="value", value=1, decimals=0, measure_unit="%", as_of="2024-01-01",
                  document="thu", line=n)
        for n in range(50)
    )  # fmt: skip
    _require_flat(address, few, queries(address), "indicator")
