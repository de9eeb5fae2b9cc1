"""Drafts: written by one at a time, compared, heard, approved (BC-12, KT-05)."""

import pytest

from dieuhanh.registers.indicators.models import Datapoint
from dieuhanh.reports.review.models import Opinion, Round

pytestmark = pytest.mark.django_db
SECTION = "09-dat-dai-moi-truong"


@pytest.fixture
def write(planner, url, draft):
    def save(text, version=1, number=1):
        return planner.post(f"{url}ban/{number}/{SECTION}/", {"text": text, "version": version})

    return save


@pytest.fixture
def opinion(planner, url, draft):
    """The collective of 13/6 asks for more about land."""
    planner.post(f"{url}y-kien/", {"body": "collective", "held_on": "13/6/2024", "conclusion": ""})
    held = Round.objects.get(draft=draft)
    answer = planner.post(
        f"{url}y-kien/{held.pk}/",
        {"author": "Thành viên Ủy ban", "section": SECTION, "text": "Nêu rõ nguyên nhân chậm.",
         "given_on": "13/6/2024"},
    )  # fmt: skip
    assert answer.status_code == 302
    return Opinion.objects.get(round=held)


def test_the_first_draft_is_the_template_with_every_figure(planner, url, draft):
    page = planner.get(f"{url}ban/1/").content.decode()
    assert 'data-figure="land.service_land.pct"' in page
    assert "Bản 1" in page


def test_a_wrong_reference_is_told_with_its_line_and_nothing_is_lost(write, draft):
    answer = write("## Đất đai\n\nĐã cấp [[khong.co]] giấy.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Dòng 3" in page
    assert "khong.co" in page
    assert "Đã cấp [[khong.co]] giấy." in page
    assert draft.sections.get(section=SECTION).version == 1


def test_two_people_write_one_section(write, draft):
    assert write("## Đất đai\n\nBản một.").status_code == 302
    answer = write("## Đất đai\n\nBản hai.")
    assert answer.status_code == 422
    assert "Bản một." in answer.content.decode()
    assert "Bản hai." in answer.content.decode()
    assert "Bản một." in draft.sections.get(section=SECTION).text


def test_versions_side_by_side(planner, url, write, draft):
    planner.post(f"{url}ban/", {"note": "Sau góp ý"})
    write("## Đất đai\n\nĐoạn thay thế.", number=2)
    page = planner.get(f"{url}so-sanh/?tu=1&den=2").content.decode()
    assert "<ins>Đoạn thay thế.</ins>" in page
    assert "<del>" in page
    assert page.count("ledger edge compare") == 1, "only the section that changed"


def test_only_the_newest_draft_is_written(planner, url, write):
    planner.post(f"{url}ban/", {"note": ""})
    answer = write("## Đất đai\n\nVào bản cũ.")
    assert answer.status_code == 422
    assert "mới hơn" in answer.content.decode()


def test_an_opinion_is_turned_down_with_a_reason_only(planner, url, opinion):
    decide = f"{url}y-kien/{opinion.pk}/quyet-dinh/"
    assert planner.post(decide, {"decision": "rejected", "reason": ""}).status_code == 422
    answer = planner.post(decide, {"decision": "rejected", "reason": "Đã nêu ở mục khác"})
    assert answer.status_code == 302
    opinion.refresh_from_db()
    assert (opinion.decision, opinion.reason) == ("rejected", "Đã nêu ở mục khác")
    assert "Đã nêu ở mục khác" in planner.get(url).content.decode()


def test_an_opinion_on_an_old_version_says_so(planner, url, opinion):
    planner.post(f"{url}ban/", {"note": ""})
    form = planner.get(f"{url}y-kien/{opinion.round_id}/").content.decode()
    assert "về bản 1; bản mới nhất là bản 2" in form
    assert "về bản cũ; mới nhất là bản 2" in planner.get(url).content.decode()


def test_approved_by_a_leader_after_every_opinion_is_decided(
    planner, sign_in, lanh_dao, url, opinion, draft
):
    leader = sign_in(lanh_dao)
    answer = leader.post(f"{url}duyet/", {})
    assert answer.status_code == 422
    assert "1 ý kiến chưa có quyết định" in answer.content.decode()
    planner.post(f"{url}y-kien/{opinion.pk}/quyet-dinh/", {"decision": "accepted"})
    assert planner.post(f"{url}duyet/", {}).status_code == 404
    assert leader.post(f"{url}duyet/", {}).status_code == 302
    draft.refresh_from_db()
    assert draft.approved_on
    answer = planner.post(f"{url}ban/1/{SECTION}/", {"text": "## Đất đai\n\nx", "version": "1"})
    assert answer.status_code == 422


def test_sources_that_differ_are_chosen_by_a_person(sign_in, lanh_dao, url, draft):
    """KT-05: two values of one figure are both kept; the report refuses to choose silently."""
    point = Datapoint.objects.filter(indicator__code="exports").first()
    Datapoint.objects.create(
        indicator=point.indicator, area=point.area, period=point.period,
        period_kind=point.period_kind, value_kind=point.value_kind, value=point.value + 1,
        decimals=point.decimals, measure_unit=point.measure_unit, as_of=point.as_of,
        document="socioeconomic", line=999,
    )  # fmt: skip
    answer = sign_in(lanh_dao).post(f"{url}duyet/", {})
    assert answer.status_code == 422
    assert "Các nguồn cho giá trị khác nhau" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.approved_on is None
