"""My work: each side, each group of due days, counts that equal lists, pages without holes, many at
once."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.errors import Forbidden
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.actions import give_mandate
from dieuhanh.kernel.identity.models import Appointment, Mandate, Person, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.notifications.models import Notice, NoticeKind
from dieuhanh.kernel.obligations.models import Handover, Obligation
from dieuhanh.kernel.tracking import queries
from dieuhanh.kernel.tracking.actions import hand_over_obligations
from dieuhanh.kernel.tracking.queries import Due, Place, Side, Sight

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 6, 17, 8, 40, tzinfo=clock.ZONE)
#: ?han= → the day of June on which something of that group is due; None: no deadline.
GROUPS = {"qua-han": 14, "hom-nay": 17, "sap-den-han": 20, "sau-do": 21, "khong-thoi-han": None}
MOST_QUERIES = 5


@pytest.fixture
def owe(unit):
    """``owe(day, title=…, register=…, level=…, **of_the_obligation)``: due at the end of a day of
    June, of the head's unit unless another is given."""

    def make(day, title="Việc thử", register="feedback", level="ordinary", co_unit=None, **more):
        leads = more.pop("unit", unit)
        number = Entry.objects.filter(book="test.work").count() + 1
        entry = Entry.objects.create(
            register=register, agency=leads, book="test.work", year=2024, number=number,
            kind="conduct", title=title, unit=leads, opened_on="2024-06-03", confidentiality=level,
        )  # fmt: skip
        if co_unit:
            entry.co_units.add(co_unit)
        due = datetime(2024, 6, day, 23, 59, 59, tzinfo=clock.ZONE) if day else None
        started = datetime(2024, 6, 3, 8, tzinfo=clock.ZONE)
        return Obligation.objects.create(
            entry=entry, duty="Trả lời", unit=leads, started_at=started, due_at=due, **more
        )

    return make


@pytest.fixture
def only_new(db):
    """Nothing is owed yet: what the data set owes is done."""
    Obligation.objects.filter(done_at=None).update(done_at="2024-06-16T08:00+07")


@pytest.fixture
def another(db):
    return Unit.objects.get(code="KHDT", valid_to=None)


@pytest.fixture
def colleague(unit):
    person = Person.objects.create(username="can-bo-thu", full_name="Cán bộ Thử")
    Appointment.objects.create(person=person, unit=unit, role="officer", valid_from="2024-01-01")
    return person


def titles(answer):
    return [row["title"] for group in answer.context["groups"] for row in group["rows"]]


def picks(answer):
    return [row["pick"] for group in answer.context["groups"] for row in group["rows"]]


def whole(client, address):
    """Every page of a list, on and on; then all the way back. Both must tell the same."""
    page = client.get(address)
    forward = [picks(page)]
    while older := page.context["pager"]["older_url"]:
        page = client.get(older)
        forward.append(picks(page))
    back = [picks(page)]
    while newer := page.context["pager"]["newer_url"]:
        page = client.get(newer)
        back.append(picks(page))
    assert back[::-1] == forward, "Paging back must show the pages that paging on showed."
    return [pk for one in forward for pk in one]


def test_each_side_has_its_own(sign_in, giam_doc_so, lanh_dao, unit, another, owe, only_new):
    owe(20, "đơn vị")
    owe(20, "tôi", person=giam_doc_so)
    owe(20, "phối hợp", unit=another, co_unit=unit)
    owe(20, "của nơi khác", unit=another)
    owe(20, "giao", register="assignments.tasks", unit=another, asked_by=lanh_dao)
    client = sign_in(giam_doc_so)
    shown = {side: set(titles(client.get(f"/viec/?ben={side}")))
             for side in ("don-vi", "toi", "phoi-hop", "toi-giao")}  # fmt: skip
    assert shown == {"don-vi": {"đơn vị", "tôi"}, "toi": {"tôi"}, "phoi-hop": {"phối hợp"},
                     "toi-giao": set()}  # fmt: skip
    answer = client.get("/viec/")
    assert [tab["count"] for tab in answer.context["tabs"]] == [2, 1, 1, 0]
    assert titles(sign_in(lanh_dao).get("/viec/?ben=toi-giao")) == ["giao"]


