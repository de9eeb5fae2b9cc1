"""Texts made to hurt a reader: floods of one sign, soups of a report's own words, damaged reports,
letters that are none. The same seed gives the same text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

Make = Callable[[Random], tuple[str, bytes]]  # the name and the content of a file

TEXTS = Path(__file__).parent / "proof_texts"
#: Most cases are small, so that many kinds are seen; some are long, so that what is not linear shows.
SIZES = (300, 2_000, 10_000, 40_000, 160_000)

#: What opens, parts, counts, dates, cites and compares; each in a flood may cost a reader its time.
SIGNS = (
    "(", ")", "[", "“", "”", '"', "«", "‘", "; ", "; ; ;", ", ", "...", "…", ":", "- ", "–", "/", "%",
    "1.", "1.1.", "1.1.1.1", "1,", "9", "0", "1 ", "1/", "1/1/", "31/6/2024 ", "1.000.000", "1.000 ",
    "(1) ", "a) ", "a)\n", "I. ", "IV", "1) ", "+ ", "|", "| a |", "|---|", "\t", " ", "\n", "\n\n",
    "*", "# ", "_", "<", "&amp;", "<p>", "</td>", "\u00a0", "\u0301", "a\u0323\u0302", "\u200b", "\ufeff",
    "A", "a", "Đ", "ữ", "UBND ", "UBND-", "số 1/", "/QĐ-UBND", "12/2024/NĐ-CP", "số ", "ngày ", "ngày 1/",
    "tháng 6 ", "năm 2024", "quý II/", "cùng kỳ ", "tăng 5 %", "tăng ", "giảm ", "đạt ", "đạt 97,6 % ",
    "trong đó ", "gồm ", "bao gồm: ", "cụ thể: ", "và ", "và 1 ", "1 và ", "hai ", "triệu ", "tỷ đồng, ",
    "trên ", "khoảng ", "ước ", "hồ sơ ", "10 hồ sơ, ", "(5 hồ sơ; ", "10/20 ", "10/20 (50 %) ", "viết tắt là ",
    "(sau đây gọi là ", "xếp thứ 5/63 ", "từ 1 đến ", "đến nay", "đến nay1", "chỉ tiêu ", "4 chỉ tiêu: ",
    "khoản 1 Điều 2 ", "Thứ Hai, ngày ", "nghị quyết ", "Nghị định số ", "70 năm ", "hoà ", "nghiêng ",
)  # fmt: skip

#: The words of reports, for soups that reach every check.
WORDS = (
    *SIGNS,
    "Ủy ban nhân dân", "Thành phố", "Sở Y tế", "báo cáo", "thực hiện", "kế hoạch", "so với", "năm 2023", "hoàn thành",
    "vượt", "dưới", "mục tiêu", "tổng số", "tổng cộng", "lũy kế", "6 tháng đầu năm 2024", "tính đến ngày 15/6/2024",
    "12.345 tỷ đồng", "5,3 triệu tỷ", "1.136", "06", "778/797", "97,6 %", "6,5-7,0 %", "12,3 điểm phần trăm",
    "Nghị quyết số 02/NQ-CP ngày 05/01/2024", "Quyết định số 9999/QĐ-UBND", "Công văn số 12/UBND-VX",
    "Luật Đất đai năm 2024", "khóa XVI", "kỳ họp thứ 16", "(PAR INDEX)", "tăng 09 bậc", "ký ngày 30/02/2024",
    ". ", ".\n", ".\n\n", ";\n", ":\n- ", "\n1. ", "\n2. ", "\na) ", "\nII. ", "\nPhụ lục\n", "\nNơi nhận:\n- ",
)  # fmt: skip


def flood(random: Random) -> tuple[str, bytes]:
    """One or a few signs again and again, with or without a beginning and an end."""
    signs = [random.choice(SIGNS) for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5)))]
    size = random.choice(SIZES)
    unit = random.choice(("", "", " ")).join(signs)
    body = unit * (size // len(unit) + 1)
    if random.random() < 0.3:
        body = random.choice(WORDS) + " " + body
    if random.random() < 0.5:
        body += random.choice(WORDS)
    if random.random() < 0.2:
        body = _lined(body, random)
    return _name(random), body.encode()


def soup(random: Random) -> tuple[str, bytes]:
    """Words of reports in any order: sentences that nobody wrote."""
    size = random.choice(SIZES[:-1])
    few = [random.choice(WORDS) for _ in range(random.choice((3, 8, 30, 200)))]
    glue = random.choice((" ", " ", ""))
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(random.choice(few))
        length += len(parts[-1]) + len(glue)
    return _name(random), glue.join(parts).encode()


def letters(random: Random) -> tuple[str, bytes]:
    """Any signs of Unicode: controls, lone surrogates, marks on marks, both directions."""
    ranges: Sequence[tuple[int, int]] = (
        (0x00, 0x1F), (0x20, 0x7E), (0x80, 0x24F), (0x300, 0x36F), (0x660, 0x669), (0x1E00, 0x1EFF),
        (0x2000, 0x206F), (0x2160, 0x2188), (0x3000, 0x30FF), (0xD800, 0xDFFF), (0xE000, 0xE0FF),
        (0xFE00, 0xFEFF), (0xFF00, 0xFFFF), (0x1D7CE, 0x1D7FF), (0xE0000, 0xE007F), (0x10FF00, 0x10FFFF),
    )  # fmt: skip
    some = [*random.sample(ranges, random.randint(1, 4)), (0x20, 0x7E)]
    size = random.choice(SIZES[:-1])
    words = random.random() < 0.5
    signs = [
        random.choice(WORDS) if words and not random.randrange(8) else chr(random.randint(*one))
        for one in random.choices(some, k=size)
    ]
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-16", "utf-16-be"))
    return _name(random), "".join(signs).encode(encoding, "surrogatepass")


def damaged(random: Random) -> tuple[str, bytes]:
    """A clean report with pieces lost, doubled, swapped, flooded, decomposed or in one line."""
    path = random.choice(sorted(TEXTS.glob("*.txt")))
    text = path.read_text(encoding="utf-8")
    for _ in range(random.choice((1, 3, 10, 40))):
        at, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
        end = min(end, at + random.choice((1, 5, 80, 2_000)))
        piece = text[at:end]
        text = text[:at] + random.choice(_DAMAGES)(piece, random) + text[end:]
        text = text[:200_000]
    return _name(random), text.encode("utf-8", "surrogatepass")


_DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    lambda piece, random: "",
    lambda piece, random: piece + piece,
    lambda piece, random: piece * random.choice((3, 50)),
    lambda piece, random: piece[::-1],
    lambda piece, random: " ".join(random.sample(piece.split(), len(piece.split()))),
    lambda piece, random: piece.replace("\n", " "),
    lambda piece, random: piece.replace(" ", "\n"),
    lambda piece, random: unicodedata.normalize("NFD", piece),
    lambda piece, random: piece.upper(),
    lambda piece, random: random.choice(SIGNS) * random.choice((1, 1, 30, 3_000)),
    lambda piece, random: piece + random.choice(WORDS),
    lambda piece, random: "".join(random.choice("0123456789") if c.isdigit() else c for c in piece),
    lambda piece, random: "".join(c + chr(random.randint(0x300, 0x36F)) for c in piece),
    lambda piece, random: piece.replace(" ", "\u00a0").replace(",", ";"),
)


def vast(random: Random) -> tuple[str, bytes]:
    """More than is read at one time, or just less: one line, many lines, many short blocks."""
    unit = random.choice(WORDS)
    size = random.choice((900_000, 1_100_000, 10_000_000))
    body = (unit * (size // len(unit) + 1))[:size]
    if random.random() < 0.5:
        body = _lined(body, random)
    return _name(random), body.encode()


def web(random: Random) -> tuple[str, bytes]:
    """Marks of a web page, in any order and depth."""
    marks = ("<p>", "</p>", "<div>", "<table>", "<tr>", "<td>", "<td colspan=99999 rowspan='9999'>",
             "</td>", "</tr>", "</table>", "<h1>", "</h2>", "<li>", "<ol start=-5>", "<!--", "-->", "<![CDATA[",
             "<script>", "</script>", "<style>", "<br>", "<sup>1</sup>", "<b", " a=", "'", '"', ">", "&#x110000;",
             "&#0;", "&#xD800;", "&nbsp", "&lt", "<a href='#fn1'>1</a>", "<?xml", "<!DOCTYPE html [", "</")  # fmt: skip
    few = [random.choice(marks) for _ in range(random.choice((1, 3, 12)))] + random.choices(
        WORDS, k=2
    )
    size = random.choice(SIZES)
    parts = ["<html><body>"]
    length = 0
    while length < size:
        parts.append(random.choice(few))
        length += len(parts[-1])
    return "a.html", "".join(parts).encode()


def noise(random: Random) -> tuple[str, bytes]:
    """Bytes of nothing, that begin like something."""
    heads = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"\xff\xfe",
             b"\xfe\xff", b"\xef\xbb\xbf", b"\x89PNG", b"<html>", b"\x00\x00")  # fmt: skip
    name = random.choice(("a.txt", "a.docx", "a.pdf", "a", "a.html"))
    return name, random.choice(heads) + random.randbytes(random.choice((1, 50, 3_000, 100_000)))


def _name(random: Random) -> str:
    return random.choice(("a.txt", "a.txt", "a.txt", "a.md", "a"))


def _lined(body: str, random: Random) -> str:
    """The same with line ends at a steady distance, as after a hard wrap."""
    width = random.choice((3, 20, 80, 95))
    gap = random.choice(("\n", "\n", "\n\n"))
    return gap.join(body[at : at + width] for at in range(0, len(body), width))


KINDS: dict[str, Make] = {
    "flood": flood, "soup": soup, "letters": letters, "damaged": damaged, "vast": vast, "web": web,
    "noise": noise,
}  # fmt: skip
