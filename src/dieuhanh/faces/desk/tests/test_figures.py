"""A figure and what is behind it: for every counted measure of the program."""

import datetime as dt
import re

import pytest

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.measures.evaluate import Evaluator, behind
from dieuhanh.kernel.measures.model import Window, all_measures

pytestmark = pytest.mark.django_db
HALF = "?tu=2024-01-01&den=2024-06-15&tinh-den=2024-06-15&ky=2024-H1"


def counted():
    return [measure.id for measure in all_measures() if measure.register]


@pytest.fixture
def planner(sign_in, ke_hoach):
    return sign_in(ke_hoach)


@pytest.mark.parametrize("part", range(8))
def test_each_has_a_page_and_a_list(planner, half_year, django_assert_max_num_queries, part):
    """All measures in eight tests: every page is whole and costs a bounded number of queries."""
    answers = Evaluator(half_year)
    for id in counted()[part::8]:
        answer = answers.answer(id)
        with django_assert_max_num_queries(20):
            page = planner.get(f"/so-lieu/{id}/{HALF}")
        assert page.status_code == 200
        figure = page.context["figure"]
        assert figure["shown"] == answer.shown
        facts = dict(figure["facts"])
        assert facts["Định nghĩa"] and facts["Cách tính"] and facts["Phụ trách"]
        assert facts["Kỳ số liệu"] == "01/01/2024 đến hết 15/6/2024"
        with django_assert_max_num_queries(18):
            listed = planner.get(f"/so-lieu/{id}/muc/{HALF}")
        assert listed.status_code == 200
        rows, pager = listed.context["rows"], listed.context["pager"]["words"]
        hidden = figure["hidden_count"]
        assert len(rows) == min(50, answer.entries - hidden)
        assert f"{answer.entries:,}".replace(",", ".") in pager
        assert ("không thuộc quyền xem" in pager) == bool(hidden)


def test_the_panel_is_a_part_of_a_page(planner):
    url = f"/so-lieu/documents.incoming.total/{HALF}"
    part = planner.get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<aside")
    assert "<html" not in part
    assert "<html" in planner.get(url).content.decode()


def test_every_entry_behind_a_figure_is_listed_once(planner, half_year):
    id = "documents.incoming.people_council"
    measure = next(one for one in all_measures() if one.id == id)
    found, url = [], f"/so-lieu/{id}/muc/{HALF}"
    while url:
        answer = planner.get(url)
        found += [row["cells"][0]["url"] for row in answer.context["rows"]]
        url = answer.context["pager"]["older_url"]
    expected = {f"/van-ban-den/{entry.pk}/" for entry in behind(measure, half_year)}
    assert len(found) == len(set(found)) == 288
    assert set(found) == expected


def test_a_head_is_told_how_much_is_outside_the_own_unit(sign_in, giam_doc_so, unit):
    answer = sign_in(giam_doc_so).get(f"/so-lieu/documents.incoming.total/{HALF}")
    own = Entry.objects.filter(
        register="documents.incoming", unit=unit, opened_on__range=("2024-01-01", "2024-06-15")
    ).count()
    figure = answer.context["figure"]
    assert figure["shown"] == "45.449"
    assert figure["hidden_count"] == 45449 - own
    listed = sign_in(giam_doc_so).get(f"/so-lieu/documents.incoming.total/muc/{HALF}")
    assert {row["cells"][-1]["text"] for row in listed.context["rows"]} == {unit.name}


def test_who_may_read_no_register_still_sees_the_total(sign_in, quan_tri):
    """The figure is published; what is behind it is not."""
    page = sign_in(quan_tri).get(f"/so-lieu/feedback.regulations.received/{HALF}")
    assert page.context["figure"]["shown"] == "806"
    assert page.context["figure"]["entries"] == []
    listed = sign_in(quan_tri).get(f"/so-lieu/feedback.regulations.received/muc/{HALF}")
    assert "Không có mục nào thuộc quyền xem." in listed.content.decode()


def test_parts_are_checked_against_the_whole(planner):
    """X-06, B1, B3."""
    whole = planner.get(f"/so-lieu/complaints.letters.total/{HALF}").context["figure"]
    assert whole["check"] == {"state": "done", "words": "Các loại cộng đúng bằng tổng"}
    assert len(whole["bars"]) == 3
    some = planner.get(f"/so-lieu/documents.incoming.total/{HALF}").context["figure"]
    assert some["check"]["words"] == "Các loại có tên không vượt tổng; còn 1.170 không tên"


def test_a_past_day_counts_less(planner):
    def shown(day):
        url = f"/so-lieu/complaints.letters.total/?tu=2024-01-01&den=2024-06-15&tinh-den={day}"
        return int(planner.get(url).context["figure"]["shown"].replace(".", ""))

    march, may, june = (shown(day) for day in ("2024-03-31", "2024-05-31", "2024-06-15"))
    assert march < may < june == 22014
    window = Window(dt.date(2024, 1, 1), dt.date(2024, 6, 15), dt.date(2024, 3, 31))
    assert Evaluator(window).answer("complaints.letters.total").value == march


@pytest.mark.parametrize("id", ["khong.co", "documents", "documents.incoming.total.x"])
def test_an_unknown_figure_is_not_found(planner, id):
    assert planner.get(f"/so-lieu/{id}/").status_code == 404
    assert planner.get(f"/so-lieu/{id}/muc/").status_code == 404


def test_a_published_figure_has_no_entries(planner):
    published = "indicator.grdp.6m_est.growth"
    assert planner.get(f"/so-lieu/{published}/{HALF}").status_code == 200
    assert planner.get(f"/so-lieu/{published}/muc/{HALF}").status_code == 404


def test_every_link_of_the_panel_opens(planner):
    page = planner.get(f"/so-lieu/feedback.regulations.on_time/{HALF}").content.decode()
    links = set(re.findall(r'href="(/(?:phan-anh-kien-nghi|so-lieu)/[^"]+)"', page))
    assert len(links) >= 5
    for link in links:
        assert planner.get(link.replace("&amp;", "&")).status_code == 200
