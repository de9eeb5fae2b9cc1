"""The campaign of the original report: its dates are the original's, who answered is made up."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dieuhanh.faces.loading.reference import DataFileError
from dieuhanh.kernel.entries.actions import searchable
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person, Role, Unit
from dieuhanh.kernel.numbering.actions import take_number
from dieuhanh.kernel.obligations.actions import complete, owe_all, start_of_business
from dieuhanh.kernel.workdays.queries import calendar
from dieuhanh.reports.compose.template import read_template
from dieuhanh.reports.review.models import Campaign, Draft, DraftSection, Opinion, Round
from dieuhanh.reports.review.queries import CAMPAIGNS, template_sections, units_asked


def load_campaign(folder: Path, agency: Unit) -> int:
    """The folder's campaign with its drafts and rounds, if somebody of the cast compiles reports.

    Inside the loading transaction. Returns how many were written.

    Raises:
        DataFileError: the file cannot be read, or a key is missing.
    """
    path = folder / "campaign.toml"
    planner = Person.objects.filter(appointments__role=Role.PLANNER).order_by("pk").first()
    if planner is None or not path.exists():
        return 0
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        campaign = _open(told, agency)
        _answer(campaign, told["answers"])
        for number, draft in enumerate(told["drafts"], 1):
            _draft(campaign, number, draft, planner)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(path, 1, "-", f"không đọc được TOML ({error})") from error
    except KeyError as missing:
        raise DataFileError(path, 1, str(missing), "thiếu mục này") from missing
    return 1


def _open(told: dict[str, Any], agency: Unit) -> Campaign:
    template = read_template(told["report"])
    window = template.window(told["period"], told["as_of"])
    title = template.values["title"].format(**template.words(window))
    asked, due = told["request"], told["deadline"]["on"]
    entry = Entry.objects.create(
        register=CAMPAIGNS,
        agency=agency,
        book=CAMPAIGNS,
        year=asked["on"].year,
        number=take_number(agency.pk, CAMPAIGNS, asked["on"].year),
        kind=told["report"],
        title=title,
        unit=Unit.objects.get(code=told["unit"], valid_to=None),
        opened_on=asked["on"],
        synthetic=True,
        folded=searchable([title, asked["symbol"], told["period"]]),
    )
    owe_all(
        entry,
        units_asked(told["asked"]),
        duty="Gửi phần báo cáo của đơn vị",
        start=start_of_business(entry.opened_on),
        due_on=due,
    )
    return Campaign.objects.create(
        entry=entry,
        report=told["report"],
        period=told["period"],
        as_of=window.as_of,
        request_symbol=asked["symbol"],
        due_on=due,
    )


def _working_day(day: date) -> date:
    works = calendar()
    while not works.is_working(day):
        day -= timedelta(1)
    return day


def _answer(campaign: Campaign, shares: dict[str, int]) -> None:
    """Units answer in turn: so many of each ten in time, so many late, the rest not at all."""
    for index, owed in enumerate(campaign.entry.obligations.order_by("unit__code")):
        place = index % shares["of"]
        if place < shares["in_time"]:
            day = _working_day(campaign.due_on - timedelta(index % 7))
        elif place < shares["in_time"] + shares["late"]:
            day = _working_day(campaign.due_on + timedelta(4 + index % 3))
        else:
            continue
        complete(owed, on=day, product="Văn bản báo cáo của đơn vị (minh họa)")


def _leaving_out(text: str, beginning: str) -> str:
    """A section without the paragraph that begins so."""
    if not beginning:
        return text
    return "\n\n".join(one for one in text.split("\n\n") if not one.startswith(beginning))


def _draft(campaign: Campaign, number: int, told: dict[str, Any], planner: Person) -> None:
    at = start_of_business(told["on"])
    draft = Draft.objects.create(
        campaign=campaign, number=number, note=told["note"], person=planner, made_at=at
    )
    DraftSection.objects.bulk_create(
        DraftSection(
            draft=draft,
            section=one.key,
            text=_leaving_out(one.text, told.get("without", {}).get(one.key, "")),
            person=planner,
            changed_at=at,
        )
        for one in template_sections(campaign.report)
    )  # fmt: skip
    for held in told.get("rounds", ()):
        round = Round.objects.create(
            draft=draft, body=held["body"], held_on=held["on"], conclusion=held["conclusion"]
        )
        Opinion.objects.bulk_create(
            Opinion(
                round=round,
                author=one["author"],
                section=one["section"],
                text=one["text"],
                given_on=held["on"],
                decision=one["decision"],
                reason=one["reason"],
                decided_on=held["on"] if one["decision"] else None,
            )
            for one in held.get("opinions", ())
        )
