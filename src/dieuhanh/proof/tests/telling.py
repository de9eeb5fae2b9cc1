"""What the tests of checks ask: which places of a text are told of, and by which check."""

from dieuhanh.proof import Finding, check, check_all, understand
from dieuhanh.proof.reading import read_text


def found_in(text: str) -> list[Finding]:
    return check(understand(read_text(text, "thử")))


def told(text: str) -> list[tuple[str, str]]:
    """(check, quote) of what is found in a text."""
    return [(one.check, one.place.quote) for one in found_in(text)]


def told_between(*texts: str) -> list[tuple[str, str]]:
    """(check, quote) of what only the comparison of several texts finds."""
    reports = [understand(read_text(text, f"{at}.txt")) for at, text in enumerate(texts)]
    return [
        (one.check, one.place.quote) for one in check_all(reports)
        if one.related and one.related[0].file != one.place.file
    ]  # fmt: skip
