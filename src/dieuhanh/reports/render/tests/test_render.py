"""One report as PDF, DOCX, HTML and SVG: every word arrives, and no sign in it is obeyed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx as word
import pypdfium2
import pytest
import typst
from docx.oxml.ns import qn
from lxml import etree

from dieuhanh.reports.compose.document import (
    Appendix,
    Cell,
    Chart,
    Document,
    FigureRun,
    Heading,
    Paragraph,
    Table,
    TextRun,
)
from dieuhanh.reports.render import (
    charts,
    docx,
    letterhead,
    outline,
    page,
    pdf,
    typesetting,
)
from dieuhanh.reports.render.text_width import column_shares

#: Signs that mean something to Typst, HTML, Django templates, Vega or XML.
SIGNS = '<b>x</b> #let #panic() $x^2$ *s* _g_ \\u{41} @ref [n] {{ b }} {% if %} `m` & "q" \' //'
LONG = "Ban Quản lý dự án đầu tư xây dựng công trình hạ tầng kỹ thuật và nông nghiệp thành phố"
ALT = f"Ba đơn vị nhận nhiều việc nhất {SIGNS}"
SENTENCE = "Ủy ban nhân dân Thành phố đã tiếp nhận "


@pytest.fixture(scope="module")
def document() -> Document:
    rows = [(LONG, 412.0), (f"Sở Y tế {SIGNS}", 97.0), ("Thanh tra Thành phố", None)]
    table = Table(
        title=f"Nhiệm vụ theo đơn vị {SIGNS}",
        head=("TT", f"Đơn vị {SIGNS}", "Số nhiệm vụ"),
        rows=(
            ("1", LONG, "412"),
            ("2", f"Sở Y tế {SIGNS}", "97"),
            ("3", "Thanh tra Thành phố", ""),
        ),
        numeric=frozenset({0, 2}),
        note=f"Nguồn: sổ giao việc {SIGNS}",
    )
    chart = Chart(
        title=f"Việc tập trung ở ba đơn vị {SIGNS}",
        subtitle="Nhiệm vụ; đến hết 15/6/2024",
        alt=ALT,
        spec=charts.bar_chart(rows, alt=ALT),
        table=replace(table, title="Bảng của biểu đồ"),
    )
    url = '/so-lieu/don/?tu=2024-01-01&den="><script>'
    return Document(
        report="socioeconomic",
        title=f"Báo cáo thử {SIGNS}",
        kind="BÁO CÁO",
        subject=f"Kết quả 6 tháng {SIGNS}",
        superior="",
        agency="ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI",
        symbol="Số:        /BC-UBND",
        place_and_date="Hà Nội, ngày 15 tháng 6 năm 2024",
        addressee="Kính gửi: Hội đồng nhân dân thành phố Hà Nội",
        period_label="6 tháng đầu năm 2024",
        as_of_label="Số liệu tính đến hết ngày 15/6/2024",
        blocks=(
            Heading(2, f"I. Chỉ đạo chung {SIGNS}", "i"),
            Heading(4, "a) Văn bản đến", "a"),
            Paragraph(
                (
                    TextRun(SENTENCE),
                    FigureRun("don", "22.014", "counted", False, url),
                    TextRun(" đơn; cùng kỳ "),
                    FigureRun("truoc", "chưa có số liệu", "", True, "/so-lieu/truoc/"),
                    TextRun(f"; {SIGNS}"),
                )
            ),
            Paragraph((FigureRun("kn", "5.276", "stated", False, "/so-lieu/kn/"),), bullet=True),
            Paragraph((TextRun("đơn tố cáo", strong=True),), bullet=True),
            Paragraph((FigureRun("js", "1", "counted", False, "javascript:alert(1)"),)),
            table,
            chart,
        ),
        recipients=(f"Thường trực Thành ủy {SIGNS}", "Lưu: VT, 02 bản"),
        signature=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Ẫn"),
        missing=(f"Đơn cùng kỳ {SIGNS}",),
        assumptions=("Đơn trùng được gộp trước khi đếm.",),
    )


def squeezed(text: str) -> str:
    """``text`` without white space, so that line ends play no part."""
    return "".join(text.split())


def pages_of(made: bytes) -> list[str]:
    paper = pypdfium2.PdfDocument(made)
    return [paper[number].get_textpage().get_text_bounded() for number in range(len(paper))]


def test_pdf_has_every_word_and_obeys_none(document: Document) -> None:
    text = squeezed("".join(pages_of(pdf.render(document))))
    for words in (
        SENTENCE + "22.014 đơn; cùng kỳ chưa có số liệu; " + SIGNS,
        f"Nhiệm vụ theo đơn vị {SIGNS}",
        LONG,
        f"Việc tập trung ở ba đơn vị {SIGNS}",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: /BC-UBND DỰ THẢO",
        f"- Thường trực Thành ủy {SIGNS};",
        "- Lưu: VT, 02 bản.",
        "Nguyễn Văn Ẫn",
    ):
        assert squeezed(words) in text


def test_pdf_says_what_it_is(document: Document) -> None:
    paper = pypdfium2.PdfDocument(pdf.render(document))
    assert paper.get_metadata_dict()["Title"] == document.title
    assert paper.is_tagged()
    width, height = paper[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_pdf_numbers_pages_from_the_second_and_ends_with_notes(document: Document) -> None:
    pages = pages_of(pdf.render(document))
    assert not pages[0].lstrip().startswith("1")
    assert pages[1].lstrip().startswith("2")
    assert letterhead.NOTES in pages[-1]
    assert squeezed(f"- Đơn cùng kỳ {SIGNS}") in squeezed(pages[-1])
    assert "Đơn trùng được gộp trước khi đếm." in pages[-1]


def test_pdf_of_an_issued_report_is_no_draft(document: Document) -> None:
    issued = replace(document, draft=False, missing=(), assumptions=())
    text = "".join(pages_of(pdf.render(issued)))
    assert letterhead.DRAFT not in text
    assert letterhead.NOTES not in text


def test_pdf_of_an_empty_report_can_be_set(document: Document) -> None:
    bare = replace(
        document,
        blocks=(),
        recipients=(),
        signature=(),
        missing=(),
        assumptions=(),
        addressee="",
        superior="CHÍNH PHỦ",
    )
    assert "CHÍNH PHỦ" in pages_of(pdf.render(bare))[0]
    assert docx.render(bare)
    assert "CHÍNH PHỦ" in page.render(bare, base_url="")


def test_same_report_gives_same_bytes(document: Document) -> None:
    moment = datetime(2024, 6, 15, 8, 30, tzinfo=UTC)
    assert pdf.render(document) == pdf.render(document)
    assert pdf.render(document, created=moment) == pdf.render(document, created=moment)
    assert docx.render(document) == docx.render(document)


def test_paper_needs_no_fonts_of_the_machine(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    monkeypatch.setattr(typesetting, "_fonts", lambda: fonts)
    monkeypatch.setattr(typesetting, "_local", typesetting.threading.local())
    typesetting.families.cache_clear()
    try:
        assert typesetting.families() == ("Libertinus Serif",)
        text = squeezed("".join(pages_of(pdf.render(document))))
    finally:
        typesetting.families.cache_clear()
    assert squeezed(LONG) in text
    assert "NguyễnVănẪn" in text


def test_docx_has_headings_tables_and_described_picture(document: Document) -> None:
    paper = word.Document(io.BytesIO(docx.render(document)))
    headings = {p.text: p.style.name for p in paper.paragraphs if p.style.name.startswith("Head")}
    assert headings[letterhead.kept_together(f"I. Chỉ đạo chung {SIGNS}")] == "Heading 2"
    assert headings["a) Văn bản đến"] == "Heading 4"
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert SENTENCE + "22.014 đơn; cùng kỳ chưa có số liệu; " + SIGNS in text
    (picture,) = paper.element.body.iter(qn("wp:docPr"))
    assert picture.get("descr") == ALT
    table = next(t for t in paper.tables if len(t.columns) == 3)
    assert table.cell(2, 1).text == f"Sở Y tế {SIGNS}"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert paper.core_properties.title == document.title
    assert paper.core_properties.language == "vi-VN"
    section = paper.sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    missing = [r for p in paper.paragraphs for r in p.runs if r.text == "chưa có số liệu"]
    assert [run.italic for run in missing] == [True]


class Reader(HTMLParser):
    """What a browser would find: tags, addresses of figures and the text outside of styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.figures: list[tuple[str, str]] = []
        self.text = ""
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        assert not any(name.startswith("on") for name in values)
        self.hidden = tag == "style"
        if tag == "a" and "fig" in (values.get("class") or "").split():
            self.figures.append((values["class"] or "", values["href"] or ""))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def test_html_escapes_every_word(document: Document) -> None:
    made = page.render(document, base_url="https://dieuhanh.example.vn/")
    reader = Reader()
    reader.feed(made)
    assert not {"script", "b", "link", "img"} & set(reader.tags)
    assert "<b>x" not in made
    assert f"{SENTENCE}22.014 đơn; cùng kỳ chưa có số liệu; {SIGNS}" in reader.text
    assert reader.text.count(SIGNS) >= 10
    assert '<html lang="vi">' in made


