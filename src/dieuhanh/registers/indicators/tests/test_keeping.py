"""Datapoints entered, corrected, taken over, given out (KT-05, KT-06)."""

import csv
import datetime as dt
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dieuhanh.faces.desk import story
from dieuhanh.kernel.journal.actions import last_line_id
from dieuhanh.kernel.journal.models import Line
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Window
from dieuhanh.registers.indicators.models import Datapoint
from dieuhanh.reports.compose.compose import compose

pytestmark = pytest.mark.django_db
CODE, MEASURE = "budget_revenue", "indicator.budget_revenue.5m.value"
PAGE, API = f"/chi-tieu/{CODE}/", f"/api/v1/indicators/{CODE}/datapoints"
TYPED = {
    "period": "2024-M05", "period_kind": "cumulative", "value_kind": "value", "value": "233.176",
    "as_of": "31/5/2024", "document": "Báo cáo tháng 5", "line": "3",
}  # fmt: skip

CORRECTED = {"value": "233.176", "as_of": "31/5/2024", "reason": "Chép sai từ nguồn"}


@pytest.fixture
def planner(sign_in, ke_hoach):
    return sign_in(ke_hoach)


@pytest.fixture
def point(db):
    return Datapoint.objects.get(
        indicator__code=CODE, period="2024-M05", period_kind="cumulative", value_kind="value"
    )


def test_what_a_planner_enters_is_what_the_report_looks_up(planner):
    march = Window(dt.date(2024, 1, 1), dt.date(2024, 3, 31), dt.date(2024, 6, 15), "2024-03")
    assert Evaluator(march).answer(MEASURE).value is None
    typed = TYPED | {"period": "2024-M03", "value": "150.000,50", "as_of": "31/03/2024"}
    assert planner.post(f"{PAGE}them/", typed).status_code == 302
    found = Datapoint.objects.latest("pk")
    assert (found.decimals, found.measure_unit, found.area) == (2, "tỷ đồng", "01")
    assert Evaluator(march).answer(MEASURE).shown.startswith("150.000,50")


def test_a_second_source_is_kept_beside_the_first_and_nothing_is_chosen(planner):
    assert planner.post(f"{PAGE}them/", TYPED).status_code == 302
    figures = json.dumps(
        compose("socioeconomic", "2024-H1").as_json(), default=str, ensure_ascii=False
    )
    assert '"conflict"' in figures and "Báo cáo tháng 5" in figures
    page = planner.get(PAGE).content.decode()
    assert 'class="finding"' in page and "ghi số liệu." in page
    shown = planner.get("/bao-cao/socioeconomic/2024-H1/").content.decode()
    assert "chưa có số liệu" in shown


@pytest.mark.parametrize(
    ("field", "value"),
    [("period", "2024-H3"), ("as_of", "31/12/2090"), ("value", "97.6"), ("value_kind", "x")],
)
def test_a_refusal_stands_beside_its_field(planner, field, value):
    before = last_line_id(), Datapoint.objects.count()
    answer = planner.post(f"{PAGE}them/", TYPED | {field: value})
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert (last_line_id(), Datapoint.objects.count()) == before


def test_the_same_source_twice_is_refused(planner):
    planner.post(f"{PAGE}them/", TYPED)
    answer = planner.post(f"{PAGE}them/", TYPED)
    assert answer.status_code == 422 and "document" in answer.context["form"].errors


def test_who_only_reads_writes_nothing(sign_in, thanh_tra, point):
    client, before = sign_in(thanh_tra), (last_line_id(), Datapoint.objects.count())
    correct = f"{PAGE}{point.pk}/dinh-chinh/"
    for url in (f"{PAGE}them/", correct, "/chi-tieu/nhap/"):
        assert client.get(url).status_code == 404
        assert client.post(url, TYPED | {"reason": "x"}).status_code == 404
    answer = client.post(API, json.dumps(TYPED), content_type="application/json")
    assert answer.status_code == 404
    assert (last_line_id(), Datapoint.objects.count()) == before
    assert "dinh-chinh" not in client.get(PAGE).content.decode()


def test_a_correction_moves_the_figure_and_the_journal_keeps_both(planner, point, half_year):
    url = f"{PAGE}{point.pk}/dinh-chinh/"
    assert url in planner.get(PAGE).content.decode()
    assert planner.get(url).status_code == 200
    typed = CORRECTED | {"version": "1"}
    assert planner.post(url, typed).status_code == 302
    line = Line.objects.latest("pk")
    assert (line.verb, line.entry_id, line.subject) == (
        "datapoint.corrected", None, f"{CODE} 2024-M05",
    )  # fmt: skip
    assert line.details["changes"] == {"value": ["233.175", "233.176"]}
    assert Evaluator(half_year).answer(MEASURE).shown.startswith("233.176")
    assert "233.175 → 233.176" in planner.get(PAGE).content.decode()
    assert planner.post(url, typed | {"version": "2"}).status_code == 422