def test_each_group_of_due_days(sign_in, giam_doc_so, owe, only_new):
    for name, day in GROUPS.items():
        owe(day, name)
    stopped = owe(18, "tam-dung")
    stopped.pauses.create(started_at=NOW - timedelta(1), due_at=stopped.due_at, reason="Chờ hồ sơ")
    client = sign_in(giam_doc_so)
    for name in (*GROUPS, "tam-dung"):
        assert titles(client.get(f"/viec/?han={name}")) == [name]
    whole_list = client.get("/viec/")
    assert titles(whole_list) == [*GROUPS, "tam-dung"], "The paused come last: their clock stands."
    assert [group["count"] for group in whole_list.context["groups"]] == [1] * 6
    assert "6 việc chưa xong, trong đó 1 việc quá hạn và 2 việc" in whole_list.context["line"]


def _shuffle(giam_doc_so, lanh_dao, another, unit, owe):
    registers = ["feedback", "complaints.cases", "documents.incoming"]
    for n in range(130):
        day = (None, 12, 17, 17, 18, 24, 24)[n % 7]
        one = owe(day, register=registers[n % 3], person=giam_doc_so if n % 4 == 0 else None,
                  unit=another if n % 5 == 0 else unit, co_unit=unit if n % 10 == 0 else None,
                  asked_by=giam_doc_so if n % 6 == 0 else None)  # fmt: skip
        if day and n % 11 == 0 and one.due_at > NOW:
            one.pauses.create(started_at=NOW - timedelta(1), due_at=one.due_at, reason="Chờ")


@pytest.mark.parametrize("moment", ["", "11/6/2024"])
def test_every_count_is_the_length_of_its_list(
    sign_in, giam_doc_so, lanh_dao, another, unit, owe, moment
):
    _shuffle(giam_doc_so, lanh_dao, another, unit, owe)
    past = clock.end_of(date(2024, 6, 11)) if moment else None
    sight = Sight(giam_doc_so, past or clock.now(), bool(past))
    counted = queries.tally(sight)
    for side in Side:
        rows = queries.open_work(sight, side)
        assert counted.count(side) == rows.count() > 0 or side == Side.ASKED
        for due in Due:
            some = rows.filter(queries.due_within(due, sight, counted.soon_until))
            groups = {
                queries.due_group(one, sight, counted.soon_until)
                for one in queries.page(some, sight, size=500).rows
            }
            assert groups <= {due}, f"{side}: rows of {due} say they are {groups}"
            assert counted.count(side, due) == some.count(), f"{side} {due}"
            for code in counted.registers(side):
                n = some.filter(entry__register=code).count()
                assert counted.count(side, due, code) == n, f"{side} {due} {code}"
    client = sign_in(giam_doc_so)
    address = f"/viec/?tinh-den={moment}"
    assert len(whole(client, address)) == counted.count(Side.UNIT)
    some = client.get(f"{address}&so=van-ban-den&han=qua-han").context
    chosen = [option["label"] for one in some["filters"]["selects"] for option in one["options"]
              if option["selected"]]  # fmt: skip
    n = counted.count(Side.UNIT, Due.LATE, "documents.incoming")
    assert chosen == [f"Quá hạn ({n})", f"Văn bản đến ({n})"]


def test_the_state_of_a_row_is_the_one_computed_for_a_set(giam_doc_so, another, unit, owe):
    """Now is read off the partial indexes, without what the past needs; both must agree."""
    _shuffle(giam_doc_so, None, another, unit, owe)
    rows = queries.open_work(Sight(giam_doc_so, clock.now()), Side.UNIT)
    found = queries.page(rows, Sight(giam_doc_so, clock.now()), size=500).rows
    long_way = Sight(giam_doc_so, clock.now(), past=True)
    known = {one.pk: one for one in queries.open_work(long_way, Side.UNIT)}
    assert known.keys() == {one.pk for one in found}
    for one in found:
        other = known[one.pk]
        assert (one.state, one.paused, one.due_then) == (other.state, other.paused, other.due_then)


