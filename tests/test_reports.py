"""Both reports, whole: every figure with an honest origin, in its place, for any period."""

import csv
import datetime as dt
import io
import json
import re
from collections import Counter
from decimal import Decimal

import docx as word
import pypdfium2
import pytest
from django.conf import settings
from docx.enum.section import WD_ORIENT

from dieuhanh.reports.compose import template
from dieuhanh.reports.compose.compose import compose
from dieuhanh.reports.compose.document import Chart, FigureRun, Heading, Paragraph
from dieuhanh.reports.compose.figures import catalogue, printed_value
from dieuhanh.reports.compose.sections import SectionError
from dieuhanh.reports.publish import publish
from dieuhanh.reports.render import docx, page, pdf
from dieuhanh.text import numbers

AS_OF = dt.date(2024, 6, 15)
REPORTS = ("socioeconomic", "direction")

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("report", REPORTS)
def test_every_figure_equals_the_printed_one_or_stands_in_differences(report):
    composed = compose(report, "2024-H1", AS_OF).as_json()
    differing = {one["id"]: one for one in composed["differences"]}
    for figure in composed["figures"]:
        printed = [one for one in catalogue().get(figure["id"], []) if one.document == report]
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


@pytest.fixture(scope="module", params=REPORTS)
def whole(request, django_db_setup, django_db_blocker):
    """Each report, composed once for the tests that only read it."""
    with django_db_blocker.unblock():
        return compose(request.param, "2024-H1", AS_OF)


def _charts(document):
    return [one for one in document.blocks if isinstance(one, Chart)]


def _cells(table):
    return [cell for row in table.grid for cell in row]


def test_at_least_six_charts_each_with_table_and_sentence():
    found = {}
    for report in REPORTS:
        charts = _charts(compose(report, "2024-H1", AS_OF).document)
        assert len(charts) >= 3
        found |= {chart.table.title: chart for chart in charts}
    assert len(found) >= 6
    for chart in found.values():
        assert chart.title
        assert chart.subtitle
        assert chart.table.title
        assert chart.alt.startswith(chart.table.title)
        assert all(row[0].text in chart.alt for row in chart.table.grid if _known(row))


def _known(row):
    return not any(isinstance(run, FigureRun) and run.missing for cell in row for run in cell.runs)


def test_every_number_of_tables_and_charts_is_a_figure(whole):
    """None is typed: what is not a figure has no number but a name's own (nghị quyết số 34)."""
    document = whole.document
    listed = {one["id"] for one in whole.as_json()["figures"]} | set(whole.pending)
    tables = [one.table for one in (*document.appendices, *_charts(document))]
    assert tables
    for table in tables:
        for row in table.grid:
            for place, cell in enumerate(row):
                for run in cell.runs:
                    if isinstance(run, FigureRun):
                        assert run.figure_id in listed
                        assert run.missing or run.url.startswith(f"/so-lieu/{run.figure_id}/?")
                    elif place > 1:
                        assert not re.search(r"\d", run.text.replace("năm 2023", "")), run.text


def test_figures_of_an_appendix_stand_once_in_the_list(whole):
    ids = [one["id"] for one in whole.as_json()["figures"]]
    assert len(ids) == len(set(ids))


def test_appendices_are_declared_numbered_and_captioned(whole):
    document, template_ = whole.document, whole.template
    assert len(document.appendices) == len(template_.values["appendices"])
    numbers_ = [one.number for one in document.appendices]
    assert numbers_ == [f"Phụ lục {n}" for n in ("I", "II", "III", "IV")[: len(numbers_)]]
    for one in document.appendices:
        assert one.title
        assert one.unit.startswith("Đơn vị tính:")
        assert one.reference.startswith("(Kèm theo Báo cáo số")
        assert any(note.startswith("Nguồn:") for note in one.notes)
        assert one.notes[-1] == "Số liệu tính đến hết ngày 15/6/2024."


def test_estimate_and_actual_stand_in_columns_of_their_own():
    """KT-06; an indicator assessed once a year says so (KT-09); unknown is never 0."""
    first = compose("socioeconomic", "2024-H1", AS_OF).document.appendices[0]
    groups = first.table.groups
    assert first.wide
    assert len(groups) == len(first.table.head)
    rows = {row[1].text: row for row in first.table.grid}
    revenue = rows["Tổng thu ngân sách nhà nước trên địa bàn"]
    ids = {
        groups[place]: run.figure_id
        for place, cell in enumerate(revenue)
        for run in cell.runs
        if isinstance(run, FigureRun) and run.figure_id.endswith(".value")
    }
    assert ids == {
        "Thực hiện lũy kế 5 tháng": "indicator.budget_revenue.5m.value",
        "Ước thực hiện cả kỳ": "indicator.budget_revenue.6m_est.value",
    }
    yearly = rows["Chỉ số cải cách hành chính (PAR INDEX)"]
    assert [cell.text for cell in yearly if cell.span == 6] == ["đánh giá cuối năm"]
    assert not any(cell.text == "0" for cell in _cells(first.table))


def test_an_appendix_without_data_says_so():
    """A period nobody published for: "…" where officials leave a gap, else in words."""
    document = compose("direction", "2023-H1").document
    texts = {
        run.text
        for one in document.appendices
        for cell in _cells(one.table)
        for run in cell.runs
        if isinstance(run, FigureRun) and run.missing
    }
    assert texts <= {"…", "chưa có số liệu"}
    assert "…" in texts


