"""Reading data/reference/holiday-notices.csv, and saying where a file is wrong."""

from datetime import date

import pytest

from dieuhanh.kernel.workdays.calendar import Notice
from dieuhanh.kernel.workdays.notices import NoticeFileError, read_notices

HEADER = "day,kind,reason,source,status\n"


@pytest.fixture
def write(tmp_path):
    def to_file(text, encoding="utf-8"):
        path = tmp_path / "notices.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return to_file


def test_tg08_the_swap_is_confirmed_its_make_up_day_is_not(notices_file):
    confirmed = {notice.day: notice for notice in read_notices(notices_file, False)}
    everything = {notice.day: notice for notice in read_notices(notices_file, True)}

    assert confirmed[date(2024, 4, 29)].kind == "off"
    assert date(2024, 5, 4) not in confirmed
    assert everything[date(2024, 5, 4)].kind == "working"
    assert confirmed.items() < everything.items()


def test_rows_are_read_in_order_of_day_and_blank_lines_are_passed(write):
    path = write(
        "\ufeff" + HEADER + "25/7/2024,off,Quốc tang,TB 1,confirmed\n\n"
        "2024-05-04,working,làm bù,TB 2,confirmed\n"
    )

    assert read_notices(path, include_unconfirmed=False) == (
        Notice(date(2024, 5, 4), "working", "làm bù", "TB 2"),
        Notice(date(2024, 7, 25), "off", "Quốc tang", "TB 1"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "dòng 1: các cột phải là"),
        ("ngày,loại\n", "dòng 1: các cột phải là"),
        (HEADER + "2024-05-04,working,làm bù,TB\n", "dòng 2: cần 5 cột, có 4 cột"),
        (
            HEADER + "\n2024-02-30,off,nghỉ,TB,confirmed\n",
            "dòng 3: Ngày .* không có trong lịch",
        ),
        (HEADER + "2024-05-04,half,nghỉ,TB,confirmed\n", "dòng 2: cột kind “half”"),
        (HEADER + "2024-05-04,off,nghỉ,TB,maybe\n", "dòng 2: cột status “maybe”"),
        (HEADER + "2024-05-04,off,,TB,confirmed\n", "dòng 2: thiếu lý do hoặc nguồn"),
        (
            HEADER + "2024-05-04,off,a,TB,confirmed\n04/5/2024,working,b,TB,unconfirmed\n",
            "dòng 3: ngày 04/5/2024 đã có ở dòng 2",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(write, text, message):
    path = write(text)

    with pytest.raises(NoticeFileError, match=rf"notices\.csv, {message}"):
        read_notices(path, include_unconfirmed=False)


def test_a_file_in_another_encoding_is_refused(write):
    path = write(HEADER + "2024-05-04,off,nghỉ lễ,TB,confirmed\n", encoding="utf-16")

    with pytest.raises(NoticeFileError, match="UTF-8"):
        read_notices(path, include_unconfirmed=False)