def test_a_past_day_shows_what_was_open_then(sign_in, giam_doc_so, colleague, another, owe,
                                             only_new):  # fmt: skip
    done_since = owe(14, "xong hôm qua")
    Obligation.objects.filter(pk=done_since.pk).update(done_at="2024-06-16T08:00+07")
    moved = owe(12, "đã lùi hạn")
    Obligation.objects.filter(pk=moved.pk).update(due_at="2024-06-28T23:59:59+07")
    moved.due_changes.create(at="2024-06-12T10:00+07", cause="postponed", due_before=moved.due_at,
                             due_after="2024-06-28T23:59:59+07", reason="xin lùi")  # fmt: skip
    given = owe(20, "đã bàn giao", person=colleague)
    Handover.objects.create(obligation=given, at="2024-06-14T10:00+07", from_unit=given.unit,
                            to_unit=another, from_person=giam_doc_so, reason="chuyển")  # fmt: skip
    Obligation.objects.filter(pk=given.pk).update(unit=another, person=None)
    client = sign_in(giam_doc_so)
    assert titles(client.get("/viec/")) == ["đã lùi hạn"]
    then = client.get("/viec/?tinh-den=12/6/2024")
    assert {"xong hôm qua", "đã bàn giao"} <= set(titles(then))
    assert titles(client.get("/viec/?ben=toi&tinh-den=13/6/2024")) == ["đã bàn giao"]
    early = client.get("/viec/?tinh-den=11/6/2024&han=sap-den-han")
    assert "đã lùi hạn" in titles(early), "On 11 June it was still due on 12 June."
    assert 'type="checkbox" name="viec"' not in then.content.decode()


def test_pages_run_on_and_back_under_ties(sign_in, giam_doc_so, unit, owe, only_new):
    for n in range(156):
        one = owe((20, 20, 24, None)[n % 4])
        if n % 8 == 0:
            one.pauses.create(started_at=NOW - timedelta(1), due_at=one.due_at, reason="Chờ")
    seen = whole(sign_in(giam_doc_so), "/viec/")
    assert len(seen) == len(set(seen)) == 156
    rows = queries.open_work(Sight(giam_doc_so, clock.now()), Side.UNIT)
    at_once = queries.page(rows, Sight(giam_doc_so, clock.now()), size=500).rows
    assert seen == [one.pk for one in at_once]


@pytest.mark.parametrize(
    "text", ["", "x", "p.1", "r1.x", "rx.-1", "r" + "9" * 40 + ".1", "r1." + "9" * 30, "q1.1",
             "r²1.1", "r-99999999999999999999.5"]
)  # fmt: skip
def test_what_is_no_place_is_the_first_page(text):
    assert Place.parse(text) is None


def test_a_place_survives_the_address():
    for place in (Place(False, NOW, 7), Place(True, None, 2**40), Place(True, NOW, 1)):
        assert Place.parse(str(place)) == place


def test_what_may_not_be_seen_is_not_work(sign_in, giam_doc_so, unit, another, owe, only_new):
    """Not in lists, counts, filters or the API: guarded, restricted to others, of no register."""
    owe(20, "thấy được")
    owe(14, "người tố cáo", register="complaints.letters", level="guarded")
    owe(14, "của đơn vị khác", unit=another, level="restricted", person=giam_doc_so)
    client = sign_in(giam_doc_so)
    page = client.get("/viec/")
    assert [tab["count"] for tab in page.context["tabs"]] == [1, 0, 0, 0]
    assert "trong đó 0 việc quá hạn" in page.context["line"]
    assert "don-thu" not in str(page.context["filters"])
    assert "người tố cáo" not in page.content.decode()
    told = client.get("/api/v1/my-work").json()
    assert told["total"] == 1 and [one["count"] for one in told["counts"]] == [1]