def test_html_links_figures_by_origin(document: Document) -> None:
    reader = Reader()
    reader.feed(page.render(document, base_url="https://dieuhanh.example.vn/"))
    base = "https://dieuhanh.example.vn/so-lieu/"
    assert reader.figures == [
        ("fig counted", base + 'don/?tu=2024-01-01&den="><script>'),
        ("fig missing", base + "truoc/"),
        ("fig stated", base + "kn/"),
    ]


def test_html_headings_skip_no_level(document: Document) -> None:
    reader = Reader()
    reader.feed(page.render(document, base_url=""))
    levels = [int(tag[1]) for tag in reader.tags if len(tag) == 2 and tag[1].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


@pytest.fixture(scope="module")
def attached(document: Document) -> Document:
    """The report with a cover and two appendices, one with a grouped head on a lying page."""
    figure = FigureRun("don", "22.014", "counted", False, "/so-lieu/don/?tu=2024-01-01")
    table = Table(
        title="",
        head=("TT", "Chỉ tiêu", "Giá trị", "So với kế hoạch (%)", "Ghi"),
        groups=("", "", "Thực hiện 5 tháng", "Thực hiện 5 tháng", ""),
        rows=(
            (Cell((TextRun("I"),), strong=True), Cell((TextRun("Nhóm"),), span=4, strong=True)),
            *((str(n), f"{LONG} {SIGNS}", Cell((figure,)), "1,5") for n in range(40)),
            ("41", "Một năm một lần", Cell((TextRun("đánh giá cuối năm"),), span=3)),
        ),
        numeric=frozenset({0, 2, 3}),
    )
    wide = Appendix(
        "Phụ lục I", f"Các chỉ tiêu {SIGNS}", "(Kèm theo Báo cáo số …)", "Đơn vị tính: đơn",
        table, ("Nguồn: sổ đơn.",), "phu-luc-1", wide=True,
    )  # fmt: skip
    upright = replace(wide, number="Phụ lục II", wide=False, anchor="phu-luc-2")
    return replace(document, cover=True, appendices=(wide, upright))


def test_a_table_is_as_wide_as_its_head() -> None:
    table = Table("", ("A", "B", "C"), (("1", Cell(span=5)), ("1", "2", "3", "4"), ()))
    assert [sum(cell.span for cell in row) for row in table.grid] == [3, 3, 3]
    assert table.columns == (("1", "1", ""), ("2", ""), ("3", ""))


def test_heads_in_groups_have_two_lines(attached: Document) -> None:
    above, below = attached.appendices[0].table.heads
    assert [(one.text, one.span, one.deep) for one in above][2:] == [
        ("Thực hiện 5 tháng", 2, 1), ("Ghi", 1, 2),
    ]  # fmt: skip
    assert [one.text for one in below] == ["Giá trị", "So với kế hoạch (%)"]


def test_pdf_begins_appendices_on_pages_of_their_own(attached: Document) -> None:
    pages = pages_of(pdf.render(attached))
    firsts = [n for n, text in enumerate(pages) if "(Kèm theo Báo cáo số …)" in text]
    assert len(firsts) == 2
    for first in firsts:
        assert pages[first].lstrip().startswith("Phụ lục")  # no number on the first page of each
        assert pages[first + 1].lstrip().startswith("2")
        assert "Thực hiện 5 tháng" in pages[first + 1]  # the head is repeated
    assert squeezed(SIGNS) in squeezed(pages[firsts[0]])


def test_docx_repeats_a_head_of_two_lines(attached: Document) -> None:
    paper = word.Document(io.BytesIO(docx.render(attached)))
    table = paper.tables[-2 if attached.signature else -1]
    heads_ = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(heads_) == 2
    assert heads_[0].cells[2]._tc is heads_[0].cells[3]._tc
    assert heads_[0].cells[0].text == heads_[1].cells[0].text == "TT"
    assert [s.different_first_page_header_footer for s in paper.sections] == [True] * 5
    assert docx.render(attached) == docx.render(attached)


def test_html_spans_what_the_paper_spans(attached: Document) -> None:
    made = page.render(attached, base_url="")
    assert '<th scope="colgroup" colspan="2" class="c">Thực hiện 5 tháng</th>' in made
    assert 'rowspan="2"' in made
    assert '<td colspan="3" class="c">đánh giá cuối năm</td>' in made
    assert 'class="cover"' in made
    assert "<b>x" not in made


def test_outline_counts_depth_not_level() -> None:
    levels = [2, 4, 3, 2, 1, 3, 4, 1]
    assert outline.depths([Heading(level, "x", "x") for level in levels]) == [
        1, 2, 2, 1, 1, 2, 3, 1,
    ]  # fmt: skip


def words_of(drawn: str) -> str:
    tree = etree.fromstring(drawn.encode())
    return squeezed("".join(tree.itertext()))


def test_svg_keeps_text_as_text_and_is_named() -> None:
    spec = charts.bar_chart([(LONG, 22014), (SIGNS, 97.6), ("Sở Y tế", None)], alt=ALT, decimals=1)
    drawn = charts.svg(spec)
    root = etree.fromstring(drawn.encode())
    assert root.get("role") == "img"
    assert root.get("aria-label") == ALT
    assert root[0].text == ALT
    words = words_of(drawn)
    for part in (LONG, SIGNS, "22.014,0", "97,6", "chưa có số liệu"):
        assert squeezed(part) in words
    assert charts.svg(spec) is drawn  # drawn once


def test_bars_start_at_zero_longest_first() -> None:
    spec = charts.bar_chart([("A", 5), ("B", 20), ("C", None)], alt="x")
    words = words_of(charts.svg(spec))
    assert words.index("B") < words.index("A") < words.index("C")


def test_grouped_bars_name_their_series() -> None:
    spec = charts.grouped_bar_chart(
        [("Khiếu nại", (5276, 4800)), ("Tố cáo", (4551, None))],
        series=("năm 2024", "năm 2023"),
        alt="x",
    )
    words = words_of(charts.svg(spec))
    assert "5.276(năm2024)" in words
    assert "4.800(năm2023)" in words


def test_bars_below_zero_lie_left_of_the_base_line() -> None:
    spec = charts.bar_chart([("Tăng", 9), ("Giảm", -8), ("Giữ nguyên", 0)], alt="x")
    drawn = charts.svg(spec)
    words = words_of(drawn)
    assert words.index("Tăng") < words.index("Giữnguyên") < words.index("Giảm")
    assert "-8" in words
    assert charts.svg(charts.bar_chart([("Giảm", -1), ("Giảm nữa", -3)], alt="x"))


def test_bars_may_have_words_of_their_own() -> None:
    spec = charts.grouped_bar_chart(
        [("PCI", (-8,)), ("SIPAS", (9,))],
        labels=[("giảm 8 bậc",), ("tăng 9 bậc",)],
        series=("",),
        alt="x",
    )
    words = words_of(charts.svg(spec))
    assert words.index("SIPAS") < words.index("PCI")
    assert "tăng9bậc" in words
    assert "giảm8bậc" in words


def test_progress_shows_the_part_and_the_whole() -> None:
    spec = charts.progress_chart(
        [(LONG, 778, 797, "778/797 (97,6 %)"), ("Chưa biết", None, 5, ""), ("Vượt", 6, 5, "6/5")],
        alt=ALT,
    )
    drawn = charts.svg(spec)
    words = words_of(drawn)
    for part in ("778/797(97,6%)", "chưacósốliệu", "6/5", squeezed(LONG)):
        assert part in words
    assert not any(colour in charts.svg(spec, dark=True) for colour in charts.DARK)


def test_lines_name_their_series_and_leave_gaps() -> None:
    spec = charts.line_chart(
        ["Tháng 1", "Tháng 2", "Tháng 3"],
        [("Năm 2024", [1, None, 3]), ("Năm 2023", [2, 2, 2])],
        alt="x",
    )
    words = words_of(charts.svg(spec))
    assert "Năm2024" in words
    assert "Tháng3" in words
    assert charts.svg(charts.line_chart(["Tháng 1"], [("Năm 2024", [None])], alt="x"))


def test_dark_charts_have_no_light_colour() -> None:
    spec = charts.bar_chart([("A", 1)], alt="x")
    assert charts.BLUE in charts.svg(spec)
    assert not any(colour in charts.svg(spec, dark=True) for colour in charts.DARK)


def test_png_is_a_picture_of_the_asked_size() -> None:
    image = charts.png(charts.bar_chart([("Đơn vị", 1)], alt="x"), scale=2)
    assert image.startswith(b"\x89PNG")
    assert int.from_bytes(image[16:20], "big") == 2 * charts.WIDTH


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (22014, None, "22.014"),
        (97.6, None, "97,6"),
        (0, None, "0"),
        (1234567.891, 2, "1.234.567,89"),
    ],
)
def test_numbers_are_vietnamese(value: float, decimals: int | None, printed: str) -> None:
    assert charts.vietnamese(value, decimals) == printed


def test_charts_refuse_what_they_cannot_show() -> None:
    with pytest.raises(ValueError, match="below zero"):
        charts.progress_chart([("A", -1, 2, "-1/2")], alt="x")
    with pytest.raises(ValueError, match="one value a series"):
        charts.grouped_bar_chart([("A", (1,))], series=("x", "y"), alt="x")
    with pytest.raises(ValueError, match="one value a label"):
        charts.line_chart(["T1"], [("x", [1, 2])], alt="x")
    with pytest.raises(ValueError, match="description"):
        charts.svg({"mark": "bar"})


def test_columns_share_the_whole_line() -> None:
    table = Table(
        "", ("TT", "Tên", "Số"), (("1", LONG, "22.014"), ("2", "x", "5")), frozenset({0, 2})
    )
    shares = column_shares(table)
    assert sum(shares) == pytest.approx(1)
    assert shares[1] == max(shares)
    assert sum(column_shares(Table("", tuple("ABCDEFGHIJKL"), ()))) == pytest.approx(1)


def test_letterhead_breaks_before_the_territory() -> None:
    assert letterhead.agency_lines("ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI") == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ HÀ NỘI",
    ]
    assert letterhead.agency_lines("VĂN PHÒNG") == ["VĂN PHÒNG"]
