"""The template tags: time chips, bars, query strings, numbers and dates."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django import forms
from django.http import QueryDict

from dieuhanh.kernel.ui.templatetags import look


@dataclass
class Chip:
    state: str
    words: str
    date: dt.date | None = None


def test_the_chip_says_its_state_by_shape_words_and_colour() -> None:
    drawn = look.due(Chip("overdue", "quá hạn 2 ngày làm việc"))
    assert 'data-due="overdue"' in drawn
    assert "#alert-triangle" in drawn
    assert "quá hạn 2 ngày làm việc" in drawn
    assert drawn.startswith("<span")


def test_a_chip_with_an_address_opens_the_explanation_with_and_without_script() -> None:
    drawn = look.due(Chip("soon", "hạn hôm nay"), url="/why/5/", target="#why-5")
    assert 'href="/why/5/"' in drawn
    assert 'hx-get="/why/5/" hx-target="#why-5"' in drawn
    assert 'aria-expanded="false"' in drawn
    assert "hx-get" not in look.due(Chip("soon", "hạn hôm nay"), url="/why/5/")


def test_a_chip_escapes_its_words_and_none_is_nothing() -> None:
    assert "<b>" not in look.due({"state": "open", "words": "<b>còn 6 ngày"})
    assert look.due(None) == ""


@pytest.mark.parametrize(
    ("share", "width"),
    [(0, "0.0"), (0.837, "83.7"), (1, "100.0"), (1.4, "100.0"), (-1, "0.0")],
)
def test_a_bar_is_never_wider_than_its_place(share: float, width: str) -> None:
    assert f'class="got" width="{width}"' in look.share_bar(share)


def test_no_share_draws_no_bar() -> None:
    assert look.share_bar(None) == ""
    assert look.share_bar("") == ""


def test_the_age_bar_has_a_sentence_and_leaves_out_empty_ages() -> None:
    drawn = look.age_bar((5, 0, 3), 8, "5 việc 1 đến 5 ngày, 3 việc trên 15 ngày")
    assert 'aria-label="5 việc 1 đến 5 ngày, 3 việc trên 15 ngày"' in drawn
    assert 'class="o1"' in drawn
    assert 'class="o2"' not in drawn
    assert 'class="o3"' in drawn


def test_qs_changes_adds_and_removes() -> None:
    query = QueryDict("unit=12&state=overdue&tag=a&tag=b")
    assert look.qs(query, state=None) == "?unit=12&tag=a&tag=b"
    assert look.qs(query, unit=7, after="2024-06-15") == (
        "?unit=7&state=overdue&tag=a&tag=b&after=2024-06-15"
    )
    assert look.qs({"unit": "7"}, unit="") == "?"
    assert query["state"] == "overdue"


def test_numbers_and_dates_are_written_as_officials_write_them() -> None:
    assert look.number(22014) == "22.014"
    assert look.day(dt.date(2024, 6, 15)) == "15/6/2024"
    assert look.short_day(dt.date(2024, 6, 15)) == "15/6"
    assert look.weekday_day(dt.date(2024, 6, 20)) == "thứ Năm, 20/6/2024"
    assert look.moment(dt.date(2024, 6, 15)) == "15/6/2024"
    assert look.day(None) == ""


def test_a_missing_number_is_never_zero() -> None:
    assert look.number(None) == "chưa có số liệu"


class Letter(forms.Form):
    subject = forms.CharField(help_text="Ghi ngắn gọn", widget=forms.Textarea)
    unit = forms.ChoiceField(
        choices=[("a", "Sở Xây dựng")], widget=forms.Select({"class": "w-mid"})
    )
    paper = forms.FileField(required=False, help_text="PDF")
    level = forms.ChoiceField(choices=[("a", "Khẩn")], widget=forms.RadioSelect)


def test_a_control_gets_the_class_of_its_kind_and_keeps_its_own() -> None:
    form = Letter({})
    assert 'class="form-control"' in look.control(form["subject"])
    assert 'class="form-select w-mid"' in look.control(form["unit"])
    assert 'aria-invalid="true"' in look.control(form["subject"])
    assert "id_subject_helptext id_subject_error" in look.control(form["subject"])
    assert 'aria-describedby="id_paper_helptext"' in look.control(form["paper"])
    assert look.is_choices(form["level"])
    assert not look.is_choices(form["unit"])
