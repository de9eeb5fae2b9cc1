"""One search over everything a person may read; suggestions while typing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from dieuhanh.faces.desk import finding
from dieuhanh.faces.desk.entry import number_of
from dieuhanh.faces.desk.moments import window_of
from dieuhanh.faces.desk.shell import shell, with_crumbs
from dieuhanh.kernel.entries import policies, registry
from dieuhanh.kernel.entries.models import Entry
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.search import queries
from dieuhanh.kernel.search.marks import Marked, mark, snippet
from dieuhanh.kernel.search.people import find_people
from dieuhanh.kernel.search.queries import Count, Found, Narrowed, Place, found_alone
from dieuhanh.kernel.search.reading import MOST_WORDS, read
from dieuhanh.kernel.search.units import meant, names_of
from dieuhanh.text import dates, numbers

SIZE = 50
MOST_UNITS = 8
#: Registers whose columns are read to say where an entry says it; each costs a query or two.
MOST_EXPLAINED = 2
MOST_PARTS = 2
MOST_OFFERED = 8
LONGEST_SHOWN = 80


def narrowed_by(asked: Any) -> Narrowed:
    """What ``?so=&nam=&don-vi=`` narrow to; what is none of them narrows nothing."""
    year, unit = asked.get("nam", ""), asked.get("don-vi", "")
    return Narrowed(
        register=registry.by_slug(asked.get("so", "")),
        year=int(year) if year.isdecimal() and 1900 <= int(year[:5]) <= 2999 else None,
        unit=int(unit) if unit.isdecimal() and int(unit[:12]) < 2**31 else None,
    )


def count_words(count: Count) -> str:
    """“2.788”; beyond what is counted “hơn 1.000”; where not all was looked at “ít nhất 240”."""
    if count.many:
        return _("hơn %(most)s") % {"most": numbers.number(queries.MOST_COUNTED)}
    if count.at_least:
        return _("ít nhất %(n)s") % {"n": numbers.number(count.n)}
    return numbers.number(count.n)


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """GET /tim/?q=&so=&nam=&don-vi=: every register the person may read, in one list."""
    person: Person = request.user  # type: ignore[assignment]
    asked, narrowed = read(request.GET.get("q", "").strip()), narrowed_by(request.GET)
    after, before = (Place.parse(request.GET.get(name, "")) for name in ("sau", "truoc"))
    found = queries.search(person, asked, size=SIZE, narrowed=narrowed, after=after, before=before)
    first_page = not (after or before)
    places = _places(request, found) if first_page and not narrowed else []
    total = count_words(found.facets.total)
    units = names_of([*found.facets.units, *([narrowed.unit] if narrowed.unit else [])])
    kept = _address(request, sau=None, truoc=None)
    shown = len(found.exact) + len(found.rows)
    text = asked.text if len(asked.text) <= LONGEST_SHOWN else f"{asked.text[:LONGEST_SHOWN]}…"
    context = {
        "title": _("Tìm “%(query)s”") % {"query": text} if text else _("Tìm trong mọi sổ"),
        "query": asked.text,
        "line": capfirst(_("%(total)s mục khớp trong các sổ thuộc quyền xem") % {"total": total})
        if asked or narrowed
        else "",
        "cut": _("Chỉ tìm theo %(most)s chữ đầu.") % {"most": MOST_WORDS} if asked.cut else "",
        "places": places,
        "facets": _facets(request, found, narrowed, units),
        "words": _chosen(request, narrowed, units),
        "clear_url": _address(request, so=None, nam=None, **{"don-vi": None}, sau=None, truoc=None),
        "exact": _rows(person, found, found.exact),
        "rows": _rows(person, found, found.rows),
        "pager": {
            "words": _("%(shown)s mục trong %(total)s. Danh sách không bị cắt.")
            % {"shown": shown, "total": total},
            "older_url": _with(kept, "sau", found.older),
            "newer_url": _with(kept, "truoc", found.newer),
        },
        "empty": _nothing(request, person, found, narrowed, bool(places)),
        "crumbs": with_crumbs((_("Tìm kiếm"), None)),
    }
    return render(request, "desk/search.html", context)


def _places(request: HttpRequest, found: Found) -> list[finding.Place]:
    asked = found.asked
    groups = shell(request)["shell"]["groups"] if len(asked.groups) <= MOST_OFFERED else []
    return [
        *finding.of_units(found.units),
        *finding.of_people(find_people(asked)),
        *finding.of_figures(asked, window_of(request)),
        *finding.of_functions(groups, asked),
    ]


# Addresses ----------------------------------------------------------------------------------------


def _address(request: HttpRequest, **changes: Any) -> str:
    """This search with other conditions; a page further on is never kept by them."""
    kept = {name: request.GET[name] for name in ("q", "so", "nam", "don-vi") if name in request.GET}
    kept |= changes
    kept = {name: value for name, value in kept.items() if value not in (None, "")}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _with(address: str, name: str, place: Place | None) -> str:
    if place is None:
        return ""
    return f"{address}{'&' if '?' in address else '?'}{name}={place}"


# Facets -------------------------------------------------------------------------------------------


def _facets(
    request: HttpRequest, found: Found, narrowed: Narrowed, units: dict[int, str]
) -> list[dict[str, Any]]:
    """What the results may be narrowed to, as links; a facet of one value says nothing."""
    groups: list[tuple[str, str, Iterable[tuple[Any, str, Count]]]] = []
    if not narrowed.register:
        by_label = [
            (one.slug, str(one.label), found.facets.registers[one.code])
            for one in registry.all_registers()
            if one.code in found.facets.registers
        ]
        groups.append((_("Sổ"), "so", sorted(by_label, key=lambda one: -one[2].n)))
    if not narrowed.year:
        years = sorted(found.facets.years.items(), reverse=True)
        groups.append((_("Năm"), "nam", [(year, str(year), n) for year, n in years]))
    if not narrowed.unit:
        most = sorted(found.facets.units.items(), key=lambda one: (-one[1].n, one[0]))[:MOST_UNITS]
        by_name = [(pk, units.get(pk, ""), n) for pk, n in most]
        groups.append((_("Đơn vị"), "don-vi", by_name))
    return [
        {
            "label": label,
            "options": [
                {
                    "label": text,
                    "count": count_words(count),
                    "url": _address(request, **{name: value}),
                }
                for value, text, count in options
            ],
        }
        for label, name, options in groups
        if len(list(options)) > 1
    ]


def _chosen(
    request: HttpRequest, narrowed: Narrowed, units: dict[int, str]
) -> list[dict[str, str]]:
    chosen = []
    if narrowed.register:
        label = _("Sổ: %(register)s") % {"register": narrowed.register.label}
        chosen.append({"label": label, "remove_url": _address(request, so=None)})
    if narrowed.year:
        label = _("Năm %(year)s") % {"year": narrowed.year}
        chosen.append({"label": label, "remove_url": _address(request, nam=None)})
    if narrowed.unit:
        label = _("Đơn vị: %(unit)s") % {"unit": units.get(narrowed.unit, "…")}
        chosen.append({"label": label, "remove_url": _address(request, **{"don-vi": None})})
    return chosen


# Results ------------------------------------------------------------------------------------------


def _rows(person: Person, found: Found, entries: list[Entry]) -> list[dict[str, Any]]:
    """The entries with what they say marked, and where else than in the title they say it."""
    titles = {one.pk: mark(one.title, found.asked) for one in entries}
    elsewhere = _elsewhere(person, found, [one for one in entries if not titles[one.pk].whole])
    rows = []
    for entry in entries:
        register = registry.get(entry.register)
        parts = elsewhere.get(entry.pk, [])
        said_there = any(part["whole"] for part in parts)
        rows.append(
            {
                "url": reverse("desk:entry", args=[register.slug, entry.pk]),
                "icon": register.icon,
                "register": register.label,
                "number": number_of(entry),
                "day": entry.opened_on,
                "title": ((entry.title, False),) if said_there else titles[entry.pk].pieces,
                "whole_title": entry.title,
                "secret": entry.confidentiality == "secret",
                "unit": entry.unit.name,
                "parts": parts,
            }
        )
    return rows


def _elsewhere(
    person: Person, found: Found, entries: list[Entry]
) -> dict[int, list[dict[str, Any]]]:
    """Columns that say what was asked for. Never a citizen's own data, nor another entry's."""
    by_register: dict[str, list[int]] = {}
    for one in entries:
        by_register.setdefault(one.register, []).append(one.pk)
    most = sorted(by_register, key=lambda code: -len(by_register[code]))[:MOST_EXPLAINED]
    named = meant(found.units)
    parts: dict[int, list[dict[str, Any]]] = {
        one.pk: [_part(_("Đơn vị"), Marked(((one.unit.name, True),), whole=True))]
        for one in entries
        if one.unit_id in named
    }
    if not found.asked:
        return parts
    for code in most:
        register = registry.get(code)
        open_to_all = [
            one for one in register.columns if not one.personal and not one.other and one.key != "title"
        ]  # fmt: skip
        rows = list(register.rows().filter(pk__in=by_register[code]))
        value = policies.reading(person, register, rows, open_to_all)
        for row in rows:
            for column in open_to_all:
                texts = [(column.label, value(column, row))]
                if column.sub:
                    texts.append((column.label, column.sub(row)))
                for label, text in texts:
                    marked = mark(str(text or ""), found.asked)
                    if marked.found:
                        parts.setdefault(row.pk, []).append(_part(label, marked))
    return {pk: _fullest(found_parts) for pk, found_parts in parts.items()}


def _part(label: Any, marked: Marked) -> dict[str, Any]:
    said = sum(len(text) for text, on in marked.pieces if on)
    return {"label": label, "pieces": snippet(marked), "said": said, "whole": marked.whole}


def _fullest(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that say it all; where none does, those that say most of it."""
    whole = [part for part in parts if part["whole"]]
    return sorted(whole or parts, key=lambda part: -part["said"])[:MOST_PARTS]


