"""Numbers and symbols of documents: VT-05, VT-06, VT-07, VT-09, VT-10."""

import random

import pytest

from dieuhanh.text.symbols import (
    COPY_TYPES,
    NAMED_TYPES,
    SymbolKind,
    parse_symbol,
)


def parts(raw):
    symbol = parse_symbol(raw)
    return (
        symbol.kind,
        symbol.number,
        symbol.year,
        symbol.type,
        symbol.issuer,
        symbol.unit,
    )


@pytest.mark.parametrize(
    ("raw", "number", "abbreviation", "issuer"),
    [
        ("01/CTr-UBND", 1, "CTr", "UBND"),
        ("313/KH-UBND", 313, "KH", "UBND"),
        ("2918/QĐ-UBND", 2918, "QĐ", "UBND"),
        ("44/NQ-HĐND", 44, "NQ", "HĐND"),
        ("01/NQ-CP", 1, "NQ", "CP"),
        ("1499/QĐ-TTg", 1499, "QĐ", "TTg"),
        ("92/TTr-BQLDA", 92, "TTr", "BQLDA"),
        ("1656/NQ-UBTVQH15", 1656, "NQ", "UBTVQH15"),
        ("12/TB-VP-UBND", 12, "TB", "VP-UBND"),
        ("05/SY-UBND", 5, "SY", "UBND"),
    ],
)
def test_vt05_named_types(raw, number, abbreviation, issuer):
    assert parts(raw) == (SymbolKind.NAMED, number, None, abbreviation, issuer, None)
    assert parse_symbol(raw).warnings == ()


@pytest.mark.parametrize("abbreviation", [*NAMED_TYPES, *COPY_TYPES])
def test_vt05_every_abbreviation_of_the_decree_is_known(abbreviation):
    assert len(NAMED_TYPES) == 27
    assert parts(f"15/{abbreviation}-SNV") == (
        *(SymbolKind.NAMED, 15, None, abbreviation, "SNV", None),
    )


@pytest.mark.parametrize(
    ("raw", "number", "issuer", "unit"),
    [
        ("1897/KHĐT-THQH", 1897, "KHĐT", "THQH"),
        ("612/UBND-KTTH", 612, "UBND", "KTTH"),
        ("218/ĐĐBQH-VP", 218, "ĐĐBQH", "VP"),
        ("1207/CATP-PC07", 1207, "CATP", "PC07"),
        ("88/SXD-KT&VLXD", 88, "SXD", "KT&VLXD"),
        ("09/UBND-KT-TH", 9, "UBND", "KT-TH"),
    ],
)
def test_vt05_official_letters_have_no_type(raw, number, issuer, unit):
    assert parts(raw) == (SymbolKind.OFFICIAL_LETTER, number, None, None, issuer, unit)
    assert parse_symbol(raw).warnings == ()


def test_vt05_cv_is_not_an_abbreviation():
    symbol = parse_symbol("123/CV-UBND")

    assert (symbol.kind, symbol.type, symbol.issuer) == (
        "official_letter",
        None,
        "UBND",
    )
    assert "CV" in symbol.warnings[0]


@pytest.mark.parametrize(
    ("raw", "number", "year", "abbreviation", "issuer"),
    [
        ("16/2021/QĐ-UBND", 16, 2021, "QĐ", "UBND"),
        ("23/2024/NQ-HĐND", 23, 2024, "NQ", "HĐND"),
        ("59/2022/NĐ-CP", 59, 2022, "NĐ", "CP"),
        ("01/2018/TT-VPCP", 1, 2018, "TT", "VPCP"),
        ("45/2018/QĐ-TTg", 45, 2018, "QĐ", "TTg"),
        ("77/2015/QH13", 77, 2015, None, "QH13"),
        ("1211/2016/UBTVQH13", 1211, 2016, None, "UBTVQH13"),
        (
            "72/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN",
            *(72, 2025, "NQLT", "UBTVQH15-CP-ĐCTUBTWMTTQVN"),
        ),
    ],
)
def test_vt07_the_year_makes_it_normative(raw, number, year, abbreviation, issuer):
    assert parts(raw) == (
        SymbolKind.NORMATIVE,
        number,
        year,
        abbreviation,
        issuer,
        None,
    )
    assert parse_symbol(raw).warnings == ()


