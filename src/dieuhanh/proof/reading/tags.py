"""HTML taken apart into tags and words, in time linear in its length whatever it holds.

The standard library's parser needs quadratic time for texts made to hurt ("<!--" a million times),
and its strictness is not needed to lay out words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(
    r"\b(id|class|href|colspan|style)\s?=\s?(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.I
)
#: What stands in these is no text of the page, and only their own end ends them.
_SILENT = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in ("script", "style", "template", "noscript", "svg", "textarea", "title")
}


@dataclass(frozen=True, slots=True)
class Tag:
    name: str
    closes: bool
    rest: str

    def attributes(self) -> dict[str, str]:
        """Those that tell something of the layout."""
        return {
            found[1].lower(): _plain(found[2].strip("\"'"))
            for found in _ATTRIBUTE.finditer(self.rest[:5_000])
        }


def tags_and_words(html: str) -> Iterator[Tag | str]:
    """The tags and the words between them, in order; comments and scripts left out."""
    at = 0
    while at < len(html):
        begins = html.find("<", at)
        if begins < 0:
            begins = len(html)
        if begins > at:
            yield _plain(html[at:begins])
        if html.startswith("<!--", begins):
            ends = html.find("-->", begins + 4)
            if ends < 0:
                return
            at = ends + 3
            continue
        at = begins + 1
        ends = _tag_end(html, begins)
        inside = html[at:ends] if ends > 0 else ""
        found = _NAME.match(inside)
        if found is None and inside[:1] not in ("!", "?"):
            yield html[begins:at]
            continue
        at = ends + 1
        if found is None:
            continue
        tag = Tag(found[1].lower(), inside.startswith("/"), inside[found.end() :])
        if tag.name in _SILENT:
            if not tag.closes and not tag.rest.endswith("/"):
                closing = _SILENT[tag.name].search(html, at)
                if closing is None:
                    return
                at = closing.start()
            continue
        yield tag


def _plain(words: str) -> str:
    try:
        return unescape(words)
    except ValueError:  # a number of thousands of digits for a letter
        return words


def _tag_end(html: str, begins: int) -> int:
    """Where the tag that begins here ends: at the first ">" outside quotes; -1 for none."""
    bound = html.find("<", begins + 1)
    bound = len(html) if bound < 0 else bound
    ends = html.find(">", begins, bound)
    if ends < 0 or html.count('"', begins, ends) % 2 == 0:
        return ends
    closing = html.find('"', ends, bound)
    after = html.find(">", closing, bound) if closing > 0 else -1
    return after if after > 0 else ends
