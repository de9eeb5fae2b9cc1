"""Files that come whole or not at all, and never over what was read."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dieuhanh.proof.refused import Refused

_READABLE = 0o666


def write(path: Path, data: bytes, *, never: Iterable[Path] = ()) -> None:
    """Put a file in its place when all of it is written.

    Args:
        never: files that must stay as they are.

    Raises:
        Refused: the file is one of them, or cannot be written.
    """
    if path.is_dir():
        raise Refused(f"{path} là thư mục, không phải tệp.", f"{path} is a folder, not a file.")
    for kept in never:
        if _same(path, kept):
            raise Refused(
                f"Không ghi đè {path}: đây là tệp đang được đọc.",
                f"{path} is not overwritten: it is a file that is being read.",
            )
    try:
        _replace(path, data)
    except (OSError, ValueError) as why:
        said = why.strerror if isinstance(why, OSError) and why.strerror else "tên không hợp lệ"
        raise Refused(
            f"Không ghi được tệp {path}: {_WHY.get(_number(why), said)}.",
            f"The file {path} cannot be written: {said}.",
        ) from None


def places(out: Path, inputs: Sequence[Path], suffix: str) -> Iterator[tuple[Path, Path]]:
    """For each input, the file to write: ``out`` itself for one, files in the folder ``out`` else.

    Raises:
        Refused: there is a file where the folder should be.
    """
    if len(inputs) == 1 and not out.is_dir():
        yield inputs[0], out
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused(
            f"Có nhiều tệp cần ghi nên {out} phải là một thư mục.",
            f"Several files are to be written, so {out} has to be a folder.",
        ) from None
    taken: set[str] = set()
    for one in inputs:
        name, again = one.stem, 2
        while name.casefold() in taken:
            name, again = f"{one.stem} ({again})", again + 1
        taken.add(name.casefold())
        yield one, out / f"{name}{suffix}"


_WHY = {
    13: "không có quyền ghi", 28: "đĩa đã đầy", 2: "không có thư mục này", 20: "không có thư mục này",
    30: "ổ đĩa chỉ cho đọc", 36: "tên quá dài", 122: "đã hết dung lượng được cấp",
}  # fmt: skip


def _number(why: OSError | ValueError) -> int:
    return (why.errno or 0) if isinstance(why, OSError) else 0


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError, ValueError):
        return one.samefile(other)
    return os.path.abspath(one) == os.path.abspath(other)


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():  # /dev/stdout, a pipe
        path.write_bytes(data)
        return
    path = path.resolve()  # what a link points to, not the link
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".dieuhanh-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    """That of the file that is replaced; of a new one, what the person's umask allows."""
    with contextlib.suppress(OSError):
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return _READABLE & ~mask
