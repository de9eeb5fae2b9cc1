"""The tour: the pages that show the system to somebody new, each with the person who lives on it.

`make shots` makes pictures of them, `python -m bench pages` times them. A name is the beginning of a
key of pages.py: `list:van-thu` is no page, `list:van-ban-den` is the list of incoming documents,
`duty` the first duty the person sees. Add a page here when it is new, not each of its variants.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.pages import pages, public_pages

#: username → names of pages, in the order in which one would show them.
TOUR: dict[str, tuple[str, ...]] = {
    "lanh-dao": (
        "home", "board-overdue", "board-responsibility", "board-calendar", "board-map", "work", "notices",
        "mandates", "reports", "report:direction/2024-H1", "public-overview", "public-on-time",
        "public-petitions", "public-indicators",
    ),
    "van-thu": (
        "home", "list:van-ban-den", "enter:van-ban-den", "entry:van-ban-den", "import:van-ban-den",
        "list:van-ban-di", "numbers",
    ),
    "giam-doc-so": ("home", "work", "duty", "campaign-contribute", "list:don-thu"),
    "tiep-dan": ("list:don-thu", "enter:don-thu", "entry:don-thu", "list:vu-viec", "entry:vu-viec"),
    "chuyen-vien": ("list:phan-anh-kien-nghi", "entry:phan-anh-kien-nghi", "search"),
    "ke-hoach": (
        "home",
        "figure:complaints.letters.total", "figure-entries:complaints.letters.total", "indicators",
        "indicator:budget_revenue", "campaign", "campaign-draft", "campaign-compare", "limits",
        "limit:complaint.file", "calendar", "proof", "report-proof:direction/2024-H1",
    ),
    "thanh-tra": ("home", "list:vu-viec", "entry:don-thu", "why:don-thu", "journal"),
    "quan-tri": ("home", "units", "unit", "people", "checks", "errands", "parts"),
}  # fmt: skip


def stops(username: str) -> Iterator[tuple[str, str]]:
    """(name, address) of each page of the tour that this person shows.

    Raises ValueError for a name that is no page this person may ask for."""
    known = [*pages(username), *public_pages()]
    for name in TOUR[username]:
        found = [url for key, url in known if key == name or key.startswith(f"{name}:")]
        if not found:
            raise ValueError(f"{name} is no page of {username}: correct tests/journeys/tour.py")
        yield name, found[0]
