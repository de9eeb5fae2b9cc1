"""A Word file made of a text that was none: paragraphs, headings, tables; its look is not kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from dieuhanh.proof.output.words import Language
from dieuhanh.proof.reading.source import Block, Kind, Source

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def converted(source: Source, language: Language) -> tuple[bytes, list[int]]:
    """The file, and for each block of the source the number (from 0) of its paragraph in it."""
    name = escape(_plain(source.name))
    said = (
        f"Bản chuyển đổi từ {name} để mang ghi chú; cách trình bày của bản gốc không giữ lại."
        if language == "vi"
        else f"Converted from {name} to carry comments; the look of the original is not kept."
    )
    parts = [_paragraph(f"<w:r><w:rPr><w:i/></w:rPr><w:t>{said}</w:t></w:r>")]
    numbers = [0] * len(source.blocks)
    count = 1
    blocks = list(enumerate(source.blocks))
    for table, group in groupby(blocks, lambda one: one[1].cell.table if one[1].cell else None):
        if table is None:
            for at, block in group:
                numbers[at], count = count, count + 1
                parts.append(_paragraph(_run(source.said(block)), _style(block)))
            continue
        rows: list[str] = []
        for _row, cells in groupby(group, lambda one: one[1].cell.row if one[1].cell else 0):
            made = []
            for at, block in cells:
                numbers[at], count = count, count + 1
                made.append(f"<w:tc><w:tcPr/>{_paragraph(_run(source.said(block)))}</w:tc>")
            rows.append(f"<w:tr>{''.join(made)}</w:tr>")
        parts.append(
            f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid/>"
            f"{''.join(rows)}</w:tbl>"
        )
        parts.append(_paragraph(""))
        count += 1
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(parts)}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS.format(kind=f"{_OFFICE}/officeDocument", target="word/document.xml")),
            ("word/_rels/document.xml.rels", _RELATIONS.format(kind=f"{_OFFICE}/styles", target="styles.xml")),
            ("word/styles.xml", _styles()),
            ("word/document.xml", document),
        ):  # fmt: skip
            package.writestr(zipfile.ZipInfo(part), content.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue(), numbers


def _styles() -> str:
    return f'{_HEAD}<w:styles xmlns:w="{_W}">{"".join(_each_style())}</w:styles>'


def _each_style() -> Iterator[str]:
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    yield (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{font}"
        '<w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    for level in range(1, 10):
        yield (
            f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
            f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
            "<w:rPr><w:b/></w:rPr></w:style>"
        )


def _style(block: Block) -> str:
    if block.kind is not Kind.HEADING:
        return ""
    return f'<w:pPr><w:pStyle w:val="Heading{min(max(block.level, 1), 9)}"/></w:pPr>'


def _paragraph(inside: str, properties: str = "") -> str:
    return f"<w:p>{properties}{inside}</w:p>"


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(_plain(words))}</w:t></w:r>'


def _plain(words: str) -> str:
    """As long as before: places are counted in it."""
    return _CONTROLS.sub(" ", words)
