"""Proofreading: files in, findings out; nothing is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from dieuhanh.faces.desk.proofing.pages import MOST_FILES
from dieuhanh.faces.desk.proofing.papers import Look, read_papers
from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.files.storage import LARGEST
from dieuhanh.proof.output.told import told

router = Router()


class PlaceOut(Schema):
    """A stretch of the text as read: lines, pages and paragraphs count from 1."""

    file: str
    line: int
    line_end: int
    start: int
    end: int
    quote: str
    page: int | None = None
    paragraph: int | None = None


class FindingOut(PlaceOut):
    check: str
    severity: str
    message_vi: str
    message_en: str
    arithmetic: str
    suggestion: str
    related: list[PlaceOut]


class ProofOut(Schema):
    """``files``: each with its day, what of it was not read, or why it was not read at all."""

    files: list[dict[str, Any]]
    findings: list[FindingOut]


class FaultOut(Schema):
    field: str
    message: str


class FaultsOut(Schema):
    faults: list[FaultOut]


@router.post("/proof", response={200: ProofOut, 422: FaultsOut}, exclude_none=True)
def proof(
    request: HttpRequest, files: File[list[UploadedFile]], registers: Form[bool] = False
) -> Any:
    """Look at files (DOCX, PDF, HTML, Markdown, TXT), together; ``registers`` compares them with
    the registers too."""
    if len(files) > MOST_FILES or any((one.size or 0) > LARGEST for one in files):
        words = f"Nhiều nhất {MOST_FILES} tệp, mỗi tệp không quá {LARGEST >> 20} MB."
        return Status(422, {"faults": [{"field": "files", "message": words}]})
    papers, refused = read_papers((one.name or "", one.read()) for one in files)
    try:
        outcome = Look(papers, refused, registers).outcome
    except Refusal as refusal:
        return Status(422, {"faults": [{"field": "files", "message": str(refusal.message)}]})
    return told(outcome)
