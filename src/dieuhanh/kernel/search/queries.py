"""Finding entries by words: tone marks, đ and both tone placements do not matter (X-04)."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from dieuhanh.kernel.text.fold import words


def matching(query: str, *, prefix: str = "") -> Q:
    """Entries whose words begin with each word of ``query`` (a Q on Entry, or on its ``prefix``).

    "vanh dai 4" finds "Vành đai 4". An empty query matches everything.
    """
    tokens = words(query)
    if not tokens:
        return Q()
    raw = " & ".join(f"'{token}':*" for token in tokens)
    return Q(**{f"{prefix}words": SearchQuery(raw, config="simple", search_type="raw")})
