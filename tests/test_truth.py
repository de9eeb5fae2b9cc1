"""The registers count right: a random set whose truth is tallied in plain Python, apart.

The set lies in 2022, where the data set has nothing. Every counted measure must agree with the
tally on three as-of days.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import transaction

from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Unit
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.measures.evaluate import Evaluator
from dieuhanh.kernel.measures.model import Entries, Window, all_measures
from dieuhanh.kernel.obligations.models import Obligation, TimeLimit
from dieuhanh.registers.complaints.models import Case, Letter, Review, Visit
from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument
from dieuhanh.registers.documents.rules import incoming_kind, outgoing_kind
from dieuhanh.registers.feedback.models import Feedback

START, END = dt.date(2022, 1, 1), dt.date(2022, 6, 15)
AS_OF = [dt.date(2022, 2, 28), dt.date(2022, 4, 30), dt.date(2022, 6, 15)]
DAYS = [dt.date(2021, 12, 20) + dt.timedelta(n) for n in range(200)]


@dataclass
class Made:
    """One made-up entry, as the tally sees it: plain facts, no query."""

    register: str
    facts: dict
    opened: dt.date
    closings: tuple[tuple[dt.date, dt.date | None], ...] = ()  # closed, reopened
    due: dt.date | None = None

    def closed(self, day: dt.date) -> dt.date | None:
        """The day of the closing that stands at the end of ``day``."""
        for closed, reopened in self.closings:
            if closed <= day and (reopened is None or reopened > day):
                return closed
        return None


def make(rng: random.Random, agency: Unit, count: int = 600) -> list[Made]:
    made = []
    numbers: Counter = Counter()
    for _ in range(count):
        register = rng.choice(
            ["documents.incoming", "documents.outgoing", "complaints.visits",
             "complaints.letters", "complaints.cases", "complaints.reviews", "feedback"]
        )  # fmt: skip
        opened = rng.choice(DAYS)
        one = Made(register, {}, opened, _closings(rng, opened))
        *earlier, (closed, reopened) = one.closings or ((None, None),)
        numbers[register, opened.year] += 1
        secret = register.startswith("documents") and rng.random() < 0.1
        kind, row = _row(rng, register, secret, one)
        entry = Entry.objects.create(
            register=register, agency=agency, book=f"truth.{register}", year=opened.year,
            number=numbers[register, opened.year], kind=kind, title="" if secret else "Mục thử",
            confidentiality="secret" if secret else "ordinary", unit=agency,
            opened_on=opened, closed_on=closed, reopened_on=reopened,
        )  # fmt: skip
        for was_closed, was_reopened in earlier:
            entry.past_closings.create(closed_on=was_closed, reopened_on=was_reopened)
        row.entry = entry
        row.save(force_insert=True)
        if register == "feedback":
            one.due = opened + dt.timedelta(rng.randint(3, 30))
            owed = Obligation.objects.create(
                entry=entry, duty="Trả lời", unit=agency,
                limit=TimeLimit.objects.get(key="feedback.answer"),
                started_at=clock.start_of(opened), due_at=clock.end_of(one.due),
                done_at=clock.start_of(closed) if closed else None,
                reopened_at=clock.start_of(reopened) if reopened else None,
            )  # fmt: skip
            for was_closed, was_reopened in earlier:
                owed.past_completions.create(
                    done_at=clock.start_of(was_closed), reopened_at=clock.start_of(was_reopened)
                )
        made.append(one)
    return made


def _closings(rng: random.Random, opened: dt.date) -> tuple[tuple[dt.date, dt.date | None], ...]:
    """Never closed, closed, reopened, or closed and reopened several times."""
    closings, day = [], opened
    while rng.random() < 0.7:
        closed = day + dt.timedelta(rng.randint(0, 60))
        reopened = closed + dt.timedelta(rng.randint(0, 30)) if rng.random() < 0.4 else None
        closings.append((closed, reopened))
        if reopened is None:
            break
        day = reopened
    return tuple(closings)


def _row(rng, register, secret, one):
    stub = {"secrecy": "secret", "holder": "Văn thư mật"} if secret else {"secrecy": "none"}
    if register == "documents.incoming":
        facts = {
            "origin": rng.choice(["central_party", "national_assembly", "government", "ministry",
                                  "city_party", "city_council", "local", "other"]),
            "type": rng.choice(["official_letter", "report", "resolution", "invitation", "dossier"]),
            "bypasses_level": rng.random() < 0.1,
        }  # fmt: skip
        one.facts = facts | stub
        return incoming_kind(**facts, secrecy=stub["secrecy"]), IncomingDocument(
            sender="Nơi gửi", symbol="" if secret else "01/TH", **facts, **stub
        )
    if register == "documents.outgoing":
        facts = {
            "issuer": rng.choice(["committee", "committee", "office", "party_affairs"]),
            "type": rng.choice(["normative_decision", "directive", "plan", "decision", "notice",
                                "official_letter", "proposal", "report"]),
        }  # fmt: skip
        one.facts = facts | stub
        return outgoing_kind(**facts, secrecy=stub["secrecy"]), OutgoingDocument(**facts, **stub)
    if register == "complaints.visits":
        one.facts = {"leader": rng.random() < 0.2}
        kind = "leader" if one.facts["leader"] else "regular"
        return kind, Visit(by_leader=one.facts["leader"], field="land")
    if register == "complaints.letters":
        one.facts = {"class": rng.choice(["complaint", "denunciation", "petition"])}
        return one.facts["class"], Letter(letter_class=one.facts["class"], field="land")
    if register == "complaints.cases":
        one.facts = {"class": rng.choice(["complaint", "denunciation"])}
        basis = "complaint.1" if one.facts["class"] == "complaint" else "denounce.settle"
        return one.facts["class"], Case(case_class=one.facts["class"], basis=basis, field="land")
    if register == "complaints.reviews":
        one.facts = {"collective": rng.random() < 0.5}
        kind = "collective" if one.facts["collective"] else "individual"
        return kind, Review(collective=one.facts["collective"])
    one.facts = {"about": rng.choice(["regulation", "conduct"])}
    return one.facts["about"], Feedback(about=one.facts["about"], channel="portal")


def tally(made: list[Made], as_of: dt.date) -> Counter:
    """The truth, by id of measure, in plain Python: written from the text of the reports."""
    truth: Counter = Counter()
    for one in made:
        if not START <= one.opened <= min(END, as_of):
            continue
        closed = one.closed(as_of)
        f = one.facts
        match one.register:
            case "documents.incoming":
                truth["documents.incoming.total"] += 1
                central = f["origin"] in (
                    "central_party",
                    "national_assembly",
                    "government",
                    "ministry",
                )
                if f["secrecy"] != "none":
                    truth["documents.incoming.secret"] += 1
                elif f["type"] == "invitation":
                    truth["documents.incoming.meeting_invitations"] += 1
                elif f["type"] == "dossier":
                    truth["documents.incoming.one_stop_dossiers"] += 1
                elif f["bypasses_level"]:
                    truth["documents.incoming.bypassing_level"] += 1
                elif central:
                    truth["documents.incoming.central"] += 1
                    if f["origin"] == "government":
                        truth["documents.incoming.central.government"] += 1
                elif f["origin"] != "other":
                    truth["documents.incoming.local"] += 1
                    if f["origin"] == "city_party":
                        truth["documents.incoming.city_party"] += 1
                    if f["origin"] == "city_council":
                        truth["documents.incoming.people_council"] += 1
                        if f["type"] == "resolution":
                            truth["documents.incoming.people_council.resolutions"] += 1
            case "documents.outgoing":
                truth["documents.outgoing.total"] += 1
                names = {
                    "normative_decision": "legal_normative_decisions", "directive": "directives",
                    "plan": "plans", "decision": "administrative_decisions", "notice": "notices",
                    "official_letter": "official_letters", "proposal": "submissions",
                }  # fmt: skip
                if f["secrecy"] != "none":
                    truth["documents.outgoing.secret"] += 1
                elif f["issuer"] == "party_affairs":
                    truth["documents.outgoing.party_affairs_committee"] += 1
                elif f["issuer"] == "office":
                    if f["type"] == "official_letter":
                        truth["documents.outgoing.office_letters"] += 1
                elif f["type"] in names:
                    truth[f"documents.outgoing.{names[f['type']]}"] += 1
            case "complaints.visits":
                leader = f["leader"]
                truth["reception.leadership.citizen_visits" if leader
                      else "reception.citizen_visits.total"] += 1  # fmt: skip
            case "complaints.letters":
                truth["complaints.letters.total"] += 1
                name = {"petition": "petition_feedback"}.get(f["class"], f["class"])
                truth[f"complaints.letters.{name}"] += 1
            case "complaints.cases":
                truth["complaints.cases.accepted"] += 1
                truth[f"complaints.cases.accepted.{f['class']}"] += 1
                if closed:
                    truth["complaints.cases.resolved"] += 1
                    truth[f"complaints.cases.resolved.{f['class']}"] += 1
            case "complaints.reviews":
                name = "collectives" if f["collective"] else "individuals"
                truth[f"complaints.accountability.{name}"] += 1
            case "feedback":
                truth["feedback.regulations.received"] += 1
                if not closed:
                    truth["feedback.regulations.in_progress"] += 1
                elif closed <= one.due:
                    truth["feedback.regulations.on_time"] += 1
                else:
                    truth["feedback.regulations.overdue"] += 1
    return truth


def counted_ids() -> list[str]:
    window = Window(START, END, END, "2022-H1")
    return [
        one.id for one in all_measures() if one.register and isinstance(one.count(window), Entries)
    ]


@pytest.fixture
def agency(db) -> Unit:
    return Unit.objects.get(code="UBND")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_counted_measure_agrees_with_the_tally_at_three_days(agency, seed):
    made = make(random.Random(seed), agency)
    for as_of in AS_OF:
        truth = tally(made, as_of)
        evaluator = Evaluator(Window(START, END, as_of, "2022-H1"))
        counted = {id: int(evaluator.answer(id).value) for id in counted_ids()}
        assert counted == {id: truth[id] for id in counted}, f"as of {as_of}"
        assert set(truth) <= set(counted), "the tally knows a figure that no measure counts"


def answers() -> dict[str, int]:
    evaluator = Evaluator(Window(START, END, END, "2022-H1"))
    return {id: int(evaluator.answer(id).value) for id in counted_ids()}


def test_one_in_and_one_out_move_only_the_predicted_figures(agency):
    """For each counted measure: an entry that matches moves just what the tally says, and an
    entry outside the window moves nothing."""
    touched: set[str] = set()
    rng = random.Random(7)
    before = answers()
    for number in range(3000):
        mark = transaction.savepoint()
        made = make_one(rng, agency, number, START + dt.timedelta(rng.randint(0, 150)))
        predicted = tally([made], END)
        if set(predicted) <= touched:
            transaction.savepoint_rollback(mark)  # nothing new would be shown by this one
            continue
        after = answers()
        moved = {id: value - before[id] for id, value in after.items() if value != before[id]}
        assert moved == dict(predicted)
        touched |= set(moved)
        make_one(rng, agency, 10_000 + number, START - dt.timedelta(1 + number % 10))
        make_one(rng, agency, 20_000 + number, END + dt.timedelta(1 + number % 10))
        assert answers() == after, "an entry outside the window moved a figure"
        before = after
        if touched == set(counted_ids()):
            return
    missing = set(counted_ids()) - touched
    assert not missing, f"no entry was made that moves {sorted(missing)}: add one to make()"


def make_one(rng: random.Random, agency: Unit, number: int, day: dt.date) -> Made:
    """One entry opened on ``day``; the books' names keep the numbers apart."""
    made = make(_Fixed(rng, day), agency, 1)
    book = f"truth.{made[0].register}"
    Entry.objects.filter(book=book, number=1, year=day.year).update(
        book=f"truth.one.{number}.{rng.random()}"
    )
    return made[0]


class _Fixed:
    """A source of chance that always chooses the given day."""

    def __init__(self, rng: random.Random, day: dt.date) -> None:
        self.rng, self.day = rng, day

    def choice(self, options):
        return self.day if options is DAYS else self.rng.choice(options)

    def __getattr__(self, name):
        return getattr(self.rng, name)
