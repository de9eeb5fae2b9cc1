"""The pages of the site, from the URL resolver: one address for each name and register."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from django.urls import get_resolver, reverse

from dieuhanh.faces.desk.duties import VERBS
from dieuhanh.faces.portal import pages as portal
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.identity.models import Person, Unit
from dieuhanh.kernel.identity.queries import seen_by
from dieuhanh.kernel.obligations.models import Obligation, Recurrence
from dieuhanh.kernel.tracking import policies as rights
from dieuhanh.registers.documents.queries import OUTGOING
from dieuhanh.registers.indicators.models import Datapoint
from dieuhanh.reports.review.models import Campaign, Opinion, Round
from dieuhanh.reports.review.policies import units_owing

#: Addresses that answer with a file or only to a POST.
NOT_PAGES = {
    "export",
    "indicators-export",
    "report-file",
    "attachment",
    "page-picture",
    "export-later",
    "board-overdue-file",
    "journal-file",
    "board-responsibility-file",
    "report-build",
    "errand-file",
    "attach",
    "sign-out",
    "language",
    "sign-in",
    "suggestions",
    "notices-read",
    "notice-read",
    "act",
    "act-stop",
    "unsent-save",
    "unsent-drop",
    "list-layout",
    "pick-unit",
    "pick-person",
    "calendar-month",
    "board-calendar-file",
    "board-calendar-ics",
    "board-map-file",
}
MOST_DUTY_PAGES = 4
VALUES = {
    "report": ["socioeconomic", "direction"],
    "period": ["2024-H1", "2024-H2"],
    "id": ["complaints.letters.total", "index.par.2023.value", "land.service_land.pct"],
    "code": ["budget_revenue"],
    "measure": ["qua-han"],
    "key": ["complaint.file", "ihanoi.normal"],
    "errand": [],
    "action": ["ket-thuc", "dinh-chinh", "mo-lai"],
}


def _campaign_pages(person: Person, name: str, wanted: list[str]) -> Iterator[tuple[str, str]]:
    """Pages of the data set's campaign; a unit's own ones for a person of such a unit only."""
    campaign = Campaign.objects.filter(entry__synthetic=True).get()
    known = {
        "pk": [campaign.pk],
        "number": [2],
        "section": ["14-han-che"],
        "round": Round.objects.filter(draft__campaign=campaign).values_list("pk", flat=True)[:1],
        "opinion": Opinion.objects.filter(round__draft__campaign=campaign).values_list(
            "pk", flat=True
        )[:1],
        "unit": [unit.pk for unit in units_owing(person, campaign)],
        "id": ["land.service_land.pct"],
    }
    for values in product(*(known[one] for one in wanted)):
        url = reverse(f"desk:{name}", kwargs=dict(zip(wanted, values, strict=True)))
        yield name, f"{url}?tu=1&den=2" if name == "campaign-compare" else url


def _duty_pages(person: Person) -> Iterator[tuple[str, str]]:
    """What is owed and seen: a paused one, a done one, one with each verb the person may do."""
    seen = Obligation.objects.filter(rights.seen(person)).select_related("limit").order_by("-pk")
    found: dict[str, tuple[int, str]] = {}
    for one in seen[:200]:
        state = "done" if one.done_at and not one.reopened_at else "open"
        found.setdefault(f"duty:{state}", (one.pk, ""))
        may = rights.rights(person, one, {verb.right for verb in VERBS}) if state == "open" else ()
        for verb in VERBS:
            if verb.right in may and verb.applies(one):
                found.setdefault(f"duty-verb:{verb.name}", (one.pk, verb.slug))
        if len(found) > MOST_DUTY_PAGES:
            break
    for key, (pk, slug) in found.items():
        yield (
            key,
            reverse("desk:duty-verb", args=[pk, slug]) if slug else reverse("desk:duty", args=[pk]),
        )


def pages(username: str) -> Iterator[tuple[str, str]]:
    """(name, address) of every page that ``username`` may ask for, from the resolver."""
    person = Person.objects.get(username=username)
    point = Datapoint.objects.filter(indicator__code__in=VALUES["code"]).earliest("pk")
    mandates = [str(one.pk) for one in seen_by(person)[:1]]
    ready = VALUES | {"pk": [str(point.pk)], "mandate": mandates}
    yield from _duty_pages(person)
    patterns = get_resolver().namespace_dict["desk"][1].url_patterns
    for pattern in patterns:
        if pattern.name in NOT_PAGES:
            continue
        wanted = list(pattern.pattern.converters)
        if pattern.name.startswith("campaign"):
            yield from _campaign_pages(person, pattern.name, wanted)
            continue
        if pattern.name.startswith("duty"):
            continue
        if "slug" not in wanted:
            own = ready | {"code": ["001"]} if pattern.name == "board-map-entries" else ready
            if pattern.name == "unit":
                own = ready | {"unit": [str(Unit.objects.get(code="STNMT").pk)]}
            for values in product(*(own[name] for name in wanted)):
                arguments = dict(zip(wanted, values, strict=True))
                key = f"{pattern.name}:{'/'.join(values)}"
                yield key, reverse(f"desk:{pattern.name}", kwargs=arguments)
            continue
        for register in registry.all_registers():
            if not policies.may_read(person, register):
                continue
            if pattern.name == "entry-proof" and register.code != OUTGOING:
                continue  # the same page for every register
            entries = policies.visible_entries(person, register)
            if pattern.name.startswith("identity"):
                entries = entries.filter(confidentiality="guarded")
            entry = entries.first()
            owed = Obligation.objects.filter(entry=entry).first()
            recurring = Recurrence.objects.filter(entry=entry).first()
            if entry is None or ("obligation" in wanted and owed is None):
                continue
            if "recurrence" in wanted and recurring is None:
                continue
            if pattern.name.startswith("recurrence") and not policies.may_change(person, entry):
                continue
            known = {
                "slug": [register.slug],
                "pk": [entry.pk],
                "obligation": [owed.pk if owed else 0],
                "recurrence": [recurring.pk if recurring else 0],
                "action": VALUES["action"],
            }
            for values in product(*(known[name] for name in wanted)):
                arguments = dict(zip(wanted, values, strict=True))
                key = f"{pattern.name}:{register.slug}:{arguments.get('action', '')}"
                yield key, reverse(f"desk:{pattern.name}", kwargs=arguments)


def public_pages() -> Iterator[tuple[str, str]]:
    """(name, address) of the pages for everybody."""
    for name in portal.PAGES:
        yield f"public-{name}", reverse(f"portal:{name}")
