"""TXT and Markdown: what is hard-wrapped is rejoined, and nothing of the text is lost."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dieuhanh.proof.reading import Unreadable, looks_vietnamese, read, read_bytes, read_text
from dieuhanh.proof.reading.source import Cell, Kind

WRAPPED = """\
 Thực hiện Kế hoạch số 215-
KH/HU ngày 08/3/2023, trong năm 2024 huyện Bến Lá đã nhận được tổng cộng 1.204 lượt ý
kiến của người dân qua đường dây nóng và đã trả lời bằng văn bản hầu hết các ý kiến đó
đến nay1. Văn phòng huyện mở thêm hai buổi tiếp dân mỗi tuần tại nhà văn hóa thôn, xóm
để lắng nghe bà con; các buổi tiếp đều có ghi biên bản và phân công người theo dõi về
1 Số ý kiến đã trả lời: tháng Giêng 96/104 ý kiến (đạt 92,3%); tháng Hai, do nghỉ Tết dài
ngày, trả lời được 51/68 ý kiến (đạt 75,0%).
 việc trả lời đúng hẹn của từng phòng, báo cáo lại vào sáng thứ Hai đầu tháng sau, ở cả
14 xã2. Số liệu được ghi vào sổ theo tuần và cộng dồn theo từng quý, năm
2024. Kết quả cụ thể:
I. KẾT QUẢ CHUNG
1. Về các cân đối lớn
- Số thu trên địa bàn huyện cao hơn năm ngoái, đạt 61,4% dự toán; chi cho đầu tư phát
triển và chi thường xuyên được bảo đảm kịp thời, đúng chế độ, góp phần để kinh tế
- xã hội ổn định; số dư đến cuối kỳ tăng.
(1) Chỉ tiêu tiêm chủng chưa đạt tiến độ, gồm các chỉ tiêu sau đây của năm 2024:
(1) Tiêm đầy đủ cho trẻ dưới 1 tuổi, (2) Tiêm nhắc cho trẻ 18 tháng và các chỉ tiêu
khác theo kế hoạch đã giao cho ngành y tế.
(2) Số vụ tai nạn giao thông tăng ở cả 3 tiêu chí so với cùng kỳ năm trước, cần tập
2 Xã An Bình, xã Bình Minh, xã Cao Sơn, xã Đại Đồng, xã Gia Lâm, xã Hòa Bình, xã Khánh
Thượng, xã Liên Hà
 trung khắc phục ngay.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn A
