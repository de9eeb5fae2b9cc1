"""Bad input at the shell: one clear sentence, a non-zero exit, nothing half-written."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from dieuhanh.config import database

BIN = Path(sys.executable).parent / "dieuhanh"

pytestmark = pytest.mark.django_db


def dieuhanh(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the tests' own server."""
    known = os.environ | {
        "DIEUHANH_VAR": str(settings.VAR_DIR),
        "DIEUHANH_DATABASE": database.DATABASE_NAME,
        "DJANGO_SETTINGS_MODULE": "dieuhanh.config.settings",
        "NO_COLOR": "1",
    }
    return subprocess.run(
        [str(BIN), *arguments], env=known | environment, capture_output=True, text=True, timeout=120
    )


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_unknown_period(tmp_path):
    out = tmp_path / "out"
    done = dieuhanh("report", "build", "direction", "--period", "2024-H7", "--out", str(out))
    assert "Không có kỳ báo cáo “2024-H7”" in one_sentence(done)
    assert not out.exists()


def test_unknown_report(tmp_path):
    done = dieuhanh("report", "build", "khac", "--period", "2024-H1", "--out", str(tmp_path / "o"))
    assert "có: direction, socioeconomic" in one_sentence(done)


def test_unknown_measure():
    done = dieuhanh("measure", "show", "khong.co", "--from", "2024-01-01", "--to", "2024-06-15")
    assert "dieuhanh measure list" in one_sentence(done)


def test_database_down():
    done = dieuhanh(
        "measure", "show", "feedback.regulations.received", "--from", "2024-01-01",
        "--to", "2024-06-15", DATABASE_URL="postgresql://x:y@127.0.0.1:1/khong_co",
    )  # fmt: skip
    assert "Không kết nối được kho dữ liệu" in one_sentence(done)


def test_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = dieuhanh("serve", "--port", str(port))
    assert f"Cổng {port} đang được chương trình khác dùng" in one_sentence(done)


def test_doctor_is_content():
    done = dieuhanh("doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("Kho dữ liệu", "Vai trò", "Cấu trúc dữ liệu", "Tệp tĩnh", "Phông chữ", "Đĩa"):
        assert f"✓ {name}" in done.stdout


def test_doctor_says_what_is_wrong():
    done = dieuhanh("doctor", DATABASE_URL="postgresql://x:y@127.0.0.1:1/khong_co")
    assert done.returncode == 1
    assert "✗ Kho dữ liệu" in done.stdout


def test_measure_show_prints_value_formula_and_entries():
    done = dieuhanh(
        "measure", "show", "complaints.letters.total", "--from", "2024-01-01",
        "--to", "2024-06-15", "--as-of", "2024-06-15",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "22.014 đơn" in done.stdout
    assert "5.276 + 4.551 + 12.187 = 22.014" in done.stdout
    entries = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert len(entries) == 5


def test_a_figure_without_data_is_said(tmp_path):
    out = tmp_path / "out"
    done = dieuhanh("report", "build", "direction", "--period", "2024-H2", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "chưa có số liệu: " in done.stdout
    assert (out / "report.pdf").stat().st_size > 10_000


def test_loading_again_changes_nothing():
    done = dieuhanh("load")
    assert done.returncode == 0, done.stderr
    assert "không có gì thay đổi" in done.stdout
