"""The file in which findings set aside are kept: JSON that people can read and compare."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from dieuhanh.proof.aside import Aside
from dieuhanh.proof.output.files import write
from dieuhanh.proof.refused import Refused

_LIST = "set_aside"
_WORDS = ("check", "reason", "quote", "paragraph", "by")
_MOST_BYTES = 20_000_000


def read_asides(path: Path) -> list[Aside]:
    """What is kept in a file.

    Raises:
        Refused: there is none, or it does not hold what it should.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refused(
            f"Không có tệp các chỗ đã bỏ qua: {path}.", f"There is no file of findings set aside: {path}."
        ) from None  # fmt: skip
    except (OSError, ValueError):
        raise Refused(f"Không mở được tệp {path}.", f"The file {path} cannot be opened.") from None
    return parse_asides(data, str(path))


def parse_asides(data: bytes, name: str) -> list[Aside]:
    """What is kept in a file that is already in memory; raises Refused as `read_asides`."""
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError
        return [_aside(one) for one in json.loads(data.decode("utf-8-sig"))[_LIST]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Refused(
            f"Tệp {name} không đúng dạng của tệp các chỗ đã bỏ qua; hãy sửa lại hoặc bỏ tệp này đi.",
            f"The file {name} is no file of findings set aside; mend it or remove it.",
        ) from None


def write_asides(path: Path, asides: Iterable[Aside], *, never: Iterable[Path] = ()) -> None:
    """Keep them in a file.

    Raises:
        Refused: the file cannot be written.
    """
    write(path, told_asides(asides), never=never)


def told_asides(asides: Iterable[Aside]) -> bytes:
    """What stands in the file: each once, in an order that does not depend on when they came."""
    kept = sorted(
        {(one.check, one.paragraph, one.quote): one for one in asides}.values(),
        key=lambda one: (one.check, one.paragraph, one.quote),
    )
    told = json.dumps({_LIST: [_told(one) for one in kept]}, ensure_ascii=False, indent=2)
    return f"{told}\n".encode()


def _aside(told: dict[str, Any]) -> Aside:
    words = {name: told.get(name, "") for name in _WORDS}
    if not all(isinstance(one, str) for one in words.values()):
        raise ValueError
    if not words["check"] or not words["reason"].strip():
        raise ValueError  # nothing is set aside without a reason
    on = told.get("on")
    return Aside(**words, on=date.fromisoformat(on) if on else None)


def _told(one: Aside) -> dict[str, str]:
    told = {name: getattr(one, name) for name in _WORDS}
    told["on"] = one.on.isoformat() if one.on else ""
    return {name: said for name, said in told.items() if said}
