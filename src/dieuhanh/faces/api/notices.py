"""Notices of the caller: read and marked as read. Values, not prose: the caller writes the words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status

from dieuhanh.kernel.notifications import actions, queries

LARGEST_PAGE = 200
router = Router()


class NoticeOut(Schema):
    id: int
    kind: str
    entry: int | None
    obligation: int | None
    parts: dict[str, Any]
    created_at: datetime
    read_at: datetime | None


class NoticePage(Schema):
    unread: int
    notices: list[NoticeOut]
    next: int | None


@router.get("/notices", response=NoticePage)
def list_notices(request: HttpRequest, after: int | None = None, size: int = 50) -> dict[str, Any]:
    """One's own notices, newest first; ``next`` is the cursor of the page that follows.

    ``unread`` stops at 100.
    """
    person: Any = request.user
    found = queries.page(person, after=after, size=max(1, min(size, LARGEST_PAGE)))
    return {
        "unread": queries.unread_count(person),
        "notices": [
            {
                "id": one.pk,
                "kind": one.kind,
                "entry": one.entry_id,
                "obligation": one.obligation_id,
                "parts": one.parts,
                "created_at": one.created_at,
                "read_at": one.read_at,
            }
            for one in found.rows
        ],
        "next": found.older,
    }


@router.post("/notices/{notice}/read", response={204: None})
def read_notice(request: HttpRequest, notice: int) -> Status[Any]:
    """Mark one of one's own notices as read.

    Raises:
        Http404: there is none of that number for the caller.
    """
    person: Any = request.user
    if not queries.is_theirs(person, notice):
        raise Http404
    actions.mark_read(person, notice_id=notice)
    return Status(204, None)
