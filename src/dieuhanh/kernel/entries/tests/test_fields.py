"""Fields that registers share: units and other entries, as a clerk types them."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.fields import EntryField, LevelField, UnitsField, bound
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text", ["STNMT; KHDT", "STNMT\nkhdt \n", "STNMT;KHDT;STNMT", "STNMT\r\nKHDT"]
)
def test_units_one_a_line_or_parted_by_semicolons(text):
    text = text.replace("khdt", "KHDT")
    assert [unit.code for unit in UnitsField().clean(text)] == ["STNMT", "KHDT"]


def test_the_unknown_one_is_named():
    with pytest.raises(ValidationError, match="Sở Không Có"):
        UnitsField().clean("STNMT\nSở Không Có")


def test_no_units_are_no_error_and_those_known_are_shown_one_a_line():
    assert UnitsField().clean("") == []
    units = Unit.objects.filter(code__in=["STNMT", "KHDT"]).order_by("code")
    assert UnitsField().prepare_value(units) == "\n".join(unit.name for unit in units)


def _field(person, **kwargs):
    """A field of a form that the person fills in."""
    form = type("Form", (forms.Form,), {"other": EntryField("feedback", **kwargs)})
    return bound(form(), person).fields["other"]


def test_another_entry_by_its_number_and_year(chuyen_vien):
    entry = Entry.objects.filter(register="feedback").order_by("pk")[3]
    field = _field(chuyen_vien)
    row = field.clean(f" {entry.number}/{entry.year} ")
    assert row.entry == entry
    assert field.prepare_value(row) == f"{entry.number}/{entry.year}"


@pytest.mark.parametrize("text", ["999999/2024", "1/1999", "abc", "12", "12/2024/1"])
def test_what_is_no_entry_is_said_beside_the_field(chuyen_vien, text):
    with pytest.raises(ValidationError, match="không có số") as refusal:
        _field(chuyen_vien).clean(text)
    assert text in str(refusal.value)


def test_a_hidden_entry_is_answered_as_one_that_does_not_exist(giam_doc_so):
    hidden = Entry.objects.filter(register="feedback").exclude(unit__code="STNMT")[0]
    said = []
    for text in (str(hidden), "999999/2024"):
        with pytest.raises(ValidationError) as refusal:
            _field(giam_doc_so).clean(text)
        said.append(refusal.value.messages[0].replace(text, "…"))
    assert said[0] == said[1], "The number of a hidden entry must not be told from an unused one."


def test_a_reference_to_a_hidden_entry_stays_and_is_not_shown(giam_doc_so):
    hidden = Entry.objects.filter(register="feedback").exclude(unit__code="STNMT")[0]
    row = registry.get("feedback").rows().get(pk=hidden.pk)
    field = _field(giam_doc_so)
    field.kept = row
    assert field.prepare_value(row) == "…"
    assert field.clean("…") == row
    with pytest.raises(ValidationError, match="không có số"):
        _field(giam_doc_so).clean("…")


def test_the_other_entry_may_be_left_out(chuyen_vien):
    assert _field(chuyen_vien, required=False).clean("") is None


def test_a_form_that_was_given_to_nobody_finds_nothing():
    with pytest.raises(RuntimeError, match=r"fields\.bound"):
        EntryField("feedback").clean("1/2024")


@pytest.mark.parametrize(
    ("kept", "typed", "level"),
    [(None, "", "ordinary"), ("restricted", "", "restricted"), ("restricted", "ordinary", "ordinary"),
     ("ordinary", "restricted", "restricted")],
)  # fmt: skip
def test_a_level_left_out_stays_as_it_was(chuyen_vien, kept, typed, level):
    form = type("Form", (forms.Form,), {"confidentiality": LevelField()})
    filled = bound(form({"confidentiality": typed}, initial={"confidentiality": kept}), chuyen_vien)
    assert filled.is_valid() and filled.cleaned_data["confidentiality"] == level
