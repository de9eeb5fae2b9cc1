"""The icon sprite: only the outlines that pages use, from @tabler/icons.

To add an icon, add its name to ``NAMES`` and build the sprite again::

    python -m dieuhanh.kernel.ui.icons
"""

import re
import sys
from pathlib import Path

SPRITE = Path(__file__).resolve().parent / "static" / "ui" / "icons.svg"

_USED = """
    alert-circle alert-triangle arrow-back-up award bell bell-ringing book building calendar
    calendar-event calendar-week chart-line check checklist checks chevron-down chevron-left chevron-right
    circle circle-check circle-dashed clipboard-list clock-check clock-exclamation clock-hour-8
    database door-enter dots download external-link eye eye-off file-certificate file-text
    file-type-csv file-type-docx file-type-pdf file-type-xls filter folder gavel help-circle
    history home inbox info-circle keyboard layout-sidebar list lock lock-open logout
    mail-opened map-pin map-pin-exclamation menu-2 microphone message-2 message-question moon news
    paperclip pencil player-pause player-play plus printer refresh report scale search send
    settings shield-lock speakerphone subtask sun table-export trash upload user user-check
    users users-group writing-sign x zoom-check zoom-in
    presentation list-details world heart-handshake
"""
#: Names of outline files of @tabler/icons, in the order in which the sprite holds them.
NAMES: tuple[str, ...] = tuple(_USED.split())

_PAINTED = re.compile(r"<svg[^>]*>(?P<body>.*)</svg>", re.DOTALL)
_FRAME = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


def build_sprite(outlines: Path, names: tuple[str, ...] = NAMES) -> str:
    """Return the text of the sprite made of ``names`` found in the folder ``outlines``.

    Raises:
        FileNotFoundError: the icon package has no outline of that name.
        ValueError: an outline is not an SVG file.
    """
    symbols = []
    for name in names:
        match = _PAINTED.search((outlines / f"{name}.svg").read_text(encoding="utf-8"))
        if match is None:
            raise ValueError(f"{name}.svg holds no <svg> element")
        body = _FRAME.sub("", match["body"])
        lines = "".join(line.strip().replace(" />", "/>") for line in body.splitlines())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{lines}</symbol>')
    rows = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{rows}\n</svg>\n'


def outlines_folder() -> Path:
    """Return the folder of outlines in the checkout's ``node_modules``."""
    root = next(p for p in Path(__file__).resolve().parents if (p / "pyproject.toml").exists())
    return root / "node_modules" / "@tabler" / "icons" / "icons" / "outline"


if __name__ == "__main__":
    SPRITE.write_text(build_sprite(outlines_folder()), encoding="utf-8")
    sys.stdout.write(f"{SPRITE.name}: {len(NAMES)} icons, {SPRITE.stat().st_size} bytes\n")
