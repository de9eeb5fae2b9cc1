"""The pages of the site, from the URL resolver: one address for each name and register."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from django.urls import get_resolver, reverse

from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.obligations.models import Obligation
from dieuhanh.registers.indicators.models import Datapoint

#: Addresses that answer with a file or only to a POST.
NOT_PAGES = {
    "export",
    "indicators-export",
    "report-file",
    "attachment",
    "attach",
    "sign-out",
    "language",
    "sign-in",
}
VALUES = {
    "report": ["socioeconomic", "direction"],
    "period": ["2024-H1", "2024-H2"],
    "id": ["complaints.letters.total", "index.par.2023.value", "land.service_land.pct"],
    "code": ["budget_revenue"],
    "action": ["ket-thuc", "dinh-chinh", "mo-lai"],
}


def pages(username: str) -> Iterator[tuple[str, str]]:
    """(name, address) of every page that ``username`` may ask for, from the resolver."""
    person = Person.objects.get(username=username)
    point = Datapoint.objects.filter(indicator__code__in=VALUES["code"]).earliest("pk")
    ready = VALUES | {"pk": [str(point.pk)]}
    patterns = get_resolver().namespace_dict["desk"][1].url_patterns
    for pattern in patterns:
        if pattern.name in NOT_PAGES:
            continue
        wanted = list(pattern.pattern.converters)
        if "slug" not in wanted:
            for values in product(*(ready[name] for name in wanted)):
                arguments = dict(zip(wanted, values, strict=True))
                key = f"{pattern.name}:{'/'.join(values)}"
                yield key, reverse(f"desk:{pattern.name}", kwargs=arguments)
            continue
        for register in registry.all_registers():
            if not policies.may_read(person, register):
                continue
            entry = Entry.objects.filter(policies.visible_in(person, register)).first()
            owed = Obligation.objects.filter(entry=entry).first()
            if entry is None or ("obligation" in wanted and owed is None):
                continue
            known = {
                "slug": [register.slug],
                "pk": [entry.pk],
                "obligation": [owed.pk if owed else 0],
                "action": VALUES["action"],
            }
            for values in product(*(known[name] for name in wanted)):
                arguments = dict(zip(wanted, values, strict=True))
                key = f"{pattern.name}:{register.slug}:{arguments.get('action', '')}"
                yield key, reverse(f"desk:{pattern.name}", kwargs=arguments)