@pytest.mark.parametrize(
    ("raw", "number", "abbreviation", "issuer"),
    [
        ("24-CT/TU", 24, "CT", "TU"),
        ("24-NQ/TU", 24, "NQ", "TU"),
        ("09-CTr/TU", 9, "CTr", "TU"),
        ("143-KL/TU", 143, "KL", "TU"),
        ("36-HD/VPTW", 36, "HD", "VPTW"),
        ("1632-CV/VPTU", 1632, "CV", "VPTU"),
        ("80-NQ/TW", 80, "NQ", "TW"),
    ],
)
def test_vt09_party_documents_are_neither_rejected_nor_corrected(raw, number, abbreviation, issuer):
    assert parts(raw) == (SymbolKind.PARTY, number, None, abbreviation, issuer, None)
    assert parse_symbol(raw).warnings == ()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "02/CP-NQ",
            ("named", 2, None, "NQ", "CP"),
        ),  # as printed in the report of 2024
        ("16/2021/UBND-QĐ", ("normative", 16, 2021, "QĐ", "UBND")),
        ("313/kh-ubnd", ("named", 313, None, "KH", "UBND")),
        ("01/CTR-UBND", ("named", 1, None, "CTr", "UBND")),
        ("2918/QD-UBND", ("named", 2918, None, "QĐ", "UBND")),
        ("2918/QÐ-UBND", ("named", 2918, None, "QĐ", "UBND")),
        ("2918/QĐ–UBND", ("named", 2918, None, "QĐ", "UBND")),
        ("7/QĐ-UBND", ("named", 7, None, "QĐ", "UBND")),
        ("007/QĐ-UBND", ("named", 7, None, "QĐ", "UBND")),
        ("15A/QĐ-UBND", ("named", 15, None, "QĐ", "UBND")),
        ("313 / KH - UBND", ("named", 313, None, "KH", "UBND")),
        ("313/KH-UBND ngày 22/12/2024", ("named", 313, None, "KH", "UBND")),
        ("Kế hoạch số 313/KH-UBND", ("named", 313, None, "KH", "UBND")),
        ("1897/KHĐT-THQH V/v báo cáo", ("official_letter", 1897, None, None, "KHĐT")),
        ("59/NĐ-CP", ("named", 59, None, "NĐ", "CP")),
        ("123/98/QĐ-UB", ("normative", 123, 1998, "QĐ", "UB")),
        ("12/1024/QĐ-UBND", ("normative", 12, 1024, "QĐ", "UBND")),
        ("12-XYZ/TU", ("party", 12, None, "XYZ", "TU")),
        ("57-CP", ("unknown", 57, None, None, None)),
        ("315/VPCP", ("unknown", 315, None, None, None)),
        ("12/-UBND", ("unknown", 12, None, None, None)),
        ("12/2024/QĐ", ("unknown", 12, 2024, None, None)),
        ("", ("unknown", None, None, None, None)),
        ("V/v mời họp", ("unknown", None, None, None, None)),
    ],
)
def test_vt10_irregular_symbols_are_kept_read_and_warned_about(raw, expected):
    symbol = parse_symbol(raw)

    assert (
        symbol.kind,
        symbol.number,
        symbol.year,
        symbol.type,
        symbol.issuer,
    ) == expected
    assert symbol.raw == raw
    assert symbol.warnings


def test_the_label_of_the_form_is_no_irregularity():
    assert parse_symbol("Số: 313/KH-UBND").warnings == ()


def test_vt10_nothing_that_is_typed_raises():
    dice = random.Random(20240615)
    signs = "0123456789/-QĐNHUBDctrđÐ. &–sốngàyV/v\n\t"

    for _ in range(5000):
        raw = "".join(dice.choices(signs, k=dice.randrange(25)))
        symbol = parse_symbol(raw)
        assert symbol.raw == raw
        assert symbol.warnings or symbol.kind is not SymbolKind.UNKNOWN
    assert parse_symbol("9" * 100_000 + "/QĐ-UBND").warnings