"""


def said(source, kind=None):
    return [source.said(block) for block in source.blocks if kind is None or block.kind is kind]


def test_lines_of_a_wrapped_text_are_rejoined_into_paragraphs():
    source = read_text(WRAPPED, "a.txt")

    assert source.text == WRAPPED
    assert said(source, Kind.HEADING) == ["I. KẾT QUẢ CHUNG", "1. Về các cân đối lớn"]
    assert [block.level for block in source.of_kind(Kind.HEADING)] == [2, 3]
    paragraphs = said(source, Kind.PARAGRAPH)
    assert [one[:12] for one in paragraphs] == [
        "Thực hiện Kế",
        "- Số thu trê",
        "(1) Chỉ tiêu",
        "(2) Số vụ ta",
        "TM. ỦY BAN N",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]
    assert "ghi vào sổ theo tuần và cộng dồn theo từng quý, năm 2024. Kết quả" in paragraphs[0]
    assert paragraphs[1].endswith("kinh tế - xã hội ổn định; số dư đến cuối kỳ tăng.")


def test_a_footnote_in_a_broken_sentence_is_taken_out_and_its_mark_known():
    source = read_text(WRAPPED, "a.txt")

    notes = list(source.of_kind(Kind.NOTE))
    assert [(note.mark, source.said(note)[:14], len(note.pieces)) for note in notes] == [
        ("1", "1 Số ý kiến đã", 2),
        ("2", "2 Xã An Bình, ", 2),
    ]
    assert [source.text[at - 3 : end + 1] for at, end in source.note_marks] == ["nay1.", " xã2."]
    paragraphs = said(source, Kind.PARAGRAPH)
    assert "người theo dõi về việc trả lời đúng hẹn" in paragraphs[0]
    assert "cần tập trung khắc phục ngay." in paragraphs[3]


@pytest.mark.parametrize(
    "text",
    [
        "Diện tích 5 km2 và 12 m2 trên địa bàn thành phố đã được giao cho các hộ dân ở\n"
        "2 Huyện trong năm 2024.\n",
        "Trong năm 2024, thành phố đã giao đất cho các hộ dân tại\n2 Huyện ngoại thành.\n",
        "Bệnh do vi-rút H5N1, COVID19 và A1.\n1 Xã có ổ dịch.\n",
    ],
)
def test_a_number_without_its_note_is_no_mark(text):
    source = read_text(text, "a.txt")

    assert not source.note_marks
    assert not list(source.of_kind(Kind.NOTE))


def test_a_paragraph_a_line_stays_so():
    text = "BÁO CÁO\nKết quả\nTổng số 10 đơn; trong đó:\n- 4 đơn khiếu nại;\n- 6 đơn tố cáo.\nHết\n"

    assert said(read_text(text, "a.txt")) == text.splitlines()


def test_blank_lines_part_paragraphs_and_single_ends_of_lines_do_not():
    text = (
        "*Căn cứ Luật Tổ chức chính\nquyền địa phương số 72/2025/QH15;*\n\n"
        "**Điều 2. Hiệu\nlực thi hành**\n\n1. Quyết định này có hiệu\nlực từ ngày ký.\n"
    )
    source = read_text(text, "a.txt")

    assert said(source) == [
        "*Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;*",
        "**Điều 2. Hiệu lực thi hành**",
        "1. Quyết định này có hiệu lực từ ngày ký.",
    ]
    assert [block.kind for block in source.blocks] == [
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


def test_a_page_number_in_a_sentence_is_furniture():
    text = (
        "Ủy ban nhân dân huyện đã tiếp nhận và xử lý các văn bản của cấp trên, chỉ đạo\n12\n"
        "giải quyết các kiến nghị của cử tri theo đúng quy định của pháp luật hiện hành.\n"
    )
    source = read_text(text, "a.txt")

    assert said(source, Kind.FURNITURE) == ["12"]
    assert "chỉ đạo giải quyết" in said(source, Kind.PARAGRAPH)[0]
    copied = "Kết quả thực hiện chỉ tiêu của các đơn vị\nSở Y tế\n12\nđạt\n"
    assert not list(read_text(copied, "a.txt").of_kind(Kind.FURNITURE))


def test_cells_copied_out_line_by_line():
    text = "**A. DANH MỤC**\n\n|\nTT\n|\nTên thủ\ntục\n|\n\n\nHết danh mục.\n"
    source = read_text(text, "a.txt")

    assert said(source, Kind.CELL) == ["TT", "Tên thủ tục"]
    assert said(source, Kind.FURNITURE) == ["|", "|", "|"]


def test_markdown_headings_lists_and_tables():
    text = (
        "# Báo cáo\n\nĐoạn một\nnối tiếp.\n\n## I. Kết quả ##\n\n- Một\n- Hai\n\n"
        "| Đơn vị | Số |\n|---|--:|\n| Sở Y tế | 12 |\n| Tổng | |\n\nHết.\n"
    )
    source = read_text(text, "a.md")

    assert [(one.level, source.said(one)) for one in source.of_kind(Kind.HEADING)] == [
        (1, "Báo cáo"),
        (2, "I. Kết quả"),
    ]
    assert said(source, Kind.PARAGRAPH) == ["Đoạn một nối tiếp.", "Một", "Hai", "Hết."]
    assert [(one.cell, source.said(one)) for one in source.of_kind(Kind.CELL)] == [
        (Cell(0, 0, 0), "Đơn vị"),
        (Cell(0, 0, 1), "Số"),
        (Cell(0, 1, 0), "Sở Y tế"),
        (Cell(0, 1, 1), "12"),
        (Cell(0, 2, 0), "Tổng"),
    ]


def test_rows_with_tabs_are_a_table():
    text = "Kết quả:\nĐơn vị\tSố\nSở Y tế\t12\n\t12\nHết\tkhông\n\nmột\tdòng\n"
    cells = list(read_text(text, "a.txt").of_kind(Kind.CELL))

    assert [(one.cell.row, one.cell.column) for one in cells] == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (2, 1),
        (3, 0),
        (3, 1),
    ]
    assert len({one.cell.table for one in cells}) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_encodings(encoding, tmp_path):
    text = "Quyết định số 5\nvề việc thu\n"
    form = "NFC" if encoding != "cp1258" else "NFD"
    file = tmp_path / "a.txt"
    # The old code page writes tones as marks of their own, and ê, â, ơ whole.
    written = unicodedata.normalize(form, text) if form == "NFC" else _with_tones_apart(text)
    file.write_bytes(written.replace("\n", "\r\n").encode(encoding))

    source = read(file)

    assert source.name == str(file)
    assert unicodedata.normalize("NFC", source.text) == text


def test_a_broken_sign_is_named_and_the_rest_read():
    source = read_bytes("Tổng số đơn. ".encode() * 100 + b"\xe1\xbb x\x02", "a.txt")

    assert source.text.startswith("Tổng số đơn.")
    assert [one.en[:11] for one in source.unread] == ["1 character"]


def _with_tones_apart(text):
    def apart(letter):
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        rest = "".join(mark for mark in parts if mark not in tones)
        return unicodedata.normalize("NFC", rest) + tones

    return "".join(map(apart, text))


def test_nfd_text_stays_as_it_is():
    text = unicodedata.normalize("NFD", WRAPPED)
    source = read_text(text, "a.txt")

    assert source.text == text
    assert len(source.blocks) == len(read_text(WRAPPED, "a.txt").blocks)
    assert len(source.note_marks) == 2


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.txt", "no words"),
        (b" \r\n\t ", "a.txt", "no words"),
        (b"abc\x00def", "a.txt", "not a text"),
        (bytes(range(256)) * 20, "a.bin", "not a text"),
        (b"\x89PNG\r\n\x1a\n\x00", "a.png", "only images"),
        (b"{\\rtf1 abc}", "a.rtf", "old Office"),
        (b"a" * 1_500_000, "a.txt", "too large"),
        (b"a b\n" * 1_500_000, "a.txt", "too large"),
        (b"1\n" * 300_000, "a.txt", "too large"),
        (b"plain words", "a.docx", "damaged"),
        (b"plain words", "a.pdf", "damaged"),
    ],
)
def test_what_is_no_text_is_refused_with_one_sentence(data, name, why):
    with pytest.raises(Unreadable) as refused:
        read_bytes(data, name)

    assert why in refused.value.en
    assert refused.value.vi.endswith(".")


def test_looks_vietnamese():
    assert looks_vietnamese(WRAPPED)
    assert looks_vietnamese(unicodedata.normalize("NFD", WRAPPED))
    assert looks_vietnamese("12 34 56")
    assert not looks_vietnamese(
        "The committee has received 5,280 documents this year, as reported."
    )
    assert not looks_vietnamese("L'année dernière, le comité a été élu à l'unanimité, après débat.")


_PIECES = st.sampled_from(
    [
        "Tổng số 12 đơn",
        "đến nay1.",
        "1 Kết quả năm",
        "I. CHUNG",
        "a) Một;",
        "- Hai",
        "(1) Ba,",
        "năm 2024,",
        "|",
        "| a | b |",
        "|---|---|",
        "# Đầu",
        "12",
        "---",
        "\f",
        " ",
        "TM. ỦY BAN",
        "Nơi nhận:",
        "x" * 90,
        "đồng ý.  ",
        "\t3\t4",
    ]
)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(st.tuples(_PIECES, st.sampled_from([" ", "\n", "\n\n", "\n "])), max_size=40))
def test_every_sign_is_in_exactly_one_block(parts):
    text = "".join(piece + end for piece, end in parts)
    if not text.strip():
        return
    source = read_text(text, "a.txt")

    held = sorted(piece for block in source.blocks for piece in block.pieces)
    at = 0
    for start, end in held:
        assert at <= start < end
        left = text[at:start]
        assert not any(map(str.isalnum, left))
        at = end
    assert not any(map(str.isalnum, text[at:]))
    for start, end in source.note_marks:
        assert text[start:end].strip("[]").isdecimal()
