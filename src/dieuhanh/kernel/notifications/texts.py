"""The words of a notice, in the language of whoever reads it, from the values it keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dieuhanh.kernel.entries import registry
from dieuhanh.kernel.notifications.models import Notice, NoticeKind
from dieuhanh.text import dates, numbers


def register_label(code: str) -> str:
    """The name of a register; its code where it is no longer kept."""
    try:
        return str(registry.get(code).label)
    except KeyError:
        return code


def path_of(code: str, entry_id: int | None) -> str:
    """The address of an entry's page within the site; "" where it has none."""
    try:
        return f"/{registry.get(code).slug}/{entry_id}/" if entry_id else ""
    except KeyError:
        return ""


def _due(parts: dict[str, Any]) -> str:
    return dates.day(datetime.fromisoformat(parts["due"])) if parts.get("due") else ""


def thing(parts: dict[str, Any]) -> str:
    """Văn bản đến số 4.039/2024: Đăng ký, trình, chuyển văn bản đến; hạn 20/6/2024."""
    if "register" not in parts:
        return ""
    words = _("%(register)s số %(number)s/%(year)s") % {
        "register": register_label(parts["register"]),
        "number": numbers.number(parts["number"]),
        "year": parts["year"],
    }
    if parts.get("duty"):
        words = f"{words}: {parts['duty']}"
    if due := _due(parts):
        words = _("%(thing)s; hạn %(day)s") % {"thing": words, "day": due}
    return words


def subject(notice: Notice) -> str:
    """What the notice is about, in a line: the kind of news and the thing's number."""
    parts = notice.parts
    kind = NoticeKind(notice.kind).label
    if notice.kind == NoticeKind.DIGEST:
        day = datetime.fromisoformat(parts["day"])
        return _("Bản tin đầu ngày %(day)s") % {"day": dates.day(day)}
    if "register" not in parts:
        return str(kind)
    return _("%(kind)s: %(register)s số %(number)s/%(year)s") % {
        "kind": kind,
        "register": register_label(parts["register"]),
        "number": numbers.number(parts["number"]),
        "year": parts["year"],
    }


def sentence(notice: Notice) -> str:
    """What the person is told, without the message that somebody added."""
    parts = notice.parts
    values = {"thing": thing(parts), "by": parts.get("by") or _("Hệ thống"), "due": _due(parts)}
    match NoticeKind(notice.kind):
        case NoticeKind.SOON:
            return _("Việc sắp đến hạn. %(thing)s.") % values
        case NoticeKind.TODAY:
            return _("Việc đến hạn hôm nay. %(thing)s.") % values
        case NoticeKind.LATE:
            return _("Việc đã quá hạn. %(thing)s.") % values
        case NoticeKind.ESCALATED:
            days = int(parts.get("days", 0))
            late = ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days) % {"n": days}
            values |= {"late": late, "unit": parts.get("unit", "")}
            return _("Việc của %(unit)s đã quá hạn %(late)s. %(thing)s.") % values
        case NoticeKind.URGED:
            return _("%(by)s đôn đốc. %(thing)s.") % values
        case NoticeKind.ASSIGNED:
            return _("%(by)s giao việc. %(thing)s.") % values
        case NoticeKind.HANDED_OVER:
            return _("%(by)s chuyển giao việc. %(thing)s.") % values
        case NoticeKind.EXTENSION_ASKED:
            return _("%(by)s đề nghị gia hạn. %(thing)s.") % values
        case NoticeKind.DECIDED:
            if parts.get("granted"):
                return _("%(by)s đồng ý gia hạn. %(thing)s.") % values
            return _("%(by)s không đồng ý gia hạn. %(thing)s.") % values
        case NoticeKind.RETURNED:
            return _("%(by)s trả lại kết quả để làm tiếp. %(thing)s.") % values
        case NoticeKind.PAUSED:
            return _("Thời hạn tạm dừng. %(thing)s.") % values
        case NoticeKind.DEADLINE_MOVED:
            return _("Thời hạn của việc đã thay đổi. %(thing)s.") % values
        case NoticeKind.ERRAND:
            if parts.get("failed"):
                return _("%(title)s: không xong.") % {"title": parts.get("title", "")}
            return _("%(title)s: đã xong.") % {"title": parts.get("title", "")}
        case NoticeKind.DIGEST:
            return _("Quá hạn %(late)s, đến hạn hôm nay %(today)s, sắp đến hạn %(soon)s.") % {
                name: numbers.number(parts[name]) for name in ("late", "today", "soon")
            }


def details(notice: Notice) -> list[str]:
    """Lines below the sentence: what was typed; the mail that could not be delivered."""
    parts = notice.parts
    lines = [parts["message"]] if parts.get("message") else []
    failed = parts.get("undelivered", [])
    if failed:
        total = int(parts.get("undelivered_total", len(failed)))
        lines.append(
            ngettext(
                "%(n)s thư không chuyển được:", "%(n)s thư không chuyển được:", total
            ) % {"n": numbers.number(total)}
        )  # fmt: skip
        lines += [
            _("%(who)s, lúc %(at)s: %(why)s")
            % {
                "who": one["who"],
                "at": dates.moment(datetime.fromisoformat(one["at"])),
                "why": one["why"],
            }
            for one in failed
        ]
    return lines


def body(notice: Notice, site: str) -> str:
    """The text of the mail.

    Args:
        site: address of the site, such as https://dieuhanh.example; "" and no link is given.
    """
    parts = notice.parts
    lines = [sentence(notice), *details(notice)]
    for row in parts.get("rows", []):
        lines.append(f"- {thing(row)}")
        if site:
            lines.append(f"  {site}{path_of(row['register'], row['entry'])}")
    if parts.get("rows") and (rest := sum(parts[n] for n in ("late", "today", "soon"))
                              - len(parts["rows"])) > 0:  # fmt: skip
        lines.append(_("… và %(n)s việc khác.") % {"n": numbers.number(rest)})
    path = path_of(parts.get("register", ""), notice.entry_id)
    if site:
        lines.append(f"{site}{path or '/thong-bao/'}")
    lines += ["", _("Thư này do hệ thống Điều Hành gửi tự động; xin không trả lời.")]
    return "\n".join(lines) + "\n"
