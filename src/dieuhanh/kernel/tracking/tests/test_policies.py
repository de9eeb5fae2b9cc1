"""Who may do what with an obligation: the two sides that meet on it."""

from __future__ import annotations

import pytest

from dieuhanh.kernel.entries.errors import Forbidden
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.kernel.tracking import policies
from dieuhanh.kernel.tracking.actions import (
    ask_extension,
    complete_obligation,
    confirm_obligation,
    decide_extension,
    hand_over_obligations,
    pause_obligation,
    resume_obligation,
    return_obligation,
    set_obligation_length,
    urge_obligations,
)
from dieuhanh.kernel.tracking.tests.conftest import START, refused

pytestmark = pytest.mark.django_db

VERBS = ("do", "ask_extension", "hand_over", "decide", "confirm", "pause", "set_length", "urge")
OWES = {"do", "ask_extension", "hand_over"}
ASKS = {"hand_over", "decide", "confirm", "pause", "set_length", "urge"}
#: Person → what they may do with what the department owes to the officer of the Office.
MAY = {
    "giam-doc-so": OWES | {"urge"},  # heads the unit that owes
    "van-binh": OWES | {"urge"},  # works in it, and keeps its entries
    "chuyen-vien": OWES | ASKS,  # asked for it, and keeps the register
    "lanh-dao": {"urge"},
    "ke-hoach": {"urge"},
    "thanh-tra": set(),
    "quan-tri": set(),
    "tiep-dan": set(),
    "van-thu": set(),
    "van-thu-mat": set(),
}


@pytest.mark.parametrize("username", MAY)
def test_each_person_may_what_the_table_says(owed, officer, username):
    person = Person.objects.get(username=username)
    mine = Obligation.objects.filter(pk=owed.pk)
    found = {verb for verb in VERBS if mine.filter(policies.allowed(person, verb)).exists()}
    assert found == MAY[username]


def test_whoever_is_in_charge_may_do_it_from_another_unit(new, officer):
    from dieuhanh.kernel.identity.models import Unit

    elsewhere = new(due_on=START, unit=Unit.objects.get(code="UBND"), person=officer)
    may = Obligation.objects.filter(policies.allowed(officer, policies.DO))
    assert may.filter(pk=elsewhere.pk).exists()


ACTIONS = {
    "complete": (lambda pk, who: complete_obligation(pk, actor=who, on=START, product="1/BC")),
    "confirm": (lambda pk, who: confirm_obligation(pk, actor=who)),
    "return": (lambda pk, who: return_obligation(pk, actor=who, reason="x")),
    "pause": (lambda pk, who: pause_obligation(pk, actor=who, on=START, reason="x")),
    "resume": (lambda pk, who: resume_obligation(pk, actor=who, on=START)),
    "ask": (lambda pk, who: ask_extension(pk, actor=who, reason="x")),
    "decide": (lambda pk, who: decide_extension(pk, actor=who, granted=True)),
    "length": (lambda pk, who: set_obligation_length(pk, actor=who, length=3, reason="x")),
    "hand over": (lambda pk, who: hand_over_obligations([pk], actor=who, person=who, reason="x")),
    "urge": (lambda pk, who: urge_obligations([pk], actor=who)),
}


@pytest.mark.parametrize("act", ACTIONS.values(), ids=list(ACTIONS))
def test_who_may_not_is_refused_like_one_who_asks_for_nothing(owed, tiep_dan, van_thu, act):
    for person in (tiep_dan, van_thu):
        with refused(Forbidden):
            act(owed.pk, person)
    with refused(Forbidden):
        act(0, tiep_dan)
