"""Several entries at once: what is offered for what was ticked, each done by itself, what came of it."""

import re
from uuid import uuid4

import pytest
from django.db import transaction

from dieuhanh.faces.desk.ledger import offers
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.obligations.models import STILL_OPEN, Obligation

pytestmark = pytest.mark.django_db
REGISTER = "assignments.tasks"
CHOSEN = "/nhiem-vu-giao/chon/"
DONE_ON = "17/6/2024"


@pytest.fixture
def specialist(sign_in, chuyen_vien):
    return sign_in(chuyen_vien)


@pytest.fixture
def owing(db):
    """Numbers of three entries on which something is owed."""
    owed = Obligation.objects.filter(STILL_OPEN, entry__register=REGISTER, entry__closed_on=None)
    found = list(owed.order_by("-entry").values_list("entry", flat=True).distinct()[:3])
    assert len(found) == 3
    return found


@pytest.fixture
def closed(db):
    """The number of an entry that is closed and owes nothing."""
    owed = Obligation.objects.filter(STILL_OPEN).values("entry")
    found = Entry.objects.filter(register=REGISTER, closed_on__isnull=False, reopened_on=None)
    return found.exclude(pk__in=owed).order_by("-pk")[0].pk


def address(pks, action=""):
    return f"{CHOSEN}{action}?" + "&".join(f"muc={pk}" for pk in pks)


def post(client, action, pks, **typed):
    typed.setdefault("form_key", str(uuid4()))
    return client.post(f"{CHOSEN}{action}/", {"muc": pks, **typed})


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_list_has_a_box_a_row_and_the_past_has_none(specialist):
    page = specialist.get("/nhiem-vu-giao/")
    assert page.content.decode().count('name="muc"') == len(page.context["rows"]) > 0
    past = specialist.get("/nhiem-vu-giao/?tinh-den=31/5/2024").content.decode()
    assert 'name="muc"' not in past and "data-chooser" not in past


def test_what_is_allowed_for_all_is_offered(specialist, owing):
    answer = specialist.get(address(owing) + "&o=thanh")
    assert [str(one["label"]) for one in answer.context["for_all"]] == [
        "Đôn đốc", "Bàn giao", "Ghi hoàn thành",
    ]  # fmt: skip
    assert answer.context["for_some"] == []
    assert "Đã chọn 3 nhiệm vụ" in words(answer)
    assert "<html" not in answer.content.decode()
    assert "<html" in specialist.get(address(owing)).content.decode(), "Without script: a page."


def test_what_is_not_allowed_for_one_says_for_which_and_why(specialist, owing, closed):
    answer = specialist.get(address([*owing, closed]) + "&o=thanh")
    assert answer.context["for_all"] == []
    number = Entry.objects.get(pk=closed).number
    told = words(answer)
    assert f"{number} (không còn việc chưa xong)" in told
    assert f"{number} (tình trạng hiện nay không cho phép)" in told


def test_whoever_only_reads_is_offered_nothing(sign_in, thanh_tra, owing):
    answer = sign_in(thanh_tra).get(address(owing) + "&o=thanh")
    assert answer.context["for_all"] == answer.context["for_some"] == []
    assert "Không có việc nào làm được" in words(answer)
    refused = sign_in(thanh_tra).post(f"{CHOSEN}ket-thuc/", {"muc": owing, "on": DONE_ON})
    assert refused.status_code == 422
    assert Entry.objects.filter(pk__in=owing, closed_on=None).count() == 3


def test_what_was_ticked_elsewhere_is_counted_not_named(specialist, owing):
    foreign = Entry.objects.filter(register="complaints.letters").exclude(title="")[0]
    answer = specialist.get(address([*owing, foreign.pk, "x", "9" * 30, 999_999_999]))
    assert "2 mục đã chọn không có trong sổ này" in words(answer)
    assert foreign.title not in words(answer)


