"""Asking for an errand, doing it, telling that it ended."""

from __future__ import annotations

import logging
import secrets
import shutil
import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from dieuhanh.kernel.entries.errors import Refusal
from dieuhanh.kernel.errands import performers
from dieuhanh.kernel.errands.models import Errand
from dieuhanh.kernel.errands.performers import Outcome
from dieuhanh.kernel.identity.models import Person
from dieuhanh.kernel.identity.queries import held_by, is_running
from dieuhanh.kernel.journal import clock
from dieuhanh.kernel.notifications import queue
from dieuhanh.kernel.notifications.actions import notify
from dieuhanh.kernel.notifications.models import NoticeKind

#: Days for which what an errand made can be fetched.
KEPT_DAYS = 7
#: Seconds between two tellings of progress.
PAUSE = 0.5
#: The class of advisory locks that keep an errand from being done twice at once.
LOCK = 5
log = logging.getLogger("dieuhanh")


def folder() -> Path:
    """Where files of errands lie, only their owner's page gives them out."""
    return Path(settings.MEDIA_ROOT) / "errands"


def keep_file(content: BinaryIO) -> str:
    """Keep an upload or a result until it is done with; the name under which it lies."""
    folder().mkdir(parents=True, exist_ok=True)
    name = uuid.uuid4().hex
    with (folder() / name).open("wb") as out:
        shutil.copyfileobj(content, out)
    return name


def ask_errand(
    person: Person,
    *,
    kind: str,
    title: str,
    back: str,
    arguments: dict[str, Any],
    file: str = "",
) -> Errand:
    """Put an errand into the queue. It is done as this person, with the rights they then have.

    Where no worker is alive (a machine for trying things out) it is done at once.

    Args:
        title: shown to its owner and in a notice: no title of an entry, no name of a citizen.
        back: the address that belongs to it, shown when it ended.
        file: what `keep_file` returned, for an import.
    """
    with transaction.atomic():
        errand = Errand.objects.create(
            person=person, mandate_id=person.acting.pk if person.acting else None, kind=kind,
            title=title, back=back, arguments=arguments, file=file, asked_at=clock.now(),
        )  # fmt: skip
        alive = queue.live_workers()
        if alive:
            queue.defer(queue.ERRAND, [{"errand_id": errand.pk}])
    if not alive:
        perform_errand(errand.pk)
        errand.refresh_from_db()
    return errand


def _as_asked(errand: Errand) -> Person:
    """The person, under the mandate under which they asked.

    Raises:
        Refusal: the mandate no longer runs, or the account is closed.
    """
    person = errand.person
    if not person.is_active:
        raise Refusal(_("Tài khoản đã ngừng hoạt động."))
    if errand.mandate_id:
        mandate = held_by(person, errand.mandate_id)
        if mandate is None or not is_running(mandate):
            raise Refusal(_("Việc ủy quyền, làm thay đã hết hiệu lực."))
        person.act_under(mandate)
    return person


def perform_errand(errand_id: int) -> None:
    """Do an errand to its end. A second worker, after the first one died or beside it, does
    nothing twice: what it writes and that it ended are one transaction under one lock."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, errand_id])
            errand = Errand.objects.select_related("person").get(pk=errand_id)
            if errand.ended_at:
                return
            tell = _teller(errand_id)
            tell(0, None)
            outcome = performers.of(errand.kind)(errand, _as_asked(errand), tell)
            _end(errand, outcome)
    except Refusal as refusal:
        _fail(errand_id, str(refusal.message))
    except Exception as error:
        code = secrets.token_hex(2).upper()
        log.error("errand %s failed: %s %s", errand_id, code, type(error).__name__)
        _fail(errand_id, _("Hệ thống gặp lỗi khi làm việc này; báo mã %(code)s.") % {"code": code})


def _teller(errand_id: int) -> performers.Progress:
    """Writes progress on a connection of its own, so that others see it before the work is
    committed."""
    last = 0.0

    def tell(done: int, total: int | None) -> None:
        nonlocal last
        if time.monotonic() - last < PAUSE:
            return
        last = time.monotonic()
        beside = connection.copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute(
                    "UPDATE errands_errand SET started_at = coalesce(started_at, %s), done = %s,"
                    " total = %s WHERE id = %s AND ended_at IS NULL",
                    [clock.now(), done, total, errand_id],
                )
        finally:
            beside.close()

    return tell


def _end(errand: Errand, outcome: Outcome) -> None:
    now = clock.now()
    made = ""
    if outcome.made is not None:
        with outcome.made.open("rb") as content:
            made = keep_file(content)
        outcome.made.unlink()
    failure = outcome.said if outcome.faults else ""
    Errand.objects.filter(pk=errand.pk).update(
        started_at=errand.started_at or now, ended_at=now, file=made, file_name=outcome.name,
        said="" if failure else outcome.said, failure=failure,
        faults=[list(one) for one in outcome.faults],
    )  # fmt: skip
    _tell_owner(errand, failed=bool(failure))
    if errand.file:
        transaction.on_commit(lambda: _forget_file(errand.file))


@transaction.atomic
def _fail(errand_id: int, why: str) -> None:
    errand = Errand.objects.select_related("person").get(pk=errand_id)
    now = clock.now()
    Errand.objects.filter(pk=errand_id).update(
        started_at=errand.started_at or now, ended_at=now, failure=why[:500], file=""
    )
    _tell_owner(errand, failed=True)
    if errand.file:
        transaction.on_commit(lambda: _forget_file(errand.file))


def _tell_owner(errand: Errand, *, failed: bool) -> None:
    notify(
        errand.person, NoticeKind.ERRAND, again=str(errand.pk), errand=errand.pk,
        title=errand.title, failed=failed,
    )  # fmt: skip


def _forget_file(name: str) -> None:
    (folder() / name).unlink(missing_ok=True)


def drop_old() -> int:
    """Drop the files of errands that ended long ago; how many. The errands themselves stay."""
    before = clock.now() - timedelta(days=KEPT_DAYS)
    old = Errand.objects.filter(ended_at__lt=before).exclude(file="")
    for errand in old:
        _forget_file(errand.file)
    return old.update(file="")
