"""DOCX: paragraphs, tables, notes; and archives that were made to hurt."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from dieuhanh.proof.reading import Unreadable, read, read_bytes
from dieuhanh.proof.reading.source import Cell, Kind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTNOTES = f"""<?xml version="1.0" encoding="UTF-8"?>
<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p>
</w:footnote><w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Theo Sở Y tế.</w:t>
</w:r></w:p></w:footnote></w:footnotes>"""
RELATION = (
    '<Relationship Id="rIdNotes" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
)


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(data, parts=None, compression=zipfile.ZIP_DEFLATED):
    """The archive with some parts replaced or added; a part may be a function of the old one."""
    parts = dict(parts or {})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", compression) as new:
        for name in old.namelist():
            part = parts.pop(name, old.read(name))
            new.writestr(name, part(old.read(name)) if callable(part) else part)
        for name, part in parts.items():
            new.writestr(name, part)
    return made.getvalue()


def report():
    document = docx.Document()
    document.add_heading("Báo cáo", level=1)
    document.add_paragraph("I. KẾT QUẢ")
    document.add_paragraph("")
    paragraph = document.add_paragraph("Tổng số ")
    paragraph._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>99</w:delText></w:r></w:del>")
    )
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>12</w:t></w:r></w:ins>"))
    paragraph.add_run(" đơn")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))
    paragraph.add_run(".")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Đơn vị"
    table.cell(0, 2).text = "Số"
    table.cell(1, 0).text = "1"
    table.cell(1, 2).text = "12"
    document.add_paragraph("1. Đậm").runs[0].bold = True
    document.sections[0].header.paragraphs[0].text = "Báo cáo quý"
    return repacked(
        saved(document),
        {
            "word/footnotes.xml": FOOTNOTES,
            "word/_rels/document.xml.rels": lambda old: old.decode().replace(
                "</Relationships>", RELATION
            ),
        },
    )


def test_a_word_file_is_read_in_the_order_of_its_body(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(report())

    source = read(file)

    assert source.text.split("\n")[:4] == ["Báo cáo", "I. KẾT QUẢ", "", "Tổng số 12 đơn1."]
    assert [
        (one.kind, one.level, one.cell, one.paragraph, source.said(one)) for one in source.blocks
    ] == [
        (Kind.HEADING, 1, None, 1, "Báo cáo"),
        (Kind.HEADING, 2, None, 2, "I. KẾT QUẢ"),
        (Kind.PARAGRAPH, 0, None, 4, "Tổng số 12 đơn1."),
        (Kind.CELL, 0, Cell(0, 0, 0), 5, "Đơn vị"),
        (Kind.CELL, 0, Cell(0, 0, 2), 6, "Số"),
        (Kind.CELL, 0, Cell(0, 1, 0), 7, "1"),
        (Kind.CELL, 0, Cell(0, 1, 2), 9, "12"),
        (Kind.HEADING, 3, None, 10, "1. Đậm"),
        (Kind.NOTE, 0, None, None, "1 Theo Sở Y tế."),
        (Kind.FURNITURE, 0, None, None, "Báo cáo quý"),
    ]
    assert [source.text[at - 3 : end + 1] for at, end in source.note_marks] == ["đơn1."]
    assert next(source.of_kind(Kind.NOTE)).mark == "1"


def test_line_n_is_paragraph_n_of_the_body():
    data = report()
    source = read_bytes(data, "a.docx")
    body = docx.Document(io.BytesIO(data)).element.body

    paragraphs = list(body.iter(f"{{{body.nsmap['w']}}}p"))
    for block in source.blocks:
        if block.paragraph:
            assert source.line(block.pieces[0][0]) == block.paragraph
            words = "".join(paragraphs[block.paragraph - 1].xpath(".//w:t/text()"))
            assert words[:5] == source.said(block)[:5]


def refused(data, name="a.docx"):
    with pytest.raises(Unreadable) as one:
        read_bytes(data, name)
    return one.value.en


def test_files_that_are_no_word_files():
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("a.txt", "abc")

    assert "not a text" in refused(plain.getvalue())
    assert "damaged" in refused(report()[:3000])
    assert "damaged" in refused(b"PK\x03\x04" + b"x" * 500)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "password" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "old Office" in refused(ole + "WordDocument".encode("utf-16-le"), "a.doc")


def test_empty_and_pictures_only():
    assert "no words" in refused(saved(docx.Document()))
    drawn = (
        f'<w:document {W} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>'
        "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>{}</w:body></w:document>"
    )
    data = saved(docx.Document())

    assert "only images" in refused(repacked(data, {"word/document.xml": drawn.format("")}))

    worded = drawn.format("<w:p><w:r><w:t>Chữ</w:t></w:r></w:p>")
    source = read_bytes(repacked(data, {"word/document.xml": worded}), "a.docx")
    assert [one.en[:10] for one in source.unread] == ["1 pictures"]


def body(inside):
    return f"<w:document {W}><w:body>{inside}</w:body></w:document>"


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (b" " * 60_000_000, "unusual"),
        (body("<w:p>" * 50_000 + "</w:p>" * 50_000), "unusual"),
        (
            '<!DOCTYPE a [<!ENTITY b "c">]>' + body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"),
            "unusual",
        ),
        ('<!DOCTYPE a SYSTEM "file:///etc/hostname">' + body(""), "unusual"),
        (body("<w:p><w:r><w:t>x</w:p>"), "damaged"),
        (b"\xff\xfe\x00 not xml", "damaged"),
        (body("<w:p><w:r><w:t>" + "ab " * 500_000 + "</w:t></w:r></w:p>"), "too large"),
    ],
    ids=["zip bomb", "deep", "entity", "outside", "crossed", "no xml", "long line"],
)
def test_what_was_made_to_hurt_is_refused(part, why):
    assert why in refused(repacked(saved(docx.Document()), {"word/document.xml": part}))


def test_an_archive_of_too_many_members_or_too_large_is_refused():
    data = saved(docx.Document())

    assert "unusual" in refused(repacked(data, {f"x/{n}": b"" for n in range(6_000)}))
    many = {f"x/{n}": b"0123456789" * 150_000 for n in range(140)}
    assert "unusual" in refused(repacked(data, many))


def test_a_locked_member_asks_for_the_password():
    data = bytearray(saved(docx.Document()))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1

    assert "password" in refused(bytes(data))
