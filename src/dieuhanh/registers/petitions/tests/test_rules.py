"""Classes, results and limits of petitions, by table (CT-02, CT-06…CT-09, CT-11)."""

import pytest

from dieuhanh.registers.petitions import rules
from dieuhanh.registers.petitions.models import AnswerBasis, Authority, Ledger, ResultClass


@pytest.mark.parametrize(
    ("ledger", "symbol", "kind"),
    [
        ("council", "34/NQ-HĐND", "resolution"),
        ("council", "", "session"),
        ("national_assembly", "", "round"),
        ("national_assembly", "1/NQ", "round"),
    ],
)
def test_the_class_follows_from_the_source(ledger, symbol, kind):
    assert rules.source_kind(ledger=ledger, symbol=symbol) == kind


def test_two_results_close_and_two_promise():
    assert {one for one in ResultClass.values if rules.closes(one)} == {"resolved", "explained"}


def test_only_for_the_centre_no_day_is_promised():
    refused = {
        (authority, result)
        for authority in Authority.values
        for result in ResultClass.values
        if not rules.may_promise(authority=authority, result=result)
    }
    assert refused == {("central", "will_be_resolved")}


def test_each_limit_belongs_to_one_ledger():
    of_ledgers = [key for ledger in Ledger.values for key in rules.bases(ledger)]
    assert sorted(of_ledgers) == sorted(AnswerBasis.values)
