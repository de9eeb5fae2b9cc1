"""Every icon that a page names is in the sprite."""

import re
from pathlib import Path

import pytest

from dieuhanh.kernel.ui import icons
from dieuhanh.kernel.ui.templatetags import look

SOURCE = Path(icons.__file__).resolve().parents[2]
TAG = re.compile(r"""{%\s*icon\s+["']([a-z0-9-]+)["']""")
DEFAULT = re.compile(r"""icon\|default:["']([a-z0-9-]+)["']""")
CHIP = re.compile(r"""{%\s*chip\s+\S+\s+["'][a-z]+["']\s+["']([a-z0-9-]+)["']""")
PYTHON = re.compile(r"""\b(?:icon=|["']icon["']\s*:\s*)["']([a-z0-9-]+)["']""")
SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"')


def drawn() -> set[str]:
    return set(SYMBOL.findall(icons.SPRITE.read_text(encoding="utf-8")))


def test_every_icon_of_a_template_is_drawn() -> None:
    missing = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in SOURCE.rglob("*.html")
        for pattern in (TAG, DEFAULT, CHIP)
        for name in pattern.findall(path.read_text(encoding="utf-8"))
        if name not in drawn()
    }
    assert not missing, "add them to icons.NAMES and build the sprite again"


def test_every_icon_named_in_python_is_drawn() -> None:
    missing = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts
        for name in PYTHON.findall(path.read_text(encoding="utf-8"))
        if name not in drawn()
    }
    assert not missing, "add them to icons.NAMES and build the sprite again"


def test_states_and_messages_have_an_icon() -> None:
    assert set(look.DUE_ICONS.values()) | set(look.MESSAGE_ICONS.values()) <= drawn()


def test_the_sprite_holds_what_names_says() -> None:
    assert drawn() == set(icons.NAMES)
    assert len(icons.NAMES) == len(set(icons.NAMES))


def test_the_sprite_is_built_from_the_installed_icons() -> None:
    outlines = icons.outlines_folder()
    if not outlines.exists():
        pytest.skip("node_modules is not installed")
    assert icons.build_sprite(outlines) == icons.SPRITE.read_text(encoding="utf-8"), (
        "python -m dieuhanh.kernel.ui.icons"
    )


def test_a_file_that_is_no_icon_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plus.svg").write_text("no picture", encoding="utf-8")
    with pytest.raises(ValueError, match="plus"):
        icons.build_sprite(tmp_path, ("plus",))
