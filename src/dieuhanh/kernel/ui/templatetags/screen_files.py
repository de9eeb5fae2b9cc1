"""Links in the head of a page: one sheet, one script and the first fonts; loose, each by itself."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from dieuhanh.kernel.ui import screen_files

register = template.Library()


@register.simple_tag
def style_sheets() -> SafeString:
    """The fonts of the first screen, fetched beside the sheet that names them, and the sheet."""
    built = screen_files.names()
    names = [screen_files.SHEET] if screen_files.SHEET in built else screen_files.loose_sheets()
    font = '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n'
    return _lines(font, screen_files.FONTS) + _lines('<link rel="stylesheet" href="{}">\n', names)


@register.simple_tag
def scripts() -> SafeString:
    """What a page of the shell runs once it stands."""
    built = screen_files.names()
    names = [screen_files.SCRIPT] if screen_files.SCRIPT in built else screen_files.loose_scripts()
    return _lines('<script src="{}" defer></script>\n', names)


def _lines(markup: str, names: Iterable[str]) -> SafeString:
    return format_html_join("", markup, ((static(name),) for name in names))
