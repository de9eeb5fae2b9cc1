"""What was worked out from the registers, kept in this process until a register changes.

The one cache of figures: each value stands under the state of the registers it was worked out from
(`journal.version`) and is never answered for another. Each process keeps its own (docs/adr/0016).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from dieuhanh.kernel.journal.version import Version, version

T = TypeVar("T")


class Kept(Generic[T]):
    """At most ``most`` values of one state of the registers; the longest unread goes first.

    Values are shared by requests: nobody may change one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._mark: tuple[int, str] | None = None
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def find(self, seen: Version | None, key: Hashable) -> T | None:
        """The value kept for ``key`` in the state that was seen; None: it must be worked out."""
        with self._lock:
            if seen is None or seen.mark != self._mark or key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, seen: Version | None, key: Hashable, value: T) -> None:
        """Keep what was worked out after ``seen`` was looked at; nothing of an unsettled state."""
        if seen is None or not seen.settled:
            return
        with self._lock:
            if seen.mark != self._mark:
                self._mark = seen.mark
                self._values.clear()
            self._values[key] = value
            self._values.move_to_end(key)
            if len(self._values) > self._most:
                self._values.popitem(last=False)

    def get(
        self, key: Hashable, make: Callable[[], T], look: Callable[[], Version | None] = version
    ) -> T:
        """The value for ``key`` as the registers stand: kept, or made now. Never keeps a None.

        Args:
            look: tells the state of the registers, where whoever asks has looked already.
        """
        seen = look()
        found = self.find(seen, key)
        if found is None:
            found = make()
            if found is not None:
                self.keep(seen, key, found)
        return found
