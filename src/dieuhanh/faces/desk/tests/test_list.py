"""The list page of a register: search, tabs, filters, pages, the past (X-04, NV-16)."""

import re

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.obligations.queries import State
from dieuhanh.registers.complaints.measures import LETTER_PARTS
from dieuhanh.registers.documents.measures import INCOMING_PARTS, OUTGOING_PARTS

pytestmark = pytest.mark.django_db
HALF = {"tu": "01/01/2024", "den": "15/6/2024"}
FIGURES = {
    "van-ban-den": {kind: id for id, (kind, *_rest) in INCOMING_PARTS.items()}
    | {"": "documents.incoming.total"},
    "van-ban-di": {kind: id for id, (kind, *_rest) in OUTGOING_PARTS.items()}
    | {"": "documents.outgoing.total"},
    "don-thu": {kind: id for id, (kind, _label) in LETTER_PARTS.items()}
    | {"": "complaints.letters.total"},
    "tiep-cong-dan": {
        "regular": "reception.citizen_visits.total",
        "leader": "reception.leadership.citizen_visits",
    },
    "vu-viec": {
        "": "complaints.cases.accepted",
        "complaint": "complaints.cases.accepted.complaint",
        "denunciation": "complaints.cases.accepted.denunciation",
    },
    "kiem-diem": {
        "collective": "complaints.accountability.collectives",
        "individual": "complaints.accountability.individuals",
    },
    "phan-anh-kien-nghi": {"": "feedback.regulations.received"},
}


@pytest.fixture
def auditor(sign_in, thanh_tra):
    """A client that may see every entry of every register."""
    return sign_in(thanh_tra)


def shown(answer):
    assert answer.status_code == 200
    return [int(row["url"].strip("/").split("/")[-1]) for row in answer.context["rows"]]


def total(answer):
    return answer.context["tabs"][0]["count"]


def link(answer, rel):
    found = re.search(rf'href="([^"]+)" rel="{rel}"', answer.content.decode())
    return found and found[1].replace("&amp;", "&")


@pytest.mark.parametrize("slug", FIGURES)
def test_the_tabs_count_what_the_figures_say(auditor, half_year, slug):
    answer = auditor.get(f"/{slug}/", HALF)
    register = answer.context["register"]
    labels = dict(register.kinds)
    tabs = {str(tab["label"]): tab["count"] for tab in answer.context["tabs"]}
    assert tabs["Tất cả"] == sum(count for label, count in tabs.items() if label != "Tất cả")
    answers = Evaluator(half_year)
    for kind, id in FIGURES[slug].items():
        label = str(labels[kind]) if kind else "Tất cả"
        assert tabs[label] == answers.answer(id).value, id
    assert f"{total(answer):,}".replace(",", ".") in answer.content.decode()


@pytest.mark.parametrize("query", ["vanh dai 4", "Vành đai 4", "VÀNH ĐAI 4", "vành  đai 4"])
def test_words_are_found_without_tone_marks(sign_in, chuyen_vien, query):
    answer = sign_in(chuyen_vien).get("/van-ban-den/", {"q": query})
    expected = Entry.objects.filter(
        register="documents.incoming", title__contains="Vành đai 4"
    ).count()
    assert total(answer) == expected > 50
    assert len(shown(answer)) == 50


@pytest.mark.parametrize("written", ["hoà giải", "hòa giải", "HOA GIAI"])
@pytest.mark.parametrize("asked", ["hoà giải", "hòa giải", "hoa giai"])
def test_both_tone_placements_are_the_same_word(sign_in, chuyen_vien, written, asked):
    client = sign_in(chuyen_vien)
    typed = {
        "opened_on": "10/6/2024", "about": "conduct", "channel": "phone", "unit": "STNMT",
        "title": f"Tổ {written} thôn Xuyến",
    }  # fmt: skip
    url = client.post("/phan-anh-kien-nghi/them/", typed).url
    found = client.get("/phan-anh-kien-nghi/", {"q": f"{asked} xuyen"})
    assert [row["url"] for row in found.context["rows"]] == [url]


def test_states_divide_the_register(auditor):
    """NV-10: every entry with one obligation is in one state."""
    everything = total(auditor.get("/don-thu/", HALF))
    counts = {
        state: total(auditor.get("/don-thu/", HALF | {"trang-thai": state}))
        for state in State.values
    }
    assert sum(counts.values()) == everything
    assert counts["done_in_time"] > 0


def test_what_has_no_deadline_is_found_as_such(auditor):
    everything = auditor.get("/tiep-cong-dan/", HALF)
    without = auditor.get("/tiep-cong-dan/", HALF | {"trang-thai": "no_deadline"})
    assert total(without) == total(everything) > 0
    assert "không thời hạn" in without.content.decode()


