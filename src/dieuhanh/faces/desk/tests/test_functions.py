"""The frame of every page: functions by government, what waits, hats, language, theme."""

import pytest

from dieuhanh.faces.desk import functions
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Appointment, Role, Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.obligations.models import Obligation

pytestmark = pytest.mark.django_db


def items(answer):
    return [one for group in answer.context["shell"]["groups"] for one in group["items"]]


def places(answer):
    return {one["url"] for item in items(answer) for one in item["places"]}


def test_every_register_has_its_place_once():
    told = [place for _title, lines in functions.GROUPS for line in lines for place in line.places]
    codes = sorted(one for one in told if isinstance(one, str))
    known = sorted(one.code for one in registry.all_registers())
    assert codes == known, "Give each register one place in functions.GROUPS."
    assert len(functions.GROUPS) == 5
    lines = sum(len(lines) for _title, lines in functions.GROUPS)
    assert lines <= functions.MOST_LINES, "More lines than a person can scan: merge, do not nest."


def test_nobody_sees_a_line_that_is_not_theirs(sign_in, van_thu, tiep_dan, lanh_dao, quan_tri):
    for person in (van_thu, tiep_dan, lanh_dao, quan_tri):
        client = sign_in(person)
        found = places(client.get("/"))
        readable = {
            f"/{one.slug}/" for one in registry.all_registers() if policies.may_read(person, one)
        }
        registers = {f"/{one.slug}/" for one in registry.all_registers()}
        assert found & registers == readable
        for address in found:
            assert client.get(address).status_code == 200, f"{person} is led to {address}"
    assert not {"/bang/qua-han/", "/bao-cao/"} & places(sign_in(quan_tri).get("/"))
    assert "/nguoi-dung/" not in places(sign_in(lanh_dao).get("/"))


def test_the_places_of_one_function_stand_on_top_of_each(sign_in, van_thu):
    client = sign_in(van_thu)
    page = client.get("/van-ban-di/")
    assert [one["url"] for one in page.context["shell"]["places"]] == [
        "/van-ban-den/", "/van-ban-di/", "/so-da-cap/",
    ]  # fmt: skip
    assert [one["current"] for one in page.context["shell"]["places"]] == [False, True, False]
    assert page.content.decode().count('class="places"') == 1
    assert client.get("/").context["shell"]["places"] == []


def test_a_number_says_what_waits_for_me(sign_in, giam_doc_so, van_thu):
    client = sign_in(giam_doc_so)
    counts = {one["url"]: one["count"] for one in items(client.get("/"))}
    unit = giam_doc_so.current_appointments[0].unit
    assert counts["/"] and counts["/"] >= sum(n or 0 for url, n in counts.items() if url != "/")
    taken = Obligation.objects.filter(unit=unit, person=None, done_at=None).first()
    taken.person = van_thu  # somebody took it: it waits for the unit no longer
    taken.save(update_fields=["person"])
    again = {one["url"]: one["count"] for one in items(client.get("/"))}
    assert again["/"] == counts["/"] - 1, "What a colleague took waits for the colleague."


def test_several_hats_are_told_and_one_is_worn(sign_in, giam_doc_so):
    held = ((Role.PLANNER, "KHDT"), (Role.AUDITOR, "TTTP"), (Role.ADMINISTRATOR, "VPUB"),
            (Role.RECEPTION, "BTCD"))  # fmt: skip
    for role, code in held:
        unit = Unit.objects.get(code=code, valid_to=None)
        Appointment.objects.create(
            person=giam_doc_so, unit=unit, role=role, valid_from=clock.today()
        )
    client = sign_in(giam_doc_so)
    answer = client.get("/")
    assert "và 4 vai trò khác" in answer.content.decode()
    assert len(answer.context["shell"]["person"]["offices"]) == 5
    assert len(items(answer)) <= functions.MOST_LINES
    assert [one["current"] for one in answer.context["hats"]] == [True, False, False, False, False]
    other = client.get("/?vai=tong-hop&tinh-den=14/6/2024")
    assert [one["current"] for one in other.context["hats"]].index(True) == 1
    assert other.context["above"][0].title == "Đợt báo cáo, ai chưa gửi"
    assert all("tinh-den=" in one["url"] for one in other.context["hats"])
    unknown = client.get("/?vai=khong-co")
    assert unknown.context["hats"][0]["current"]


@pytest.mark.parametrize(
    ("back", "lands"),
    [("/van-ban-den/?q=nuoc", "/van-ban-den/?q=nuoc"), ("https://la.example/", "/"),
     ("//la.example/", "/"), ("", "/"), ("khong-dung", "/")],
)  # fmt: skip
def test_the_language_changes_on_the_same_page(sign_in, van_thu, back, lands):
    client = sign_in(van_thu)
    answer = client.post("/ngon-ngu/en/", {"tiep": back})
    assert (answer.status_code, answer["Location"]) == (302, lands)
    assert answer.cookies["django_language"].value == "en"
    page = client.get("/van-ban-den/?q=nuoc").content.decode()
    assert 'name="tiep" value="/van-ban-den/?q=nuoc"' in page
    for theme in ("light", "dark", "system"):
        assert f'data-theme="{theme}"' in page