def test_a_secret_is_listed_without_a_title(sign_in, van_thu_mat, owe, only_new):
    office = van_thu_mat.current_appointments[0].unit
    one = owe(20, "", register="documents.incoming", level="secret", unit=office)
    page = sign_in(van_thu_mat).get("/viec/")
    assert titles(page) == ["Văn bản mật"] and picks(page) == [one.pk]


def test_acting_shows_the_givers_list_within_the_mandate(
    sign_in, giam_doc_so, chuyen_vien, owe, only_new
):
    owe(20, "phản ánh", person=giam_doc_so)
    owe(20, "vụ việc", register="complaints.cases")
    own = chuyen_vien.current_appointments[0].unit
    owe(20, "việc của người làm thay", unit=own)
    give_mandate(actor=giam_doc_so, giver=giam_doc_so, stand_in=chuyen_vien, kind="authorisation",
                 starts_on=clock.today(), ends_on=clock.today(), basis="1/QĐ",
                 registers=["feedback"])  # fmt: skip
    client = sign_in(chuyen_vien)
    assert titles(client.get("/viec/")) == ["việc của người làm thay"]
    client.post(f"/lam-thay/{Mandate.objects.latest('pk').pk}/")
    assert titles(client.get("/viec/")) == ["phản ánh"]
    assert titles(client.get("/viec/?ben=toi")) == ["phản ánh"]


def test_the_first_page_and_the_home_read_one_definition(sign_in, giam_doc_so, owe):
    owe(14, "quá")
    client = sign_in(giam_doc_so)
    home, page = client.get("/"), client.get("/viec/")
    assert home.context["total"] == page.context["tabs"][0]["count"]
    first = titles(home)
    assert first and first == titles(page)[: len(first)]
    assert 'href="/viec/' in home.content.decode()
    assert client.get("/?tinh-den=10/6/2024").context["work_url"].startswith("/viec/?tinh-den=10")


def test_nothing_to_do_is_said(sign_in, giam_doc_so, owe, only_new):
    client = sign_in(giam_doc_so)
    assert "Đơn vị không có việc chưa xong." in client.get("/viec/").content.decode()
    assert "do ông/bà giao" in client.get("/viec/?ben=toi-giao").content.decode()
    owe(20)
    assert "Bỏ mọi điều kiện" in client.get("/viec/?han=qua-han").content.decode()


@pytest.mark.parametrize(
    "query", ["ben=x&han=y&so=z", "sau=p1.2&truoc=rx.9", "tinh-den=31/2/2024", "sau=%00", "so=%00",
              "ben=toi-giao&so=don-thu&han=tam-dung", "truoc=rx." + "9" * 18, "tinh-den=1/1/1900"]
)  # fmt: skip
def test_an_address_typed_by_hand_shows_a_page(sign_in, giam_doc_so, query):
    assert sign_in(giam_doc_so).get(f"/viec/?{query}").status_code == 200


def _queries(client, address):
    client.get(address)  # calendars of this process are read
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [one["sql"][:80] for one in captured.captured_queries]


def test_a_page_takes_five_queries_for_three_rows_and_for_three_hundred(
    sign_in, giam_doc_so, owe, only_new
):
    for n in range(3):
        owe(20 + n)
    client = sign_in(giam_doc_so)
    few = _queries(client, "/viec/")
    for n in range(297):
        owe(18 + n % 9, register=("feedback", "complaints.cases")[n % 2], person=giam_doc_so)
    many = _queries(client, "/viec/")
    later = _queries(client, client.get("/viec/").context["pager"]["older_url"])
    for counted in (few, many, later):
        assert len(counted) <= MOST_QUERIES, f"{len(counted)} queries: {counted}"
    assert len(few) == len(many) == len(later)


# Many at once --------------------------------------------------------------------------------------


def _ask(client, kind, rows, **data):
    return client.post(f"/viec/{kind}/?ben=toi", {"viec": [one.pk for one in rows], **data})