def test_a_past_day_shows_the_states_of_that_day(auditor):
    """NV-16: in time on its last day, late the day after, as of any moment."""
    entry = Entry.objects.filter(register="feedback").first()
    Entry.objects.filter(pk=entry.pk).update(
        folded="xuyenchi", opened_on="2024-06-03", closed_on="2024-06-12"
    )
    entry.obligations.update(
        started_at="2024-06-03T08:00+07", due_at="2024-06-10T23:59:59+07",
        done_at="2024-06-12T08:00+07",
    )  # fmt: skip
    for day, state in (("10/6", "open_in_time"), ("11/6", "open_late"), ("12/6", "done_late")):
        for one in State.values:
            query = {"q": "xuyenchi", "tinh-den": f"{day}/2024", "trang-thai": one}
            found = shown(auditor.get("/phan-anh-kien-nghi/", query))
            assert found == ([entry.pk] if one == state else []), (day, one)
    assert shown(auditor.get("/phan-anh-kien-nghi/?q=xuyenchi&tinh-den=02/6/2024")) == []


def test_unit_and_window_narrow_the_list(auditor, unit):
    days = {"tu": "13/6/2024", "den": "13/6/2024"}
    answer = auditor.get("/van-ban-den/", days | {"don-vi": unit.pk})
    expected = Entry.objects.filter(
        register="documents.incoming", unit=unit, opened_on="2024-06-13"
    )
    assert set(shown(answer)) == set(expected.values_list("pk", flat=True))
    assert total(answer) == expected.count() > 0
    words = [word["label"] for word in answer.context["filters"]["words"]]
    assert unit.name in words


@pytest.mark.parametrize(
    "query", [{"loai": "dossier", "tu": "01/5/2024"}, {"q": "nước sạch", "tu": "01/6/2024"}]
)
def test_every_entry_of_a_filter_is_on_one_page(auditor, query):
    """Older pages to the end, then newer ones back: nothing twice, nothing left out."""
    answer = auditor.get("/van-ban-den/", query)
    count = next(tab["count"] for tab in answer.context["tabs"] if tab["current"])
    there, pages = shown(answer), [shown(answer)]
    assert link(answer, "prev") is None
    while older := link(answer, "next"):
        answer = auditor.get(older)
        pages.append(shown(answer))
        there += pages[-1]
    assert len(there) == len(set(there)) == count > 100
    days = dict(Entry.objects.filter(pk__in=there).values_list("pk", "opened_on"))
    assert there == sorted(there, key=lambda pk: (days[pk], pk), reverse=True)
    for page in reversed(pages[:-1]):
        answer = auditor.get(link(answer, "prev"))
        assert shown(answer) == page
    assert link(answer, "prev") is None


@pytest.mark.parametrize("query", ["q=khongcogi", "loai=dossier&tu=16/6/2024", "tu=16/7/2024"])
def test_nothing_found_is_said_and_how_to_go_on(auditor, query):
    answer = auditor.get(f"/van-ban-den/?{query}")
    assert shown(answer) == []
    page = answer.content.decode()
    assert "Chưa có văn bản nào khớp." in page
    assert "Bỏ mọi điều kiện" in page


def test_an_empty_register_says_so(sign_in, giam_doc_so):
    Entry.objects.filter(register="feedback").update(unit=Unit.objects.get(code="UBND"))
    answer = sign_in(giam_doc_so).get("/phan-anh-kien-nghi/")
    assert "Sổ chưa có phản ánh, kiến nghị nào." in answer.content.decode()


def test_the_past_offers_nothing_to_do(sign_in, van_thu):
    client = sign_in(van_thu)
    now, then = client.get("/van-ban-den/"), client.get("/van-ban-den/?tinh-den=31/5/2024")
    assert "/van-ban-den/them/" in now.content.decode()
    page = then.content.decode()
    assert "/van-ban-den/them/" not in page
    assert "/van-ban-den/nhap/" not in page
    assert "/xuat/csv/" in page, "A long list is exported as an errand, the past too."
    newest = Entry.objects.get(pk=shown(then)[0])
    assert newest.opened_on.isoformat() == "2024-05-31"
    detail = f"/van-ban-den/{newest.pk}/"
    assert client.get(detail).context["actions"]
    offered = client.get(f"{detail}?tinh-den=31/5/2024").context["actions"]
    assert all(one["url"].startswith("/bang/") for one in offered), "Boards are only looked at."
    assert client.get(f"{detail}?tinh-den=31/5/2024").context["attachment_form"] is None


def test_links_keep_the_conditions(auditor):
    answer = auditor.get("/van-ban-den/", HALF | {"q": "nước sạch", "loai": "central"})
    for tab in answer.context["tabs"]:
        assert "q=" in tab["url"] and "tu=" in tab["url"]
        assert "sau=" not in tab["url"]
    assert "loai=central" in link(answer, "next")


@pytest.mark.parametrize("slug", ["van-ban-den", "don-thu", "tiep-cong-dan"])
def test_a_page_costs_few_queries(auditor, django_assert_max_num_queries, slug):
    with django_assert_max_num_queries(12):
        auditor.get(f"/{slug}/")


def test_no_such_register(auditor):
    assert auditor.get("/so-khong-co/").status_code == 404
    assert auditor.get("/so-khong-co/xuat.csv").status_code == 404