def test_petitions_have_a_row_for_each_resolution():
    document = compose("direction", "2024-H1", AS_OF).document
    petitions = next(one for one in document.appendices if "kiến nghị cử tri" in one.title)
    for key in ("nq34_2021", "nq31_2022", "nq19_2023", "nq44_2023"):
        ids = [
            run.figure_id
            for cell in _cells(petitions.table)
            for run in cell.runs
            if isinstance(run, FigureRun) and run.figure_id.endswith(key)
        ]
        assert ids == [f"petitions.{part}.{key}" for part in ("total", "resolved", "resolved_pct")]


def test_headings_are_numbered_as_in_the_originals():
    def first(report, level):
        document = compose(report, "2024-H1", AS_OF).document
        return [h.text for h in document.blocks if isinstance(h, Heading) and h.level == level]

    assert [one.split(". ")[0] for one in first("direction", 1)] == [
        "Phần thứ nhất",
        "Phần thứ hai",
    ]
    assert [one.split(".")[0] for one in first("direction", 2)] == ["I", "II", "III", "I", "II"]
    assert [one.split(".")[0] for one in first("socioeconomic", 1)] == ["A", "B"]
    letters = [one.split(")")[0] for one in first("direction", 4)]
    assert letters[4:13] == ["a", "b", "c", "d", "đ", "e", "g", "h", "i"]
    assert [one.split(".")[0] for one in first("socioeconomic", 3)][:11] == [
        str(n) for n in range(1, 12)
    ]


def test_only_the_long_report_has_a_cover(whole):
    document = whole.document
    assert document.cover is (whole.template.id == "direction")
    paper = pypdfium2.PdfDocument(pdf.render(document))
    first, second, third = (paper[n].get_textpage().get_text_bounded() for n in range(3))
    if document.cover:
        squeezed = "".join(first.split())
        assert "".join(document.subject.upper().split()) in squeezed
        assert "CỘNGHÒAXÃHỘICHỦNGHĨAVIỆTNAM" in squeezed
        assert document.place_and_date in " ".join(first.split())
        first, second = second, third
    assert not first.lstrip()[0].isdigit(), "the first page has a number"
    assert second.lstrip().startswith("2")


def test_pdf_has_bookmarks_of_headings_and_appendices(whole):
    paper = pypdfium2.PdfDocument(pdf.render(whole.document))
    marks = "\n".join(one.get_title() for one in paper.get_toc())
    folded = "".join(marks.split()).casefold()
    for block in whole.document.blocks:
        if isinstance(block, Heading):
            wanted = block.number + block.title if block.number else block.text
            assert "".join(wanted.split()).casefold() in folded
    for one in whole.document.appendices:
        assert "".join((one.number + one.title).split()).casefold() in folded
    sizes = [tuple(round(x) for x in paper[n].get_size()) for n in range(len(paper))]
    assert (842, 595) in sizes, "a wide appendix lies on its long side"


def test_docx_has_an_outline_and_a_section_for_each_appendix(whole):
    document = whole.document
    paper = word.Document(io.BytesIO(docx.render(document)))
    headings = [p.text for p in paper.paragraphs if p.style.name.startswith("Heading")]
    assert len(headings) >= sum(isinstance(b, Heading) for b in document.blocks)
    for one in document.appendices:
        assert f"{one.number}\n{one.title.casefold()}" in [
            h.replace("\u00a0", " ").replace(one.title, one.title.casefold()) for h in headings
        ]
    lying = [s for s in paper.sections if s.orientation == WD_ORIENT.LANDSCAPE]
    assert len(lying) == sum(one.wide for one in document.appendices)
    assert len(paper.sections) == document.cover + 1 + len(document.appendices) + 1


def test_html_links_the_figures_of_appendices(whole):
    made = page.render(whole.document, base_url="https://dieuhanh.example.vn")
    assert made.count('class="appendix') == len(whole.document.appendices)
    for one in whole.document.appendices:
        assert f'<h2 id="{one.anchor}"' in made
        for cell in _cells(one.table):
            for run in cell.runs:
                if isinstance(run, FigureRun) and not run.missing:
                    assert f"https://dieuhanh.example.vn/so-lieu/{run.figure_id}/" in made


def test_a_mistake_in_an_appendix_is_told_with_file_and_line(tmp_path, monkeypatch):
    folder = tmp_path / "thu"
    folder.mkdir()
    source = template.folder() / "direction" / "report.toml"
    text = source.read_text(encoding="utf-8")
    text = re.sub(r"^appendices = .*$", 'appendices = ["sai"]', text, flags=re.MULTILINE)
    (folder / "report.toml").write_text(text, encoding="utf-8")
    (folder / "01.md").write_text("Không có số.\n", encoding="utf-8")
    monkeypatch.setattr(template, "folder", lambda: tmp_path)
    with pytest.raises(SectionError, match="không có phụ lục “sai”"):
        compose("thu", "2024-H1")
    (tmp_path / "appendices.toml").write_text(
        '[sai]\ntitle = "Thử"\nhead = ["A", "B"]\nrows = [\n  ["a", "[[khong.co]]"],\n]\n',
        encoding="utf-8",
    )
    with pytest.raises(SectionError, match=r"appendices\.toml, dòng 5: .*khong\.co"):
        compose("thu", "2024-H1")


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
