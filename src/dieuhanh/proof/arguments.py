"""The words after `dieuhanh proof`: options with their meaning, and one Vietnamese sentence for each
that cannot be used. Needs nothing but Python, so that proof can be installed alone."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from argparse import ArgumentError, ArgumentTypeError
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn, get_args

from dieuhanh.proof.checks.registry import Check, TogetherCheck, all_checks, all_together
from dieuhanh.proof.command import CLEAN, Against, Placed, run
from dieuhanh.proof.findings import Severity
from dieuhanh.proof.output.words import Language

BAD_USAGE, INTERRUPTED = 2, 130
_SEVERITIES = ", ".join(Severity)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_PRINTED_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_PLACED = re.compile(r"([^@=]+)@([0-9]{1,7})=(.*)", re.DOTALL)
#: What argparse itself says of a word that has no value, or has one too many.
_ITS_WORDS = {"expected one argument": "cần một giá trị theo sau"}
_WITHOUT_REGISTERS = (
    "--against-registers đối chiếu với các sổ của hệ thống, phần này chưa được cài;"
    ' cài bằng lệnh: pip install "dieuhanh[server]"'
)


class _Form(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "Cách dùng: ")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence; the way to the rest stands in it."""
        sys.stderr.write(
            f"dieuhanh proof: {message}\nGõ `dieuhanh proof --help` để xem cách dùng.\n"
        )
        sys.exit(BAD_USAGE)


def main(argv: Sequence[str], *, against: Against | None = None) -> int:
    """Run `dieuhanh proof` with these words; the exit code.

    Args:
        against: compares reports with the registers, where the whole program is installed.
    """
    _speak_plainly()
    try:
        return _run(argv, against)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # of `| head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


def _speak_plainly() -> None:
    """Vietnamese letters on a terminal of any encoding; a sign it lacks ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _run(argv: Sequence[str], against: Against | None) -> int:
    reader = parser()
    try:
        asked, strange = reader.parse_known_intermixed_args(argv)
    except ArgumentError as wrong:
        said = _ITS_WORDS.get(wrong.message, wrong.message)
        if said.startswith("ignored explicit argument"):
            said = "không nhận giá trị"
        reader.error(f"{wrong.argument_name}: {said}")
    if strange:
        reader.error(f"không có tùy chọn {' '.join(strange)}")
    if asked.checks:
        _print_checks(asked.language)
        return CLEAN
    if not asked.files:
        reader.error("cần ít nhất một tệp để soát")
    if asked.set_aside and not asked.aside:
        reader.error("--set-aside cần --aside TỆP, nơi giữ các lý do")
    if asked.against_registers and against is None:
        reader.error(_WITHOUT_REGISTERS)
    return run(
        asked.files,
        as_json=asked.json,
        html=asked.html,
        docx=asked.docx,
        severities=asked.severity,
        as_of=asked.as_of,
        without=dict(asked.without),
        aside=asked.aside,
        set_aside=asked.set_aside,
        against=against if asked.against_registers else None,
        language=asked.language,
    )


def parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="dieuhanh proof",
        usage="dieuhanh proof TỆP… [tùy chọn]",
        description=(
            "Soát số liệu trong báo cáo (TXT, Markdown, HTML, DOCX, PDF). Nhiều tệp thì so cả với nhau.\n"
            "Mã kết thúc: 0 không thấy sai, 1 có chỗ sai, 2 có tệp không đọc được hoặc dùng lệnh sai."
        ),
        formatter_class=_Form,
        add_help=False,
        allow_abbrev=False,
        exit_on_error=False,
    )
    add = parser.add_argument_group("Tùy chọn").add_argument
    parser.add_argument("files", nargs="*", type=Path, help=argparse.SUPPRESS)
    add("--json", action="store_true", help="in một đối tượng JSON")
    add("--html", type=Path, metavar="ĐÍCH", help="ghi một trang HTML có đánh dấu từng chỗ")
    add("--docx", type=Path, metavar="ĐÍCH", help="ghi bản Word có ghi chú tại từng chỗ")
    add(
        "--severity", type=_severity, action="append", default=[], metavar="MỨC",
        help=f"chỉ mức này, ghi được nhiều lần: {_SEVERITIES}",
    )  # fmt: skip
    add(
        "--as-of", type=_day, metavar="NGÀY",
        help="ngày của báo cáo, khi trong báo cáo không ghi: 15/6/2024 hoặc 2024-06-15",
    )  # fmt: skip
    add(
        "--without", type=_without, action="append", default=[], metavar="MÃ[=LÝ DO]",
        help="không dùng phép kiểm tra này (sums.parts) hoặc nhóm này (sums); ghi được nhiều lần",
    )  # fmt: skip
    add("--aside", type=Path, metavar="TỆP", help="tệp giữ những chỗ đã bỏ qua, có lý do")
    add(
        "--set-aside", type=_placed, action="append", default=[], metavar="MÃ@DÒNG=LÝ DO",
        help="bỏ qua một chỗ và ghi vào tệp của --aside; ghi được nhiều lần",
    )  # fmt: skip
    add("--against-registers", action="store_true", help="đối chiếu với các sổ của hệ thống")
    add("--language", type=_language, default="vi", metavar="vi|en", help="tiếng của kết quả")
    add("--checks", action="store_true", help="liệt kê các phép kiểm tra: mã, mức, nội dung")
    add("-h", "--help", action="help", help="xem cách dùng này")
    return parser


def _severity(words: str) -> Severity:
    try:
        return Severity(words)
    except ValueError:
        raise ArgumentTypeError(f"không có mức “{words}”; chọn trong: {_SEVERITIES}") from None


def _language(words: str) -> Language:
    for one in get_args(Language):
        if words == one:
            return one  # type: ignore[no-any-return]
    raise ArgumentTypeError(f"chỉ có {' và '.join(get_args(Language))}, không có “{words}”")


def _day(words: str) -> date:
    if found := _ISO_DAY.fullmatch(words):
        year, month, day = found.groups()
    elif found := _PRINTED_DAY.fullmatch(words):
        day, month, year = found.groups()
    else:
        raise ArgumentTypeError(f"“{words}” không phải ngày; ghi như 15/6/2024 hoặc 2024-06-15")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ArgumentTypeError(f"không có ngày {words} trong lịch") from None


def _without(words: str) -> tuple[str, str]:
    check, _, reason = words.partition("=")
    return _known(check.strip(), rooms=True), reason.strip()


def _placed(words: str) -> Placed:
    found = _PLACED.fullmatch(words)
    if found is None or not found[3].strip():
        raise ArgumentTypeError(
            f"“{words}” thiếu phần; ghi như sums.parts@12=Số đã được Cục Thống kê xác nhận"
        )
    return _known(found[1].strip()), int(found[2]), found[3].strip()


def _known(check: str, *, rooms: bool = False) -> str:
    """The id, where there is such a check: a slip would otherwise switch nothing off."""
    ids = {one.id for one in _checks()}
    if check in ids or (rooms and check in {one.partition(".")[0] for one in ids}):
        return check
    raise ArgumentTypeError(
        f"không có phép kiểm tra “{check}”; gõ `dieuhanh proof --checks` để xem"
    )


def _checks() -> list[Check | TogetherCheck]:
    checks: list[Check | TogetherCheck] = [*all_checks(), *all_together()]
    return sorted(checks, key=lambda one: one.id)


def _print_checks(language: str) -> None:
    wide = max(len(one.id) for one in _checks())
    for one in _checks():
        print(f"{one.id:<{wide}}  {one.severity:<10}  {one.en if language == 'en' else one.vi}")
