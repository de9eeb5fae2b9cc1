"""Both reports, whole: every figure with an honest origin, in its place, for any period."""

import csv
import datetime as dt
import json
from collections import Counter
from decimal import Decimal

import pytest
from django.conf import settings

from dieuhanh.kernel.text import numbers
from dieuhanh.reports.compose import template
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.compose.document import Chart, FigureRun, Paragraph
from dieuhanh.reports.compose.figures import catalogue, printed_value
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.publish import publish

AS_OF = dt.date(2024, 6, 15)
REPORTS = ("socioeconomic", "direction")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("report", REPORTS)
def test_every_figure_equals_the_printed_one_or_stands_in_differences(report):
    composed = compose(report, "2024-H1", AS_OF).as_json()
    differing = {one["id"]: one for one in composed["differences"]}
    for figure in composed["figures"]:
        printed = [one for one in catalogue()[figure["id"]] if one.document == report]
        if not printed or figure["id"] in differing:
            continue
        decimals = len(printed[0].printed.partition(".")[2])
        shown = numbers.rounded(Decimal(str(figure["value"])), decimals)
        assert shown == Decimal(printed[0].printed), figure["id"]
    assert set(differing) == {"land.service_land.pct"}
    assert differing["land.service_land.pct"]["printed"] == 65.7
    assert "36.557 / 55.580" in differing["land.service_land.pct"]["arithmetic"]


def test_every_id_of_a_report_stands_in_its_text(capsys):
    origins: Counter = Counter()
    for report in REPORTS:
        composed = compose(report, "2024-H1", AS_OF).as_json()
        found = {one["id"] for one in composed["figures"]} | set(composed["pending"])
        expected = {
            id for id, places in catalogue().items() if any(p.document == report for p in places)
        }
        assert expected <= found, sorted(expected - found)
        if report == "direction":
            origins = Counter(one["origin"] for one in composed["figures"])
            origins["pending"] = len(composed["pending"])
            assert len(composed["stated"]) <= 30
    with capsys.disabled():
        print(f"\nCoverage of the {len(catalogue())} ids in the direction report: {dict(origins)}")


def test_five_ids_occur_with_two_periods():
    two = [id for id, places in catalogue().items() if len({one.period for one in places}) > 1]
    composed = {
        one["id"]: one for one in compose("direction", "2024-H1", AS_OF).as_json()["figures"]
    }
    assert len(two) == 5
    for id in two:
        assert len({one["period"] for one in composed[id]["occurrences"]}) == 2


def test_a_figure_carries_everything_behind_it():
    figures = {
        one["id"]: one for one in compose("direction", "2024-H1", AS_OF).as_json()["figures"]
    }
    letters = figures["complaints.letters.total"]
    assert letters["origin"] == "counted"
    assert letters["entries"] == letters["value"] == 22014
    assert letters["window"] == ["2024-01-01", "2024-06-15"]
    assert "5.276 + 4.551 + 12.187 = 22.014" in letters["formula"]
    assert letters["url"].startswith("/so-lieu/complaints.letters.total/?tu=2024-01-01")
    growth = figures["reception.citizen_visits.growth"]
    assert growth["origin"] == "computed"
    assert "giả định" in growth["assumption"]
    share = figures["complaints.cases.resolved_pct"]
    assert share["operands"] == ["complaints.cases.resolved", "complaints.cases.accepted"]
    assert figures["index.par.2023.value"]["origin"] == "datapoint"
    assert "dòng" in figures["index.par.2023.value"]["source"]


def test_the_as_of_moment_decides_what_is_counted():
    """ "Tính đến ngày" is a query, not a memory (NV-16)."""
    early = compose("direction", "2024-H1", dt.date(2024, 3, 31)).answers
    late = compose("direction", "2024-H1", AS_OF).answers
    id = "documents.incoming.total"
    assert 0 < early[id].value < late[id].value
    assert early["indicator.budget_revenue.5m.value"].value is None


@pytest.mark.parametrize("period", ["2024-05", "2024-H2", "2024-Q2", "2024", "2023-H1"])
@pytest.mark.parametrize("report", REPORTS)
def test_other_periods_build_and_say_what_is_unknown(report, period):
    document = compose(report, period).document
    assert document.missing
    texts = [
        run.text
        for block in document.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if isinstance(run, FigureRun) and run.missing
    ]
    assert set(texts) == {"chưa có số liệu"}


