"""What was counted is kept in the process for some minutes: a crowd of readers costs one count."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

#: Seconds for which a table is kept, and for which browsers and proxies may keep a page.
KEPT_FOR = 300
#: Few tables can be asked for; more than this many means days that have passed.
MOST_KEPT = 50

Made = TypeVar("Made")
_kept: dict[Hashable, tuple[float, object]] = {}
_making = Lock()


def remembered(key: Hashable, make: Callable[[], Made]) -> Made:
    """What ``make`` made for ``key`` in the last minutes; made once, however many ask at once."""
    with _making:
        made_at, made = _kept.get(key, (0.0, None))
        now = time.monotonic()
        if key not in _kept or now - made_at > KEPT_FOR:
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            made = make()
            _kept[key] = (time.monotonic(), made)
        return cast("Made", made)


def forget() -> None:
    _kept.clear()
