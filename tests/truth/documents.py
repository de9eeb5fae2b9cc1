"""Documents that arrived and were issued."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from dieuhanh.registers.documents.models import IncomingDocument, OutgoingDocument
from dieuhanh.registers.documents.rules import incoming_kind, outgoing_kind
from tests.truth.made import Made

REGISTERS = ("documents.incoming", "documents.outgoing")


def make(rng: random.Random, one: Made) -> tuple[str, IncomingDocument | OutgoingDocument]:
    one.secret = secret = rng.random() < 0.1
    stub = {"secrecy": "secret", "holder": "Văn thư mật"} if secret else {"secrecy": "none"}
    if one.register == "documents.incoming":
        facts = {
            "origin": rng.choice(["central_party", "national_assembly", "government", "ministry",
                                  "city_party", "city_council", "local", "other"]),
            "type": rng.choice(["official_letter", "report", "resolution", "invitation", "dossier"]),
            "bypasses_level": rng.random() < 0.1,
        }  # fmt: skip
        one.facts = facts | stub
        return incoming_kind(**facts, secrecy=stub["secrecy"]), IncomingDocument(
            sender="Nơi gửi", symbol="" if secret else "01/TH", **facts, **stub
        )
    facts = {
        "issuer": rng.choice(["committee", "committee", "office", "party_affairs"]),
        "type": rng.choice(["normative_decision", "directive", "plan", "decision", "notice",
                            "official_letter", "proposal", "report"]),
    }  # fmt: skip
    one.facts = facts | stub
    return outgoing_kind(**facts, secrecy=stub["secrecy"]), OutgoingDocument(**facts, **stub)


def tally(one: Made, as_of: dt.date) -> Iterator[str]:
    if not one.opened_by(as_of):
        return
    f = one.facts
    if one.register == "documents.incoming":
        yield "documents.incoming.total"
        central = f["origin"] in ("central_party", "national_assembly", "government", "ministry")
        if f["secrecy"] != "none":
            yield "documents.incoming.secret"
        elif f["type"] == "invitation":
            yield "documents.incoming.meeting_invitations"
        elif f["type"] == "dossier":
            yield "documents.incoming.one_stop_dossiers"
        elif f["bypasses_level"]:
            yield "documents.incoming.bypassing_level"
        elif central:
            yield "documents.incoming.central"
            if f["origin"] == "government":
                yield "documents.incoming.central.government"
        elif f["origin"] != "other":
            yield "documents.incoming.local"
            if f["origin"] == "city_party":
                yield "documents.incoming.city_party"
            if f["origin"] == "city_council":
                yield "documents.incoming.people_council"
                if f["type"] == "resolution":
                    yield "documents.incoming.people_council.resolutions"
        return
    yield "documents.outgoing.total"
    names = {
        "normative_decision": "legal_normative_decisions", "directive": "directives",
        "plan": "plans", "decision": "administrative_decisions", "notice": "notices",
        "official_letter": "official_letters", "proposal": "submissions",
    }  # fmt: skip
    if f["secrecy"] != "none":
        yield "documents.outgoing.secret"
    elif f["issuer"] == "party_affairs":
        yield "documents.outgoing.party_affairs_committee"
    elif f["issuer"] == "office":
        if f["type"] == "official_letter":
            yield "documents.outgoing.office_letters"
    elif f["type"] in names:
        yield f"documents.outgoing.{names[f['type']]}"
