"""Every address of the site, from the URL resolver and the loaded data, for the tests that walk it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.entries.registry import Register
from dieuhanh.kernel.files.models import Attachment
from dieuhanh.kernel.identity.models import Mandate, Unit
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.indicators.models import Indicator
from dieuhanh.reports.review.models import Campaign, Opinion, Round

#: Routes whose number is that of an obligation.
OF_DUTIES = ("viec/<", "api/v1/obligations/")
#: A number that no row has.
ABSENT = 999_999_999
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
CAST = ("van-thu", "van-thu-mat", "chuyen-vien", "tiep-dan", "giam-doc-so", "lanh-dao", "ke-hoach",
        "thanh-tra", "quan-tri")  # fmt: skip


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one, route)
        elif isinstance(one, URLPattern):
            yield route


ROUTES = sorted(set(_routes(get_resolver())))


def values_of(route: str, name: str, register: Register, entry: Entry) -> list[object]:
    """What to put for one parameter of a route; the first one exists."""
    match name:
        case "slug":
            return [register.slug]
        case "measure":
            return ["phan-anh", "qua-han", "none"]
        case "code":
            if route.startswith("bang/ban-do/"):
                return ["001", "999"]
            if route.startswith("api/v1/registers"):
                return [register.code]
            return [Indicator.objects.order_by("pk").values_list("code", flat=True)[0], "none"]
        case "pk":
            if route.startswith(OF_DUTIES):
                owed = Obligation.objects.filter(entry=entry).order_by("pk").first()
                return [owed.pk if owed else 1, ABSENT]
            if route.startswith("dot-bao-cao/"):
                return [Campaign.objects.earliest("pk").pk, ABSENT]
            return [entry.pk, ABSENT]
        case "obligation":
            owed = Obligation.objects.filter(entry=entry).order_by("pk").first()
            return [owed.pk if owed else 1]
        case "attachment":
            kept = Attachment.objects.filter(entry=entry).first()
            return [kept.pk if kept else 1]
        case "kind":
            return ["docx", "none"]
        case "page":
            return [1]
        case "action":
            return [*(verb.slug for verb in register.verbs), "khong-co"]
        case "verb":
            return [*(verb.name for verb in register.verbs), "none"]
        case "mandate":
            return [*Mandate.objects.values_list("pk", flat=True)[:1], ABSENT]
        case "key":
            return ["complaint.file", "ihanoi.normal", "none"]
        case "year":
            return [2024, 1900]
        case "notice" | "recurrence" | "errand" | "unsent":
            return [ABSENT]
        case "number":
            return [2, 99]
        case "section":
            return ["14-han-che", "none"]
        case "unit" if route.startswith("don-vi/"):
            return [Unit.objects.earliest("pk").pk, ABSENT]
        case "round" | "opinion" | "unit":
            return [*_of_campaign(name), ABSENT]
        case "report":
            return (
                ["socioeconomic", "direction", "none"] if "bao-cao." not in route else ["direction"]
            )
        case "period":
            return ["2024-H1"]
        case "id":
            return ["complaints.letters.total", "complaints.cases.growth", "none"]
    pytest.fail(
        f"{route} has a parameter <{name}> that addresses.py does not know: add its values."
    )


def _of_campaign(name: str) -> list[int]:
    """A round, an opinion, a unit that was asked: of the data set's campaign."""
    campaign = Campaign.objects.earliest("pk")
    rows = {
        "round": Round.objects.filter(draft__campaign=campaign).values_list("pk", flat=True),
        "opinion": Opinion.objects.values_list("pk", flat=True),
        "unit": Unit.objects.filter(code="STNMT").values_list("pk", flat=True),
    }
    return list(rows[name][:1])


def filled(route: str, values: dict[str, object]) -> str:
    """The address of a route with these values for its parameters."""
    return "/" + PARAMETER.sub(lambda match: str(values[match[1]]), route)


def is_of_registers(route: str) -> bool:
    """Whether the route is the same for every register."""
    names = PARAMETER.findall(route)
    return "slug" in names or route.startswith(("api/v1/registers/<code>", *OF_DUTIES))


def addresses(route: str, samples: dict[str, Entry]) -> list[str]:
    """Addresses of a route for every register, with values that exist and some that do not."""
    names = PARAMETER.findall(route)
    assert "(?P" not in route, f"{route}: write routes with path(), not with regular expressions."
    found: dict[str, None] = {}
    registers = list(registry.all_registers())
    for register in registers if is_of_registers(route) else registers[:1]:
        entry = samples[register.code]
        for values in product(*(values_of(route, name, register, entry) for name in names)):
            found[filled(route, dict(zip(names, values, strict=True)))] = None
    return list(found)
