"""Why a file cannot be read: one clear sentence each, in Vietnamese and English."""

from dieuhanh.proof.reading.source import Unreadable


def no_file() -> Unreadable:
    return Unreadable("Không có tệp này.", "There is no such file.")


def not_opened() -> Unreadable:
    return Unreadable(
        "Không mở được tệp này: đây là thư mục, hoặc không có quyền đọc.",
        "This file cannot be opened: it is a folder, or may not be read.",
    )


def not_text() -> Unreadable:
    return Unreadable(
        "Tệp này không phải văn bản; hãy đưa tệp TXT, Markdown, HTML, DOCX hoặc PDF.",
        "This file is not a text; give a TXT, Markdown, HTML, DOCX or PDF file.",
    )


def empty() -> Unreadable:
    return Unreadable("Tệp này không có chữ nào.", "This file has no words in it.")


def locked() -> Unreadable:
    return Unreadable(
        "Tệp này được bảo vệ bằng mật khẩu; hãy bỏ mật khẩu rồi thử lại.",
        "This file is protected by a password; remove the password and try again.",
    )


def old_word() -> Unreadable:
    return Unreadable(
        "Tệp này ở định dạng Office cũ; hãy lưu lại thành DOCX.",
        "This file is in an old Office format; save it as DOCX.",
    )


def images_only() -> Unreadable:
    return Unreadable(
        "Tệp này chỉ có hình ảnh (bản quét), không có chữ để đọc.",
        "This file holds only images (a scan); it has no text to read.",
    )


def other_language() -> Unreadable:
    return Unreadable(
        "Văn bản này có vẻ không phải tiếng Việt.", "This text does not seem to be Vietnamese."
    )


def too_large() -> Unreadable:
    return Unreadable(
        "Tệp này quá lớn để soát trong một lần.", "This file is too large to be read at one time."
    )


def broken() -> Unreadable:
    return Unreadable(
        "Tệp này bị hỏng, không mở được.", "This file is damaged and cannot be opened."
    )


def hostile() -> Unreadable:
    return Unreadable(
        "Cấu trúc bên trong tệp này bất thường, có thể gây hại; không mở.",
        "The inside of this file is unusual and may do harm; it was not opened.",
    )