def test_handing_over_many(sign_in, giam_doc_so, colleague, owe):
    rows = [owe(20, "một"), owe(24, "hai")]
    client = sign_in(giam_doc_so)
    asked = client.get("/viec/ban-giao/", {"viec": [one.pk for one in rows], "ben": "toi"})
    page = unescape(asked.content.decode())
    assert "một · Trả lời" in page and page.count("checked") >= 2 and "Cán bộ Thử" in page
    done = _ask(client, "ban-giao", rows, person="Cán bộ Thử", reason="Phân công lại")
    assert done.status_code == 302 and done.url == "/viec/?ben=toi"
    assert "Đã bàn giao 2 việc cho Cán bộ Thử." in client.get("/").content.decode()
    assert {one.person for one in Obligation.objects.filter(pk__in=[r.pk for r in rows])} == {
        colleague
    }
    again = _ask(client, "ban-giao", rows, person="Cán bộ Thử", reason="Phân công lại")
    assert again.status_code == 422 and "đã thuộc nơi nhận" in again.content.decode()
    assert Handover.objects.filter(obligation__in=rows).count() == 2


def test_a_unit_that_received_keeps_what_was_sent_twice(sign_in, giam_doc_so, another, owe):
    rows = [owe(20)]
    client = sign_in(giam_doc_so)
    sent = {"unit": another.name, "reason": "Đúng thẩm quyền"}
    assert _ask(client, "ban-giao", rows, **sent).status_code == 302
    assert _ask(client, "ban-giao", rows, **sent).status_code == 422
    assert Handover.objects.filter(obligation__in=rows).count() == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"person": "Không Có Ai", "reason": "vì"}, "Không có người dùng “Không Có Ai”"),
        ({"reason": "vì"}, "Xin chọn đơn vị hoặc người nhận việc."),
        ({"person": "van-thu", "reason": "vì"}, "không công tác tại"),
        ({"person": "can-bo-thu"}, "Xin điền ô này."),
    ],
)
def test_a_refusal_keeps_what_was_chosen_and_typed(
    sign_in, giam_doc_so, colleague, owe, sent, said
):
    rows = [owe(20), owe(24)]
    answer = _ask(sign_in(giam_doc_so), "ban-giao", rows, **sent)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and said in page
    ticked = re.findall(r'name="viec" value="(\d+)"[^>]*checked', page)
    assert [int(one) for one in ticked] == [one.pk for one in rows]
    assert all(value in page for value in sent.values())
    assert not Handover.objects.filter(obligation__in=rows).exists()


def test_what_is_done_meanwhile_is_told_and_the_rest_stays(sign_in, giam_doc_so, colleague, owe):
    rows = [owe(20, "xong rồi"), owe(24, "còn")]
    Obligation.objects.filter(pk=rows[0].pk).update(done_at=NOW)
    client = sign_in(giam_doc_so)
    answer = _ask(client, "ban-giao", rows, person="can-bo-thu", reason="vì")
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "Có việc đã xong" in page
    assert "còn · Trả lời" in page and "xong rồi" not in page
    assert not Handover.objects.filter(obligation__in=rows).exists(), "All of it, or nothing."


def test_what_is_not_ones_own_cannot_be_handed_over_or_urged(
    sign_in, giam_doc_so, chuyen_vien, another, unit, owe
):
    shared = owe(20, "phối hợp", unit=another, co_unit=unit)
    hidden = owe(20, "kín", unit=another, level="restricted")
    client = sign_in(giam_doc_so)
    asked = client.get("/viec/ban-giao/", {"viec": [shared.pk, hidden.pk]})
    assert asked.context["not_mine"] and "phối hợp" in asked.context["not_mine"][0]
    assert "kín" not in asked.content.decode() and not asked.context["chosen"]
    for kind in ("ban-giao", "don-doc"):
        answer = _ask(client, kind, [shared, hidden], reason="vì", unit=unit.name)
        assert answer.status_code == 422 and "kín" not in answer.content.decode()
    assert not Handover.objects.filter(obligation__in=[shared, hidden]).exists()
    assert not Line.objects.filter(verb="obligation.urged").exists()