def _nothing(
    request: HttpRequest, person: Person, found: Found, narrowed: Narrowed, elsewhere: bool
) -> dict[str, Any]:
    """Why there is nothing, and what next."""
    asked = found.asked
    if found.rows or found.exact:
        return {}
    if not asked.text:
        return {"words": _("Gõ số, ký hiệu, trích yếu hoặc tên đơn vị vào ô tìm ở trên.")}
    if not asked:
        return {"words": _("Trong ô tìm chỉ có dấu câu. Gõ ít nhất một chữ hoặc một số.")}
    if narrowed:
        return {
            "words": _("Không có mục nào khớp với các điều kiện đang dùng."),
            "url": _address(request, so=None, nam=None, **{"don-vi": None}),
            "url_label": _("Bỏ các điều kiện, tìm trong mọi sổ"),
        }
    words = (
        _("Không có mục nào khớp trong các sổ.")
        if elsewhere
        else _("Không có mục nào khớp. Thử bớt chữ, hoặc tìm theo số, ký hiệu.")
    )
    alone = [] if all(token.isdigit() for token in asked.tokens) else found_alone(person, asked)
    return {
        "words": words,
        "alone": [{"label": one, "url": _address(request, q=one)} for one in alone],
    }


# Suggestions --------------------------------------------------------------------------------------


