"""The command `dieuhanh`: everything that is done from a shell."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from dieuhanh.proof import Finding, Report

DEMO_NOW = "2024-06-17T08:40"
DEMO_REPORTS = (("socioeconomic", "2024-H1"), ("direction", "2024-H1"))
DEMO_AS_OF = date(2024, 6, 15)
console = Console(highlight=False)


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}” không phải ngày; ghi như 2024-06-15.") from None


def _prepared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Start the embedded database, set Django up, and turn known failures into one sentence."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            _set_up()
            return command(*args, **kwargs)
        except click.ClickException:
            raise
        except Exception as error:
            sentence = _sentence(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error

    return run


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dieuhanh.config.settings")
    from dieuhanh.config import database

    if database.is_embedded():
        root = Path(__file__).resolve().parents[3]
        database.start_embedded(Path(os.environ.get("DIEUHANH_VAR", root / "var")))
    import django

    django.setup()


def _sentence(error: Exception) -> str | None:
    """One sentence for a failure that is not a fault of the program; None for any other."""
    from django.db import OperationalError, ProgrammingError

    from dieuhanh.config.database import DatabaseUnavailable
    from dieuhanh.faces.loading.dataset import DatasetConflict
    from dieuhanh.faces.loading.reference import DataFileError
    from dieuhanh.kernel.measures.model import UnknownMeasure
    from dieuhanh.kernel.workdays.notices import NoticeFileError
    from dieuhanh.reports.compose.sections import SectionError
    from dieuhanh.reports.compose.template import UnknownPeriod, UnknownReport

    if isinstance(
        error,
        DatabaseUnavailable | DatasetConflict | DataFileError | NoticeFileError | SectionError
        | UnknownPeriod | UnknownReport,
    ):  # fmt: skip
        return str(error)
    if isinstance(error, UnknownMeasure):
        return f"Không có chỉ tiêu báo cáo {error}; gõ `dieuhanh measure list` để xem."
    if isinstance(error, OperationalError):
        return f"Không kết nối được kho dữ liệu: {str(error).strip().splitlines()[0]}"
    if isinstance(error, ProgrammingError) and "does not exist" in str(error):
        return "Kho dữ liệu chưa được dựng; gõ `dieuhanh load` trước."
    if isinstance(error, FileExistsError):
        return str(error)
    if isinstance(error, PermissionError | FileNotFoundError):
        return f"Không mở được {error.filename}: {error.strerror}."
    return None


@click.group()
def main() -> None:
    """Điều Hành: hệ thống điều hành của Ủy ban nhân dân."""


def _migrate() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from dieuhanh.config import database

    database.prepare(settings.VAR_DIR)
    call_command("migrate", database="owner", verbosity=0, interactive=False, skip_checks=True)
    with connections["owner"].cursor() as cursor:
        database.grant(cursor)
    connections["owner"].close()


def _load(*, scale: int, demo: bool, replace: bool) -> dict[str, int]:
    from django.conf import settings

    from dieuhanh.faces.loading import dataset

    _migrate()
    if dataset.loaded_checksum(settings.DATASET) == dataset.checksum(settings.DATASET, scale):
        dataset.load_reference(demo=demo)
        return {}
    with Progress(
        TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=console, transient=False,
    ) as bars:  # fmt: skip
        task = bars.add_task("Nạp bộ dữ liệu", total=None)
        return dataset.load(
            settings.DATASET,
            scale=scale,
            demo=demo,
            replace=replace,
            progress=lambda step, n: bars.update(task, advance=n, description=f"Nạp {step}"),
        )


@main.command()
@click.option("--scale", default=1, show_default=True, help="Nhân các tổng số lên (để đo).")
@click.option("--replace", is_flag=True, help="Thay bộ dữ liệu đã nạp từ phiên bản khác.")
@click.option("--demo/--no-demo", default=True, help="Tạo các tài khoản dùng thử.")
@click.option(
    "--reference-only", is_flag=True, help="Chỉ dữ liệu nền: đơn vị, thời hạn; sổ để trống."
)
@_prepared
def load(scale: int, replace: bool, demo: bool, reference_only: bool) -> None:
    """Dựng kho dữ liệu rồi nạp dữ liệu nền và bộ dữ liệu."""
    started = time.monotonic()
    if reference_only:
        from dieuhanh.faces.loading.reference import load_reference

        _migrate()
        load_reference(demo=False)
        console.print("Đã nạp đơn vị và thời hạn; các sổ để trống.")
        return
    written = _load(scale=scale, demo=demo, replace=replace)
    if not written:
        console.print("Bộ dữ liệu đã nạp từ trước, không có gì thay đổi.")
        return
    for code, count in written.items():
        console.print(f"  {code:24} {count:>9}")
    console.print(f"Nạp xong trong {time.monotonic() - started:.1f} giây.")


@main.group()
def report() -> None:
    """Báo cáo."""


@report.command("list")
@_prepared
def report_list() -> None:
    """Các báo cáo lập được."""
    from dieuhanh.reports.compose.template import templates

    for template in templates():
        console.print(f"{template.id:16} {template.values['title']}")


@report.command("build")
@click.argument("report")
@click.option("--period", required=True, help="Kỳ báo cáo: 2024-H1, 2024-Q2, 2024-05, 2024.")
@click.option("--as-of", callback=_day, help="Số liệu tính đến hết ngày này (năm-tháng-ngày).")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Thư mục ghi kết quả.")
@_prepared
def report_build(report: str, period: str, as_of: date | None, out: Path) -> None:
    """Lập một báo cáo: report.html, report.docx, report.pdf, figures.json."""
    from dieuhanh.reports.publish import publish

    composed = publish(report, period, as_of, out)
    missing = composed.document.missing
    console.print(f"{composed.document.title}: {len(composed.answers)} số liệu, ghi vào {out}")
    for name in missing:
        console.print(f"  chưa có số liệu: {name}")


@main.group()
def measure() -> None:
    """Chỉ tiêu báo cáo."""


@measure.command("list")
@_prepared
def measure_list() -> None:
    """Mọi chỉ tiêu báo cáo, mỗi dòng một chỉ tiêu."""
    from dieuhanh.kernel.measures.model import all_measures

    for one in sorted(all_measures(), key=lambda each: each.id):
        click.echo(f"{one.id}\t{one.unit}\t{one.label}")


@measure.command("show")
@click.argument("id")
@click.option("--from", "start", callback=_day, required=True, help="Ngày đầu kỳ.")
@click.option("--to", "end", callback=_day, required=True, help="Ngày cuối kỳ.")
@click.option("--as-of", callback=_day, help="Tính đến hết ngày (mặc định: ngày cuối kỳ).")
@click.option("--period", default="2024-H1", show_default=True, help="Kỳ của số liệu công bố.")
@_prepared
def measure_show(id: str, start: date, end: date, as_of: date | None, period: str) -> None:
    """Giá trị, cách tính và những mục đầu tiên của một chỉ tiêu."""
    from dieuhanh.kernel.measures import evaluate, model
    from dieuhanh.text import dates

    window = model.Window(start, end, as_of or end, period)
    answer = evaluate.Evaluator(window).answer(id)
    click.echo(f"{answer.measure.label}: {answer.shown} {answer.measure.unit}")
    click.echo(f"Định nghĩa: {answer.measure.definition}")
    click.echo(f"Cách tính: {answer.formula}")
    click.echo(f"Kỳ số liệu: {dates.span(window.start, window.cutoff)}")
    if answer.source:
        click.echo(f"Nguồn: {answer.source}")
    entries = evaluate.behind(answer.measure, window)
    if entries is not None:
        guarded = "không hiện ở đây"
        for entry in entries.order_by("-opened_on", "-id")[:5]:
            title = entry.title if entry.confidentiality == "ordinary" else guarded
            click.echo(f"  {entry.number}/{entry.year}  {dates.day(entry.opened_on)}  {title}")


@main.group()
def user() -> None:
    """Tài khoản."""


@user.command("create-admin")
@click.argument("username")
@click.option("--name", prompt="Họ và tên")
@click.option("--unit", "unit_code", default="UBND", show_default=True, help="Mã đơn vị.")
@click.password_option()
@_prepared
def create_admin(username: str, name: str, unit_code: str, password: str) -> None:
    """Tạo tài khoản quản trị."""
    from dieuhanh.kernel.identity import actions
    from dieuhanh.kernel.identity.models import Role

    try:
        actions.create_person(
            username=username, full_name=name, unit_code=unit_code,
            role=Role.ADMINISTRATOR, password=password,
        )  # fmt: skip
    except actions.AccountRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Đã tạo tài khoản {username}.")


@user.command("reset-password")
@click.argument("username")
@click.password_option()
@_prepared
def reset_password(username: str, password: str) -> None:
    """Đặt lại mật khẩu."""
    from dieuhanh.kernel.identity import actions

    try:
        actions.reset_password(username=username, password=password)
    except actions.AccountRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"Đã đặt lại mật khẩu của {username}.")


@main.group()
def unit() -> None:
    """Đơn vị."""


@unit.command("dissolve")
@click.argument("code")
@click.option("--on", callback=_day, required=True, help="Ngày hoạt động cuối cùng.")
@click.option(
    "--successor", "successors", multiple=True, required=True,
    help="Mã đơn vị kế thừa; ghi nhiều lần được, đơn vị đầu nhận việc đang mở.",
)  # fmt: skip
@click.option("--reason", required=True, help="Lý do, số và ký hiệu văn bản.")
@_prepared
def unit_dissolve(code: str, on: date, successors: tuple[str, ...], reason: str) -> None:
    """Kết thúc hoạt động của một đơn vị; việc đang mở chuyển sang đơn vị kế thừa."""
    from dieuhanh.kernel.entries.errors import Refusal
    from dieuhanh.kernel.journal.actions import SYSTEM
    from dieuhanh.kernel.tracking.reference.actions import dissolve_unit
    from dieuhanh.kernel.tracking.reference.queries import unit_by_code

    if not reason.strip():
        raise click.ClickException("Xin ghi lý do.")
    codes = list(dict.fromkeys(successors))
    units = [unit_by_code(one) for one in (code, *codes)]
    known = [one for one in units if one is not None]
    if len(known) < len(units):
        unknown = [one for one, found in zip((code, *codes), units, strict=True) if not found]
        raise click.ClickException(f"Không có đơn vị mã {', '.join(unknown)}.")
    ending, *following = known
    try:
        count = dissolve_unit(
            ending.pk, actor=SYSTEM, on=on, successors=following, reason=reason.strip()
        )
    except Refusal as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(f"{ending.name} kết thúc hoạt động; {count} việc chuyển sang {following[0].name}.")


@main.group()
def journal() -> None:
    """Nhật ký."""


@journal.command("seal")
@_prepared
def journal_seal() -> None:
    """Niêm phong các dòng mới của nhật ký."""
    from dieuhanh.kernel.journal.actions import seal

    mark = seal()
    click.echo(f"Đã niêm phong đến dòng {mark.last_line}." if mark else "Không có dòng mới.")


@journal.command("verify")
@_prepared
def journal_verify() -> None:
    """Kiểm tra các niêm phong; khác 0 khi có dòng bị sửa."""
    from dieuhanh.kernel.journal.actions import broken_seals

    broken = broken_seals()
    for mark in broken:
        click.echo(f"Các dòng {mark.first_line}-{mark.last_line} không khớp niêm phong.")
    if broken:
        sys.exit(1)
    click.echo("Mọi niêm phong đều khớp.")


@main.group()
def vault() -> None:
    """Khóa bảo mật."""


@vault.command("add-key")
@_prepared
def vault_add_key() -> None:
    """Thêm một khóa mới lên đầu tệp khóa; các khóa cũ vẫn mở được nội dung cũ."""
    from dieuhanh.kernel.vault import keys

    path = keys.key_file()
    if path is None:
        raise click.ClickException(
            "Khóa đang lấy từ DIEUHANH_VAULT_KEY; xin thêm khóa mới vào đầu biến đó."
        )
    try:
        if path.exists():
            keys.ring()
        keys.add_key(path)
    except keys.VaultClosed as closed:
        raise click.ClickException(str(closed)) from closed
    click.echo(f"Đã thêm khóa vào {path}; xin sao lưu tệp này riêng với kho dữ liệu.")


@vault.command("rotate")
@_prepared
def vault_rotate() -> None:
    """Mã hóa lại bằng khóa mới nhất những gì khóa cũ đã mã hóa."""
    from dieuhanh.kernel.entries.errors import Refusal
    from dieuhanh.kernel.journal.actions import SYSTEM
    from dieuhanh.registers.complaints.actions import reseal_letters

    try:
        count = reseal_letters(actor=SYSTEM)
    except Refusal as refusal:
        raise click.ClickException(str(refusal.message)) from refusal
    click.echo(f"Đã mã hóa lại {count} dòng; các khóa cũ nay chỉ còn cần cho bản sao lưu cũ.")


@main.command(
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def proof(words: tuple[str, ...]) -> None:
    """Soát số liệu trong báo cáo (TXT, DOCX, PDF…): 0 không thấy sai, 1 có chỗ sai, 2 không đọc được."""
    from dieuhanh.proof.arguments import main as read_words

    sys.exit(read_words(words, against=against_registers))


def against_registers(reports: Sequence[Report]) -> list[Finding]:
    """What reports print otherwise than the registers of this site; for `proof --against-registers`.

    Raises:
        Refused: the registers cannot be asked; the exception says why.
    """
    from dieuhanh.proof.refused import Refused

    try:
        _set_up()
        from dieuhanh.reports.proofing.against import against_registers as compare

        return compare(reports)
    except Exception as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise Refused(sentence, str(error)) from error


@main.command()
def doctor() -> None:
    """Kiểm tra kho dữ liệu, vai trò, cấu trúc, tệp tĩnh, phông chữ, đĩa; khác 0 khi có lỗi."""
    try:
        _set_up()
    except Exception as error:
        raise click.ClickException(str(error)) from error
    from dieuhanh.faces import doctor as checks

    failures = 0
    for name, problem, note in checks.run():
        if problem:
            failures += 1
            console.print(f"[red]✗[/red] {name}: {problem}")
        else:
            console.print(f"[green]✓[/green] {name}" + (f": {note}" if note else ""))
    sys.exit(1 if failures else 0)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True)
@click.option(
    "--only", type=click.Choice(["web", "worker", "scheduler", "live"]), default=None,
    help="Chỉ chạy một phần (khi chia ra nhiều máy).",
)  # fmt: skip
@_prepared
def serve(port: int, workers: int, only: str | None) -> None:
    """Chạy trang web, xử lý việc nền, lịch nhắc và tin tức thời tại địa chỉ máy này."""
    from dieuhanh.faces.serving import PartFailed, PortTaken, serve_forever

    try:
        serve_forever(port, workers, only or "")
    except (PartFailed, PortTaken) as failure:
        raise click.ClickException(str(failure)) from failure


@main.command()
@click.option("--port", default=8000, show_default=True)
def demo(port: int) -> None:
    """Dựng, nạp, lập báo cáo mẫu rồi chạy trang web (SERVE=0: dừng trước khi chạy)."""
    os.environ.setdefault("DIEUHANH_DEMO", "1")
    os.environ.setdefault("DIEUHANH_NOW", DEMO_NOW)
    _run_demo(port, serving=os.environ.get("SERVE", "1") != "0")


@_prepared
def _run_demo(port: int, *, serving: bool) -> None:
    from django.conf import settings

    from dieuhanh.faces.serving import PartFailed, PortTaken, require_free, serve_forever
    from dieuhanh.reports.publish import publish

    try:
        if serving:
            require_free(port)
        started = time.monotonic()
        _load(scale=1, demo=True, replace=False)
        table = Table("Báo cáo", "Số liệu", "Mục trong sổ", "Giây")
        table.add_column("Thư mục", overflow="fold")
        for name, period in DEMO_REPORTS:
            began = time.monotonic()
            out = settings.BASE_DIR / "out" / settings.DATASET / name
            composed = publish(name, period, DEMO_AS_OF, out)
            entries = sum(
                one.entries or 0 for one in composed.answers.values() if one.origin == "counted"
            )
            seconds = f"{time.monotonic() - began:.1f}"
            shown = str(out.relative_to(settings.BASE_DIR))
            table.add_row(name, str(len(composed.answers)), f"{entries:,}".replace(",", "."),
                          seconds, shown)  # fmt: skip
        console.print(table)
        console.print(f"Xong trong {time.monotonic() - started:.1f} giây.")
        if serving:
            console.print(
                f"Mở http://localhost:{port} rồi chọn một người dùng thử. Bấm Ctrl-C để dừng."
            )
            serve_forever(port, workers=2)
    except (PartFailed, PortTaken) as failure:
        raise click.ClickException(str(failure)) from failure
