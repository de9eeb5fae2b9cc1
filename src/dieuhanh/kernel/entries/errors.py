"""Refusals of actions. Each carries one sentence for the person at the screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An action was refused; nothing was changed. ``field`` names the form field it concerns."""

    message: str | Promise = _("Không thực hiện được.")

    def __init__(self, message: str | Promise | None = None, *, field: str | None = None) -> None:
        super().__init__(str(message or self.message))
        if message:
            self.message = message
        self.field = field


class Forbidden(Refusal):
    message = _("Ông/bà không có quyền thực hiện việc này; người quản trị đơn vị cấp quyền.")


class WrongState(Refusal):
    message = _("Trạng thái hiện tại không cho phép thực hiện việc này.")


class WrongDate(Refusal):
    message = _("Ngày không hợp lệ.")


class Stale(Refusal):
    """Somebody else changed the entry first; both versions are shown, nothing is overwritten."""

    message = _(
        "Mục này vừa được người khác sửa. Giá trị mới của họ hiện bên dưới; "
        "nội dung ông/bà nhập vẫn còn, xin xem lại rồi lưu."
    )