@require_GET
def suggest(request: HttpRequest) -> HttpResponse:
    """GET /tim/goi-y/?q=: what may be meant by what is typed so far; a part below the search."""
    person: Person = request.user  # type: ignore[assignment]
    asked = read(request.GET.get("q", "").strip())
    offered: list[finding.Place] = []
    if asked:
        found = queries.search(person, asked, size=MOST_OFFERED, counted=False)
        entries = [_offer(one) for one in [*found.exact, *found.rows]]
        exact, others = entries[: len(found.exact)][:4], entries[len(found.exact) :]
        places = [
            *finding.of_functions(shell(request)["shell"]["groups"], asked)[:2],
            *finding.of_units(found.units)[:2],
            *finding.of_people(find_people(asked))[:1],
            *finding.of_figures(asked, window_of(request))[:2],
        ][: MOST_OFFERED - len(exact)]
        offered = [*exact, *places, *others[: MOST_OFFERED - len(exact) - len(places)]]
    said = ngettext("%(count)s gợi ý", "%(count)s gợi ý", len(offered)) % {"count": len(offered)}
    context = {
        "offered": [(one, mark(one.label, asked).pieces) for one in offered],
        "said": said if offered else _("Không có gợi ý; Enter để tìm trong mọi sổ."),
        "asked": bool(asked),
    }
    return HttpResponse(render_to_string("desk/suggestions.html", context))


def _offer(entry: Entry) -> finding.Place:
    register = registry.get(entry.register)
    return finding.Place(
        icon=register.icon,
        kind=str(register.label),
        label=entry.title or _("Văn bản mật"),
        url=reverse("desk:entry", args=[register.slug, entry.pk]),
        words=f"{register.label} {number_of(entry)}, {dates.day(entry.opened_on)}",
    )