def test_the_printed_value_is_of_the_originals_period(half_year):
    id = "documents.incoming.central"
    assert printed_value(id, half_year) == printed_value(id, half_year, "direction") != ""
    assert printed_value(id, half_year, "socioeconomic") == ""
    assert printed_value(id, half_year.last_year()) == ""


@pytest.mark.parametrize(
    ("now", "offered"),
    [("2024-06-17T08:30", ["2024-H1"]), ("2024-07-01T00:00", ["2024-H2", "2024-H1"]),
     ("2025-02-03T12:00", ["2025-H1", "2024-H1"])],
)  # fmt: skip
def test_the_list_offers_the_originals_and_the_current_period(
    sign_in, ke_hoach, settings, now, offered
):
    settings.FIXED_NOW = now
    rows = sign_in(ke_hoach).get("/bao-cao/").context["rows"]
    links = [row["cells"][0]["url"] for row in rows]
    assert links == [
        f"/bao-cao/{id}/{one}/" for one in offered for id in ("direction", "socioeconomic")
    ]


def test_the_window_belongs_to_the_template():
    """BC-11: the seeds count 1/1 to 15/6; February ends on its last day."""
    window = template.read_template("direction").window("2024-H1")
    assert (window.start, window.end) == (dt.date(2024, 1, 1), dt.date(2024, 6, 15))
    february = template.read_template("direction").window("2024-02")
    assert february.end == dt.date(2024, 2, 29)


@pytest.mark.parametrize("period", ["2024-H3", "nửa đầu", "24-05", "2024-13", ""])
def test_an_unknown_period_is_one_sentence(period):
    with pytest.raises(template.UnknownPeriod, match="ghi như 2024-H1"):
        compose("direction", period)


def test_an_unknown_measure_is_told_with_file_and_line(tmp_path, monkeypatch):
    folder = tmp_path / "thu"
    folder.mkdir()
    source = template.folder() / "direction" / "report.toml"
    (folder / "report.toml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "01.md").write_text("Dòng đầu.\n\nCó [[khong.co.so.nay]] mục.\n", encoding="utf-8")
    monkeypatch.setattr(template, "folder", lambda: tmp_path)
    with pytest.raises(SectionError, match=r"01\.md, dòng 3: .*khong\.co\.so\.nay"):
        compose("thu", "2024-H1")


def test_at_least_two_charts_with_table_and_sentence():
    for report in REPORTS:
        charts = [one for one in compose(report, "2024-H1", AS_OF).document.blocks
                  if isinstance(one, Chart)]  # fmt: skip
        assert len(charts) >= 2
        assert all(chart.alt and chart.table.rows for chart in charts)


def test_growth_words_come_from_the_program():
    paragraphs = [
        "".join(run.text for run in block.runs)
        for block in compose("socioeconomic", "2024-H1", AS_OF).document.blocks
        if isinstance(block, Paragraph)
    ]
    whole = "\n".join(paragraphs)
    assert "tăng 12,3\u00a0%" in whole
    assert "giảm 2\u00a0%" in whole
    assert "giảm 8 bậc" in whole


def test_publishing_writes_four_files_or_none(tmp_path):
    out = tmp_path / "direction"
    publish("direction", "2024-H1", AS_OF, out)
    names = sorted(path.name for path in out.iterdir())
    assert names == ["figures.json", "report.docx", "report.html", "report.pdf"]
    figures = json.loads((out / "figures.json").read_text(encoding="utf-8"))
    assert {"report", "period", "as_of", "figures", "stated", "differences"} <= set(figures)
    before = (out / "figures.json").read_bytes()
    with pytest.raises(template.UnknownPeriod):
        publish("direction", "2024-H9", AS_OF, out)
    assert (out / "figures.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["direction"], "something half-written"


def test_publishing_does_not_replace_a_folder_of_other_things(tmp_path):
    (tmp_path / "quan-trong.txt").write_text("giữ lại", encoding="utf-8")
    with pytest.raises(FileExistsError, match=r"quan-trong\.txt"):
        publish("direction", "2024-H1", AS_OF, tmp_path)
    assert (tmp_path / "quan-trong.txt").read_text(encoding="utf-8") == "giữ lại"


def test_stated_figures_are_few_and_each_has_its_reason():
    path = settings.DATA_DIR / settings.DATASET / "stated.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert 0 < len(rows) <= 30
    assert all(row["reason"] for row in rows)
