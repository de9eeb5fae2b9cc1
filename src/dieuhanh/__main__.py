"""The command `dieuhanh`.

`dieuhanh proof` starts from here with nothing but proof, so it is quick and can be installed alone;
every other command stands in `dieuhanh.faces.cli` and needs the extra "server".
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dieuhanh.proof import Finding, Report

_NOT_INSTALLED = (
    "Mới cài phần soát số liệu: `dieuhanh proof TỆP…`; các lệnh khác cần cả hệ thống,"
    ' cài bằng lệnh: pip install "dieuhanh[server]"\n'
)


def main() -> int:
    words = sys.argv[1:]
    whole = find_spec("django") is not None
    if words[:1] == ["proof"]:
        from dieuhanh.proof.arguments import main as proof

        return proof(words[1:], against=_against_registers if whole else None)
    if not whole:
        sys.stderr.write(_NOT_INSTALLED)
        return 2
    from dieuhanh.faces.cli import main as program

    program(prog_name="dieuhanh")
    return 0


def _against_registers(reports: Sequence[Report]) -> list[Finding]:
    """Loads the program only where it is asked for."""
    from dieuhanh.faces.cli import against_registers

    return against_registers(reports)


if __name__ == "__main__":
    sys.exit(main())
