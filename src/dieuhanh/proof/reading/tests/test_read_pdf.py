"""PDF: the text layer, its lines rejoined; scans, locks and floods."""

import io
import zlib

import pypdfium2
import pytest
import typst
from PIL import Image

from dieuhanh.proof.reading import Unreadable, limits, read_bytes
from dieuhanh.proof.reading.source import Kind

REPORT = """
#set page(width: 15cm, height: 12cm, margin: 2cm, numbering: "1", header: align(right)[Báo cáo quý II])
#set text(lang: "vi", size: 13pt, font: "Libertinus Serif", hyphenate: false)
#set par(justify: true, first-line-indent: (amount: 1cm, all: true))

I. KẾT QUẢ CHUNG

Ủy ban nhân dân Thành phố đã tiếp nhận 31.207 văn bản các loại, trong đó có 4.116 văn bản Trung
ương, đến nay#footnote[Số liệu của Văn phòng, tính đến ngày 15/6/2024 và các kỳ trước đó, gồm cả văn
bản mật.]. Chỉ tiêu năm 2024#footnote[Chỉ tiêu giao.] là 24; diện tích 5 km#super[2].

a) Một;

b) Hai.

#table(columns: (1cm, 5cm, 2cm), [1], [Sở Y tế], [12], [2], [Sở Tư pháp], [14])

#for n in range(12) [Kết quả thực hiện nhiệm vụ được giao trong kỳ đạt 97,6 % kế hoạch, tăng 12,3 %
so với cùng kỳ năm trước, cao hơn mục tiêu đề ra. ]
"""


@pytest.fixture(scope="module")
def report():
    return read_bytes(typst.compile(REPORT.encode()), "a.pdf")


def said(source, kind):
    return [source.said(block) for block in source.of_kind(kind)]


def test_paragraphs_are_rejoined_across_lines_and_pages(report):
    assert said(report, Kind.HEADING) == ["I. KẾT QUẢ CHUNG"]
    paragraphs = said(report, Kind.PARAGRAPH)
    assert len(paragraphs) == 4
    assert paragraphs[0].startswith(
        "Ủy ban nhân dân Thành phố đã tiếp nhận 31.207 văn bản các loại"
    )
    assert paragraphs[1:3] == ["a) Một;", "b) Hai."]
    assert paragraphs[3].count("cao hơn mục tiêu đề ra.") == 12
    assert list(report.of_kind(Kind.PARAGRAPH))[3].pieces[-1][0] > len(report.text) / 2


def test_rows_of_tables_are_taken_apart_into_cells(report):
    assert said(report, Kind.CELL) == ["1", "Sở Y tế", "12", "2", "Sở Tư pháp", "14"]


def test_page_numbers_and_running_heads_are_furniture(report):
    pages = max(block.page for block in report.blocks)

    assert pages >= 3
    assert said(report, Kind.FURNITURE) == [
        words for page in range(1, pages + 1) for words in ("Báo cáo quý II", str(page))
    ]


def test_footnotes_and_their_marks(report):
    assert [(note.mark, report.said(note)) for note in report.of_kind(Kind.NOTE)] == [
        (
            "1",
            "1 Số liệu của Văn phòng, tính đến ngày 15/6/2024 và các kỳ trước đó, gồm cả văn bản mật.",
        ),
        ("2", "2 Chỉ tiêu giao."),
    ]
    # "2024" and the mark "2" stand together: only how high they are set tells them apart.
    assert [report.text[at - 3 : end + 1] for at, end in report.note_marks] == ["nay1.", "0242 "]


def scanned(pages):
    made = pypdfium2.PdfDocument.new()
    for text in pages:
        if text:
            made.import_pages(pypdfium2.PdfDocument(typst.compile(text.encode())))
            continue
        page = made.new_page(200, 200)
        image = pypdfium2.PdfImage.new(made)
        picture = io.BytesIO()
        Image.new("RGB", (20, 20), "white").save(picture, "JPEG")
        image.load_jpeg(picture, pages=[page], autoclose=False)
        image.set_matrix(pypdfium2.PdfMatrix().scale(200, 200))
        page.insert_obj(image)
        page.gen_content()
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def refused(data):
    with pytest.raises(Unreadable) as one:
        read_bytes(data, "a.pdf")
    return one.value.en


def test_scanned_pages_are_named():
    words = "Ủy ban nhân dân Thành phố báo cáo kết quả thực hiện nhiệm vụ."
    source = read_bytes(scanned([words, "", words]), "a.pdf")

    assert [(one.page, one.en[:6]) for one in source.unread] == [(2, "Page 2")]
    assert {block.page for block in source.blocks} == {1, 3}
    assert "only images" in refused(scanned(["", ""]))


def test_what_cannot_be_opened_is_refused(monkeypatch):
    pdf = typst.compile(b"abc")

    assert "damaged" in refused(b"%PDF-1.7\n" + b"x" * 1000)
    assert "password" in refused(LOCKED)
    monkeypatch.setattr(limits, "PAGES", 2)
    assert "too large" in refused(typst.compile(b"a#pagebreak()b#pagebreak()c"))
    monkeypatch.setattr(limits, "CHARACTERS", 2)
    assert "too large" in refused(pdf)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(limits, "PDF_SECONDS", -1.0)

    assert "too large" in refused(typst.compile(b"abc"))


def _locked():
    """A PDF that asks for a password: the standard handler with a key that opens for nobody."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    ]
    written = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(written))
        written += b"%d 0 obj%bendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    at = len(written)
    written += b"xref\n0 5\n0000000000 65535 f \n" + table
    written += b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<41><41>]>>\n"
    return written + b"startxref\n%d\n%%%%EOF" % at


LOCKED = _locked()


def page_of(content: bytes, dictionary: str = "/Filter/FlateDecode") -> bytes:
    packed = zlib.compress(content)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    return b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n" \
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n3 0 obj\n%s\nendobj\n" \
        b"4 0 obj\n<<%s/Length %d>>stream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF" % (
            page.encode(), dictionary.encode(), len(packed), packed)  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        page_of(b"q " * 5_000_000),
        page_of(zlib.compress(b"q " * 5_000), "/Filter[/FlateDecode/FlateDecode]"),
    ],
    ids=["a bomb", "packed twice"],
)
def test_streams_that_unpack_without_end_are_not_opened(data):
    with pytest.raises(Unreadable, match="bất thường"):
        read_bytes(data, "a.pdf")
