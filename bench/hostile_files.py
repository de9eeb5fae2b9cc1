"""Word files and PDF made to hurt a reader: parts lost, doubled and damaged, numbers that lie, loops,
bombs. The same seed gives the same file."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from random import Random

from bench.hostile import SIZES, WORDS, Make

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_RELATED = (
    ("styles", "styles.xml"), ("footnotes", "footnotes.xml"), ("header", "document.xml"),
    ("footer", "../../../outside"), ("endnotes", "footnotes.xml"), ("header", "styles.xml"),
)  # fmt: skip
#: Elements that hold others, and such as say something by themselves.
_NESTS = (
    "w:tbl", "w:tr", "w:tc", "w:p", "w:r", "w:hyperlink", "w:ins", "w:del", "w:moveFrom", "w:sdt", "w:sdtContent",
    "w:txbxContent", "w:pPr", "w:rPr", "w:t", "x:AlternateContent", "w:footnote",
)  # fmt: skip
_SINGLE = (
    '<w:gridSpan w:val="999999999"/>', '<w:gridSpan w:val="-5"/>', '<w:gridSpan w:val="x"/>',
    '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="99"/>', "<w:footnoteReference/>",
    '<w:outlineLvl w:val="99999999999999999999"/>', '<w:pStyle w:val="A"/>', "<w:tab/>", "<w:br/>", "<w:vanish/>",
    '<w:vMerge/>', '<w:b w:val="maybe"/>', '<w:endnoteReference w:id="2"/>', "<w:drawing/>", "<w:cr/>",
)  # fmt: skip


def word(random: Random) -> tuple[str, bytes]:
    """A Word file of parts that are in order, in disorder, or both."""
    parts = _parts(random)
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        name = random.choice(sorted(parts))
        parts[name] = random.choice(_SPOILERS)(parts[name], random)
    if random.random() < 0.1:
        del parts[random.choice(sorted(parts))]
    data = _packed(parts, random)
    if random.random() < 0.1:
        data = _flipped(data, random)
    return "a.docx", data


def _parts(random: Random) -> dict[str, bytes]:
    styles = "".join(
        f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/><w:name w:val="heading {level}"/></w:style>'
        for one, other, level in (("A", "B", 1), ("B", "A", "x"), ("C", "C", 3))
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{_words(random)}</w:t></w:r></w:p></w:footnote>'
        for number in (1, 2, 2, -1)
    )
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(_RELATED)
    )
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>'.encode(),
        "word/_rels/document.xml.rels": (
            f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode()
        ),
        "word/styles.xml": f"{_HEAD}<w:styles {_W}>{styles}</w:styles>".encode(),
        "word/footnotes.xml": f"{_HEAD}<w:footnotes {_W}>{notes}</w:footnotes>".encode(),
        "word/document.xml": f"{_HEAD}<w:document {_W} xmlns:x='y'><w:body>{_body(random)}</w:body></w:document>".encode(),
    }  # fmt: skip


def _body(random: Random) -> str:
    """Paragraphs and tables; or elements in any order, all of them closed."""
    size = random.choice(SIZES)
    parts: list[str] = []
    length = 0
    orderly = random.random() < 0.4
    while length < size:
        parts.append(_paragraph(random) if orderly else _nest(random, random.randint(1, 12)))
        length += len(parts[-1])
    return "".join(parts)


def _paragraph(random: Random) -> str:
    runs = "".join(
        f"<w:r><w:t xml:space='preserve'>{_words(random)}</w:t></w:r>"
        f"{random.choice(_SINGLE) if not random.randrange(4) else ''}"
        for _ in range(random.randint(0, 5))
    )
    if random.randrange(5):
        return f"<w:p>{runs}</w:p>"
    row = f"<w:tc><w:p>{runs}</w:p></w:tc>" * random.choice((1, 3, 60))
    return f"<w:tbl>{f'<w:tr>{row}</w:tr>' * random.choice((1, 4, 40))}</w:tbl>"


def _nest(random: Random, depth: int) -> str:
    if not depth:
        return random.choice(
            (random.choice(_SINGLE), f"<w:t>{_words(random)}</w:t>", _words(random))
        )
    name = random.choice(_NESTS)
    inside = "".join(_nest(random, depth - 1) for _ in range(random.choice((1, 1, 1, 2))))
    return f"<{name}>{inside}</{name}>"


def _words(random: Random) -> str:
    said = "".join(random.choices(WORDS, k=random.randint(1, 6)))
    return re.sub("[<>&]", "", said)


_Spoil = Callable[[bytes, Random], bytes]
_SPOILERS: tuple[_Spoil, ...] = (
    lambda part, random: part[: random.randrange(len(part) + 1)],
    lambda part, random: _flipped(part, random),
    lambda part, random: part + part,
    lambda part, random: b"",
    lambda part, random: _deep(part, random.choice((150, 300, 100_000))),
    lambda part, random: part.replace(
        b"?>", b'?><!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;&b;">]>', 1
    ),
    lambda part, random: part.replace(b"UTF-8", random.choice((b"UTF-16", b"x-none", b"cp1258")), 1),
    lambda part, random: part.replace(b"wordprocessingml/2006", b"wordprocessingml/2031"),
    lambda part, random: part + b" " * random.choice((1_000, 3_000_000)),
    lambda part, random: part.replace(b"</w:p>", b"</w:p>" + b"<w:p/>" * 30_000, 1),
    lambda part, random: part.replace(b"<w:t>", b"<w:t>" + b"1.1." * 100_000, 1),
    lambda part, random: part.replace(b"<w:r>", b"<w:r>" + b"<w:footnoteReference w:id='2'/>" * 20_000, 1),
    lambda part, random: part.replace(b"<w:p>", b"<w:p a='" + b"b" * 500_000 + b"'>", 1),
)  # fmt: skip


def _deep(part: bytes, depth: int) -> bytes:
    return part.replace(b"<w:body>", b"<w:body>" + b"<w:tbl>" * depth, 1)


def _packed(parts: dict[str, bytes], random: Random) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of names given twice
        for name, part in parts.items():
            archive.writestr(name, part)
            if not random.randrange(40):
                archive.writestr(name, part)
        if not random.randrange(40):
            archive.writestr("word/media/a.bin", bytes(random.choice((3_000_000, 40_000_000))))
        if not random.randrange(40):
            for number in range(6_000):
                archive.writestr(f"word/{number}.xml", b"")
    data = bytearray(out.getvalue())
    if not random.randrange(12):  # sizes, methods, flags and offsets that lie
        at = data.rfind(b"PK\x01\x02")
        where, form = random.choice(
            ((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (42, "<I"))
        )
        struct.pack_into(form, data, at + where, random.choice((0, 1, 9, 99, 0xFFFF)))
    return bytes(data)


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 4, 30)) if data else 0):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def pdf(random: Random) -> tuple[str, bytes]:
    """A PDF that was set from words of reports, then damaged; or one that is written by hand."""
    data = _set(random.randrange(4)) if random.random() < 0.4 else _written(random)
    for _ in range(random.choice((0, 1, 1, 3))):
        data = random.choice(_PDF_SPOILERS)(data, random)
    return "a.pdf", data


_PDF_SPOILERS: tuple[_Spoil, ...] = (
    _flipped,
    lambda data, random: data[: random.randrange(len(data) + 1)],
    lambda data, random: re.sub(rb"/Length [0-9]+", b"/Length %d" % random.choice((0, 1, 10**9)), data),
    lambda data, random: re.sub(rb"/Count [0-9]+", b"/Count %d" % random.choice((0, -1, 10**6)), data),
    lambda data, random: re.sub(rb"([0-9]+) 0 R", lambda _m: b"%d 0 R" % random.randint(0, 12), data, count=20),
    lambda data, random: data.replace(b"/MediaBox", b"/CropBox", 1),
    lambda data, random: re.sub(rb"/(Width|W|FirstChar|LastChar) [0-9]+", rb"/\1 99999999", data),
    lambda data, random: data + data,
    lambda data, random: data.replace(b"/Type", b"/Encrypt 3 0 R /Type", 1),
)  # fmt: skip


@cache
def _set(number: int) -> bytes:
    """Set by Typst: fonts, notes, tables, several pages."""
    import typst

    random = Random(number)
    words = re.sub(r"[^\w ,.;()%/-]", " ", " ".join(random.choices(WORDS, k=900)))
    return typst.compile(
        f'''#set page(width: 15cm, height: 18cm, numbering: "1")
        #let words = "{words}"
        #words #footnote("{words[:300]}") #table(columns: 3, [1], [2], [3])
        #words'''.encode()
    )


def _written(random: Random) -> bytes:
    """Pages of one font whose lines stand anywhere, in any size; or an endless one."""
    lines = []
    for _ in range(random.choice((3, 40, 400, 4_000))):
        size = random.choice((12, 12, 12, 8, 0, -5, 0.001, 30_000))
        x, y = (random.choice((72, 80, random.uniform(-900, 2_000), 1e9)) for _ in range(2))
        said = "".join(
            c for c in "".join(random.choices(WORDS, k=3)) if 31 < ord(c) < 127 and c not in "()\\"
        )
        lines.append(f"BT /F1 {size} Tf {random.choice((1, 1, 1, -1, 0))} 0 {random.choice((0, 0, 0.5))} 1"
                     f" {x:.2f} {y:.2f} Tm ({said}) Tj ET")  # fmt: skip
    content = "\n".join(lines).encode()
    if not random.randrange(10):
        content = b"q " * 10_000_000 if random.random() < 0.5 else b"BT (1.1.) Tj ET " * 300_000
    packed = zlib.compress(content)
    pages = random.choice((1, 2, 30, 3_000 if not random.randrange(8) else 5))
    box = random.choice(("0 0 595 842", "0 0 595 842", "0 0 0 0", "-1e9 -1e9 1e9 1e9", "0 0 9e9 1"))
    kids = " ".join(f"{number + 5} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}{random.choice(('', ' 2 0 R'))}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
    objects += [page.encode()] * pages
    body = b"%PDF-1.7\n"
    offsets = []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, table, len(objects) + 1, len(body)
    )  # fmt: skip


KINDS: dict[str, Make] = {"word": word, "pdf": pdf}