def test_closing_many_closes_each(specialist, owing):
    lines = Line.objects.filter(verb="entry.closed", entry_id__in=owing)
    before = lines.count()
    answer = post(specialist, "ket-thuc", owing, on=DONE_ON, outcome="Báo cáo chung")
    assert answer.status_code == 302
    result = specialist.get(answer.url)
    assert "Đã ghi 3 mục; chưa ghi được 0 mục" in words(result)
    assert lines.count() == before + 3, "One line of the journal each."
    rows = Entry.objects.filter(pk__in=owing)
    assert {str(one.closed_on) for one in rows} == {"2024-06-17"}
    assert {one.outcome for one in rows} == {"Báo cáo chung"}


def test_one_that_fails_keeps_none_of_the_others(specialist, owing, monkeypatch):
    """The others stay done; the failed one is named with the reason and can be tried again."""
    bad, real = owing[1], offers.actions.urge_obligations

    @transaction.atomic
    def failing(ids, **given):
        done = real(ids, **given)
        if Obligation.objects.filter(pk__in=ids, entry=bad).exists():
            raise Refusal("Việc này vừa được chuyển đi.")
        return done

    monkeypatch.setattr(offers.actions, "urge_obligations", failing)
    result = specialist.get(post(specialist, "don-doc", owing, message="").url)
    assert "Đã ghi 2 mục; chưa ghi được 1 mục" in words(result)
    assert "Việc này vừa được chuyển đi." in words(result)
    assert result.context["again_url"].endswith(f"don-doc/?muc={bad}")
    urged = Line.objects.filter(verb="obligation.urged", entry_id__in=owing)
    assert set(urged.values_list("entry_id", flat=True)) == set(owing) - {bad}


def test_a_second_sending_does_nothing_more(specialist, owing):
    key = str(uuid4())
    first = post(specialist, "don-doc", owing, message="Xin báo cáo", form_key=key)
    count = Line.objects.filter(verb="obligation.urged").count()
    second = post(specialist, "don-doc", owing, message="Xin báo cáo", form_key=key)
    assert second.url == first.url
    assert Line.objects.filter(verb="obligation.urged").count() == count
    assert "Đã ghi 3 mục" in words(specialist.get(second.url))


def test_handing_over_asks_for_whom_and_keeps_what_was_typed(specialist, owing):
    answer = post(specialist, "ban-giao", owing[:2], reason="Nghỉ phép dài")
    assert answer.status_code == 422
    assert "Xin chọn đơn vị hoặc người nhận việc." in words(answer)
    page = answer.content.decode()
    assert "Nghỉ phép dài" in page and len(re.findall(r'name="muc"[^>]* checked', page)) == 2


def test_handing_over_many(specialist, owing):
    answer = post(specialist, "ban-giao", owing, unit="Sở Tư pháp", reason="Theo phân công mới")
    assert "Đã ghi 3 mục" in words(specialist.get(answer.url))
    units = Obligation.objects.filter(STILL_OPEN, entry__in=owing).values_list("unit__name")
    assert set(units) == {("Sở Tư pháp",)}


def test_unticking_leaves_out(specialist, owing):
    """The address still says all that was ticked in the list; the form says what stays."""
    typed = {"muc": owing[:1], "on": DONE_ON, "outcome": "Xong", "form_key": str(uuid4())}
    specialist.post(address(owing, "ket-thuc/"), typed)
    assert Entry.objects.filter(pk__in=owing, closed_on=None).count() == 2


@pytest.mark.parametrize("action", ["dinh-chinh", "mo-lai", "khong-co"])
def test_only_what_says_the_same_of_many_is_done_so(specialist, owing, action):
    assert "làm được việc này" in words(specialist.get(address(owing, f"{action}/")))


def test_nothing_ticked_says_so(specialist):
    for where in (CHOSEN, f"{CHOSEN}don-doc/"):
        assert "Chưa chọn mục nào." in words(specialist.get(where))


def test_an_old_result_leads_back_to_the_list(specialist):
    assert specialist.get(f"{CHOSEN}don-doc/?ket-qua={uuid4()}").url == "/nhiem-vu-giao/"


def test_it_costs_the_same_for_many(specialist, django_assert_max_num_queries, owing):
    every = Entry.objects.filter(register=REGISTER).order_by("-pk")[:50]
    with django_assert_max_num_queries(12):
        specialist.get(address([one.pk for one in every]) + "&o=thanh")
