"""Pure rules of documents: the class a report counts, the number series, the symbol. No Django."""

CENTRAL = frozenset({"central_party", "national_assembly", "government", "ministry"})
LOCAL = frozenset({"city_party", "city_council", "local"})

#: type → abbreviation. Law: Nghị định 30/2020/NĐ-CP, Phụ lục III mục I. A công văn has none.
ABBREVIATIONS = {
    "normative_decision": "QĐ",
    "decision": "QĐ",
    "directive": "CT",
    "plan": "KH",
    "notice": "TB",
    "report": "BC",
    "proposal": "TTr",
    "resolution": "NQ",
    "invitation": "GM",
}
ISSUER_CODES = {"committee": "UBND", "office": "VP", "party_affairs": "BCS"}


def incoming_kind(*, origin: str, type: str, secrecy: str, bypasses_level: bool) -> str:
    """The one class under which the half-year report counts an incoming document.

    The printed classes are read as disjoint; the first that fits wins, in this order: secret,
    invitation, one-stop dossier, past the competent level, central, local, other.
    """
    if secrecy != "none":
        return "secret"
    if type == "invitation":
        return "invitation"
    if type == "dossier":
        return "dossier"
    if bypasses_level:
        return "bypassing"
    if origin in CENTRAL:
        return "central"
    return "local" if origin in LOCAL else "other"


def outgoing_kind(*, issuer: str, type: str, secrecy: str) -> str:
    """The one class under which the half-year report counts an outgoing document."""
    if secrecy != "none":
        return "secret"
    if issuer == "party_affairs":
        return "party_affairs"
    if type == "official_letter":
        return "office_letter" if issuer == "office" else "official_letter"
    if issuer == "committee" and type in {
        "normative_decision", "directive", "plan", "decision", "notice", "proposal",
    }:  # fmt: skip
        return type
    return "other"


def outgoing_book(*, issuer: str, type: str, secrecy: str) -> str:
    """The number series of an outgoing document.

    Law: Nghị định 30/2020/NĐ-CP, Điều 15 (VT-01…VT-03), Luật 80/2015/QH13, Điều 10 (VT-07): secret
    documents and each type of normative document have their own series; letters of the Office
    and documents of the Party Affairs Committee are other issuers' books.
    """
    if secrecy != "none":
        return "documents.outgoing.secret"
    if type == "normative_decision":
        return "documents.outgoing.normative"
    if issuer != "committee":
        return f"documents.outgoing.{issuer}"
    return "documents.outgoing"


def symbol(*, number: int, year: int, issuer: str, type: str, field: str = "TH") -> str:
    """Number and symbol as printed (VT-05…VT-07).

    >>> symbol(number=7, year=2024, issuer="committee", type="plan")
    '07/KH-UBND'
    >>> symbol(number=16, year=2021, issuer="committee", type="normative_decision")
    '16/2021/QĐ-UBND'
    >>> symbol(number=1897, year=2024, issuer="committee", type="official_letter", field="KTTH")
    '1897/UBND-KTTH'
    """
    agency = ISSUER_CODES[issuer]
    abbreviation = ABBREVIATIONS.get(type)
    if type == "normative_decision":
        return f"{number:02d}/{year}/{abbreviation}-{agency}"
    if abbreviation is None:
        return f"{number:02d}/{agency}-{field}"
    return f"{number:02d}/{abbreviation}-{agency}"
