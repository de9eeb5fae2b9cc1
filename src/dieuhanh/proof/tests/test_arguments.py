"""The words of `dieuhanh proof`: what they mean, and one Vietnamese sentence for each that is wrong."""

from __future__ import annotations

import json

import pytest

from dieuhanh.proof.arguments import main

WORDS = "Toàn huyện tiếp nhận 120 hồ sơ, gồm 70 hồ sơ trực tuyến và 60 hồ sơ trực tiếp.\n"


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text(WORDS, encoding="utf-8")
    return str(path)


def refused(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    first, second = told.err.splitlines()
    assert second == "Gõ `dieuhanh proof --help` để xem cách dùng."
    return first.removeprefix("dieuhanh proof: ")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "cần ít nhất một tệp để soát"),
        (["--all", "a.txt"], "không có tùy chọn --all"),
        (["--seve", "error", "a.txt"], "không có tùy chọn --seve"),
        (["a.txt", "--as-of"], "--as-of: cần một giá trị theo sau"),
        (["a.txt", "--json=1"], "--json: không nhận giá trị"),
        (["--as-of", "31/6/2024", "a.txt"], "--as-of: không có ngày 31/6/2024 trong lịch"),
        (
            ["--as-of", "hôm nay", "a.txt"],
            "--as-of: “hôm nay” không phải ngày; ghi như 15/6/2024 hoặc 2024-06-15",
        ),
        (
            ["--severity", "bad", "a.txt"],
            "--severity: không có mức “bad”; chọn trong: error, rounding, suspicious, style",
        ),
        (["--language", "fr", "a.txt"], "--language: chỉ có vi và en, không có “fr”"),
        (
            ["--without", "sums.all", "a.txt"],
            "--without: không có phép kiểm tra “sums.all”; gõ `dieuhanh proof --checks` để xem",
        ),
        (
            ["--set-aside", "sums.parts@1=vì", "a.txt"],
            "--set-aside cần --aside TỆP, nơi giữ các lý do",
        ),
        (
            ["--set-aside", "sums.parts@1= ", "--aside", "b", "a.txt"],
            "--set-aside: “sums.parts@1= ” thiếu phần; ghi như sums.parts@12=Số đã được Cục Thống kê xác nhận",
        ),
    ],
)
def test_wrong_words_are_refused_in_one_sentence(words, sentence, capsys):
    assert refused(words, capsys) == sentence


def test_options_and_files_in_any_order(report, tmp_path, capsys):
    other = tmp_path / "khac.txt"
    other.write_text("Đã tiếp nhận 12 hồ sơ.\n", encoding="utf-8")
    assert main([report, "--json", str(other), "--severity=error"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["file"] for one in told["files"]] == [report, str(other)]
    assert {one["severity"] for one in told["findings"]} == {"error"}


@pytest.mark.parametrize("day", ["2/4/2024", "2024-04-02"])
def test_the_day_of_the_report_in_both_forms(report, day, capsys):
    main([report, "--json", "--as-of", day])
    assert json.loads(capsys.readouterr().out)["files"][0]["day"] == "2024-04-02"


@pytest.mark.parametrize("check", ["sums.parts", "sums", "sums.parts=Số đã được xác nhận"])
def test_a_check_or_a_room_of_checks_is_switched_off(report, check, capsys):
    assert main([report, "--without", check]) == 0


def test_a_finding_is_set_aside_at_its_place(report, tmp_path, capsys):
    kept = str(tmp_path / "bo-qua.json")
    assert main([report, "--aside", kept, "--set-aside", "sums.parts@1=Đã xác nhận"]) == 0
    assert main([report, "--aside", kept]) == 0
    assert main([report]) == 1


def test_all_checks_are_listed(capsys):
    assert main(["--checks", "--language", "en"]) == 0
    listed = capsys.readouterr().out
    assert "sums.parts" in listed and "Parts add up to their total" in listed


def test_the_registers_are_asked_where_there_are_any(report, capsys):
    asked = []

    def against(reports):
        asked.extend(one.source.name for one in reports)
        return []

    assert main([report, "--against-registers"], against=against) == 1
    assert asked == [report]
    assert main([report], against=against) == 1
    assert asked == [report]
    capsys.readouterr()
    assert 'pip install "dieuhanh[server]"' in refused([report, "--against-registers"], capsys)


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main([str(tmp_path / "khong-co.txt")]) == 2
    assert "Không có tệp này." in capsys.readouterr().out
    assert main([str(tmp_path)]) == 2
    assert "đây là thư mục" in capsys.readouterr().out
