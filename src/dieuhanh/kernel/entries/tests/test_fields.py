"""Fields that registers share: units and other entries, as a clerk types them."""

import pytest
from django.core.exceptions import ValidationError

from dieuhanh.kernel.entries.fields import EntryField, UnitsField
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


def test_another_entry_by_its_number_and_year():
    entry = Entry.objects.filter(register="feedback").order_by("pk")[3]
    field = EntryField("feedback")
    row = field.clean(f" {entry.number}/{entry.year} ")
    assert row.entry == entry
    assert field.prepare_value(row) == f"{entry.number}/{entry.year}"


@pytest.mark.parametrize("text", ["999999/2024", "1/1999", "abc", "12", "12/2024/1"])
def test_what_is_no_entry_is_said_beside_the_field(text):
    with pytest.raises(ValidationError, match="không có số") as refusal:
        EntryField("feedback").clean(text)
    assert text in str(refusal.value)


def test_the_other_entry_may_be_left_out():
    assert EntryField("feedback", required=False).clean("") is None