def test_two_who_correct_one_datapoint_do_not_overwrite_each_other(planner, point):
    url = f"{PAGE}{point.pk}/dinh-chinh/"
    assert '<input type="hidden" name="version" value="1"' in planner.get(url).content.decode()
    assert planner.post(url, CORRECTED | {"version": "1"}).status_code == 302
    before = last_line_id()
    mine = CORRECTED | {"value": "233.999", "reason": "Theo bản ký", "version": "1"}

    refused = planner.post(url, mine)

    assert (refused.status_code, last_line_id()) == (422, before)
    page = refused.content.decode()
    assert "vừa được người khác sửa" in page and "233.176\u00a0tỷ đồng" in page
    assert 'value="233.999"' in page and "Theo bản ký" in page
    assert '<input type="hidden" name="version" value="2"' in page
    point.refresh_from_db()
    assert (point.value, point.version) == (233176, 2)
    assert planner.post(url, mine | {"version": "2"}).status_code == 302
    point.refresh_from_db()
    assert (point.value, point.version) == (233999, 3)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_without_the_version_seen_nothing_is_corrected(planner, point, version):
    before = last_line_id()
    answer = planner.post(f"{PAGE}{point.pk}/dinh-chinh/", CORRECTED | {"version": version})
    assert (answer.status_code, last_line_id()) == (422, before)


def test_a_long_story_says_that_it_goes_on(planner, ke_hoach, monkeypatch):
    monkeypatch.setattr(story, "LENGTH", 3)
    older = "Còn các dòng cũ hơn trong nhật ký."
    for n in range(4):
        page = planner.get(PAGE)
        assert len(page.context["events"]) == n and older not in page.content.decode()
        planner.post(f"{PAGE}them/", TYPED | {"line": str(n + 1)})
    page = planner.get(PAGE)
    assert len(page.context["events"]) == 4 and older in page.content.decode()
    assert page.context["events"][-1]["sentence"] == older


def sheet(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return SimpleUploadedFile("so-lieu.csv", out.getvalue().encode())


def test_three_bad_rows_of_ten_and_nothing_is_written(planner):
    head = ["indicator", *TYPED]
    rows = [[CODE, *(TYPED | {"line": str(n)}).values()] for n in range(1, 11)]
    rows[1][0], rows[4][1], rows[9][4] = "khong_co", "2024-H9", "nhiều"
    before = last_line_id(), Datapoint.objects.count()
    answer = planner.post("/chi-tieu/nhap/", {"table": sheet([head, *rows])})
    assert answer.status_code == 422
    assert [fault[:2] for fault in answer.context["faults"]] == [
        (3, "Chỉ tiêu"), (6, "Kỳ"), (11, "Giá trị"),
    ]  # fmt: skip
    assert (last_line_id(), Datapoint.objects.count()) == before
    good = [row for n, row in enumerate(rows) if n not in (1, 4, 9)]
    assert planner.post("/chi-tieu/nhap/", {"table": sheet([head, *good])}).status_code == 302
    assert Datapoint.objects.count() == before[1] + 7
    assert Line.objects.get(verb="file.imported").subject == "indicators"


def test_the_english_page_counts_one_as_one(planner):
    planner.cookies["django_language"] = "en"
    for count, words in ((1, "1 line imported."), (2, "2 lines imported.")):
        rows = [TYPED | {"line": str(10 * count + n)} for n in range(count)]
        table = sheet([["indicator", *TYPED], *([CODE, *row.values()] for row in rows)])
        answer = planner.post("/chi-tieu/nhap/", {"table": table}, follow=True)
        assert words in answer.content.decode()


def test_an_export_gives_every_datapoint_and_can_be_taken_over(planner):
    text = b"".join(planner.get("/chi-tieu/xuat.csv").streaming_content).decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text))
    assert len(rows) == Datapoint.objects.count() > 90
    assert [CODE, "2024-M05", "Lũy kế", "Giá trị", "", "233.175", "tỷ đồng"] in [
        row[:7] for row in rows
    ]
    for n, row in enumerate(rows):
        row[head.index("Văn bản nguồn")] = f"Bản sao {n}"
    answer = planner.post("/chi-tieu/nhap/", {"table": sheet([head, *rows])})
    assert answer.status_code == 302, answer.context["faults"]
    assert Datapoint.objects.count() == 2 * len(rows)


def test_the_list_is_searched_without_tone_marks(planner):
    page = planner.get("/chi-tieu/", {"q": "thu ngan sach"}).content.decode()
    assert PAGE in page
    none = planner.get("/chi-tieu/", {"q": "khongconao"}).content.decode()
    assert PAGE not in none and "Không có chỉ tiêu nào khớp." in none


def test_the_api_reads_and_writes(planner):
    assert CODE in {one["code"] for one in planner.get("/api/v1/indicators").json()}
    made = planner.post(API, json.dumps(TYPED), content_type="application/json")
    assert made.status_code == 201 and made.json()["value"] == "233176"
    points = planner.get(f"/api/v1/indicators/{CODE}").json()["datapoints"]
    assert made.json() in points
    bad = json.dumps(TYPED | {"period": "x", "value": [1]})
    answer = planner.post(API, bad, content_type="application/json")
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["faults"]} == {"period", "value"}
    assert planner.get("/api/v1/indicators/khong_co").status_code == 404