def test_urging_many(sign_in, giam_doc_so, colleague, owe):
    rows = [owe(14, person=colleague), owe(20, person=colleague)]
    client = sign_in(giam_doc_so)
    answer = _ask(client, "don-doc", rows, message="Xin khẩn trương")
    assert answer.status_code == 302
    assert "Đã đôn đốc 2 việc." in client.get("/viec/").content.decode()
    _ask(client, "don-doc", rows, message="Xin khẩn trương")
    told = Notice.objects.filter(person=colleague, kind=NoticeKind.URGED)
    assert told.count() == 2, "Sent twice, told once for each."


@pytest.mark.parametrize("kind", ["ban-giao", "don-doc"])
def test_nothing_chosen_is_said(sign_in, giam_doc_so, kind):
    client = sign_in(giam_doc_so)
    assert "Chưa chọn việc nào." in client.get(f"/viec/{kind}/").content.decode()
    for odd in ("x", "-1", "9" * 30, "²", "0"):
        assert client.get(f"/viec/{kind}/", {"viec": odd}).status_code == 200
        sent = client.post(f"/viec/{kind}/", {"viec": odd, "reason": "vì"})
        assert sent.status_code == 422
    assert "Xin chọn ít nhất một việc." in client.post(f"/viec/{kind}/").content.decode()


def test_handing_over_while_acting_is_told_of_both(
    sign_in, giam_doc_so, chuyen_vien, colleague, owe
):
    one = owe(20)
    give_mandate(actor=giam_doc_so, giver=giam_doc_so, stand_in=chuyen_vien, kind="substitution",
                 starts_on=clock.today(), ends_on=clock.today(), basis="1/QĐ")  # fmt: skip
    client = sign_in(chuyen_vien)
    client.post(f"/lam-thay/{Mandate.objects.latest('pk').pk}/")
    assert _ask(client, "ban-giao", [one], person="can-bo-thu", reason="vì").status_code == 302
    line = Line.objects.filter(verb="obligation.handed_over").latest("pk")
    assert chuyen_vien.full_name in line.actor_name
    assert "Phạm" in str(vars(line)) or giam_doc_so.full_name in str(vars(line))


# The API -------------------------------------------------------------------------------------------


def test_the_api_tells_the_same(sign_in, giam_doc_so, owe):
    for n in range(7):
        owe((14, 20)[n % 2])
    client = sign_in(giam_doc_so)
    first = client.get("/api/v1/my-work?size=2&due=late").json()
    page = client.get("/viec/?han=qua-han")
    assert first["total"] == page.context["groups"][0]["count"]
    later = client.get(f"/api/v1/my-work?size=200&due=late&after={first['next']}").json()
    got = [one["id"] for part in (first, later) for one in part["obligations"]]
    assert got == picks(page)[: len(got)] and {"late"} == {
        one["due"] for part in (first, later) for one in part["obligations"]
    }
    past = client.get("/api/v1/my-work?as_of=2024-06-10&side=unit").json()
    shown = client.get("/viec/?tinh-den=10/6/2024").context["tabs"][0]["count"]
    assert past["total"] == shown
    assert client.get("/api/v1/my-work?register_code=none").status_code == 404
    assert client.get("/api/v1/my-work?as_of=0001-01-01").status_code == 422
    assert client.get("/api/v1/my-work?as_of=1900-01-01&after=x&before=p1").json()["total"] == 0
    assert client.get("/api/v1/my-work?side=boss").status_code == 422


def test_every_register_has_its_words(sign_in, giam_doc_so):
    slugs = {one.slug for one in registry.all_registers()}
    options = sign_in(giam_doc_so).get("/viec/").context["filters"]["selects"][1]["options"]
    assert {option["value"] for option in options} - {""} <= slugs


def test_a_bulk_action_never_does_half(giam_doc_so, colleague, another, owe):
    mine, theirs = owe(20), owe(20, unit=another)
    with pytest.raises(Forbidden):
        hand_over_obligations([mine.pk, theirs.pk], actor=giam_doc_so, reason="vì",
                              person=colleague)  # fmt: skip
    assert not Handover.objects.filter(obligation__in=[mine, theirs]).exists()
