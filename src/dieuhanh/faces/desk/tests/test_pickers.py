"""What is offered while somebody types a unit, a person or a day."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dieuhanh.kernel.entries.fields import UnitField
from dieuhanh.kernel.identity.models import Succession, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, van_thu):
    client.force_login(van_thu)
    return lambda address, **query: client.get(address, query).json()


def unit(code: str, name: str, kind: str = "commune", ended: dt.date | None = None) -> Unit:
    return Unit.objects.create(
        code=code, name=name, kind=kind, valid_from=dt.date(2000, 1, 1), valid_to=ended
    )


@pytest.mark.parametrize(
    "typed", ["tai nguyen moi truong", "Sở TÀI nguyên", "stnmt", "moi truong so"]
)
def test_units_are_found_by_words_without_tones_and_by_code(ask, typed):
    first = ask("/chon/don-vi/", q=typed)["options"][0]
    assert first["value"] == "Sở Tài nguyên và Môi trường"
    assert "Sở, cơ quan chuyên môn" in first["note"], "say the level"


def test_a_merged_unit_leads_to_the_one_that_took_over(ask):
    old = unit("X-CU", "Xã Tân Cũ Thử", ended=dt.date(2024, 3, 31))
    new = unit("X-MOI", "Xã Hợp Nhất Thử")
    Succession.objects.create(predecessor=old, successor=new, since=dt.date(2024, 4, 1))
    found = ask("/chon/don-vi/", q="tan cu thu")["options"]
    assert found == [
        {"value": "Xã Hợp Nhất Thử", "label": "Xã Tân Cũ Thử", "note": "nay thuộc Xã Hợp Nhất Thử"}
    ]


def test_units_of_one_name_are_told_apart_by_their_code(ask):
    unit("PNV-1", "Phòng Nội vụ thử", "division")
    second = unit("PNV-2", "Phòng Nội vụ thử", "division")
    values = [one["value"] for one in ask("/chon/don-vi/", q="noi vu thu")["options"]]
    assert values == ["Phòng Nội vụ thử [PNV-1]", "Phòng Nội vụ thử [PNV-2]"]
    assert UnitField().clean(values[1]) == second
    with pytest.raises(forms.ValidationError, match="PNV-1"):
        UnitField().clean("Phòng Nội vụ thử")
    assert UnitField().prepare_value(second) == values[1], "a correction does not lose which"


def test_part_of_a_name_is_answered_with_the_names(ask):
    with pytest.raises(forms.ValidationError, match="Sở Tài nguyên và Môi trường"):
        UnitField().clean("tài nguyên")
    with pytest.raises(forms.ValidationError, match="Không có đơn vị"):
        UnitField().clean("Cục Không có thật")


def test_at_most_twenty_choices_and_it_says_how_many_more(ask):
    for number in range(30):
        unit(f"X-{number}", f"Xã Thử nghiệm {number}")
    answer = ask("/chon/don-vi/", q="thu nghiem")
    assert len(answer["options"]) == 20
    assert answer["more"] == "Còn 10 tên khác; gõ thêm chữ."
    none = ask("/chon/don-vi/", q="khong co that")
    assert (none["options"], none["said"]) == ([], "Không có tên nào khớp.")


def test_people_of_the_own_units_come_first(ask, van_thu):
    own = set(van_thu.unit_ids)
    found = ask("/chon/nguoi/", q="nguyen")["options"]
    assert found, "somebody is called Nguyễn"
    names = [own_unit.name for own_unit in Unit.objects.filter(pk__in=own)]
    near = [any(name in one["note"] for name in names) for one in found]
    assert near == sorted(near, reverse=True)
    assert "Văn thư" in next(one for one in found if one["label"] == van_thu.full_name)["note"]


def test_a_month_tells_its_days_off(ask):
    april = ask("/lich-lam-viec/thang/", thang="2024-04")
    assert april["title"] == "Tháng 4 năm 2024"
    assert april["before"] == 0, "1/4/2024 is a Monday"
    assert april["days"][29] == {
        "value": "30/4/2024", "said": "Thứ Ba, ngày nghỉ: nghỉ Ngày Chiến thắng 30/4", "off": True,
    }  # fmt: skip
    assert april["days"][0]["off"] is False
    for wrong in ("", "2024", "2024-13", "x-y", "9999-01"):
        assert ask("/lich-lam-viec/thang/", thang=wrong)["month"] == "2024-06"


@pytest.mark.parametrize(
    "address", ["/chon/don-vi/?q=so", "/chon/nguoi/?q=a", "/lich-lam-viec/thang/", "/ban-nhap/"]
)
def test_an_answer_is_cheap(client, van_thu, address):
    client.force_login(van_thu)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]


@pytest.mark.parametrize("address", ["/chon/don-vi/", "/chon/nguoi/", "/lich-lam-viec/thang/"])
def test_a_stranger_gets_no_names(client, address):
    assert client.get(address).status_code == 302
