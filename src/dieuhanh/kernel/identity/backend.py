"""Who a session belongs to, with the appointments that nearly every page asks for, in one query."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from dieuhanh.kernel.identity.models import Person, in_force
from dieuhanh.kernel.journal import clock


class AppointedBackend(ModelBackend):
    """Local accounts; whoever is appointed comes with the appointments in force today."""

    def get_user(self, user_id: Any) -> Person | None:
        """None for a closed account, as for one that does not exist."""
        appointed = in_force(clock.today()).filter(person=user_id)
        found = list(appointed.select_related("person", "unit").order_by("pk"))
        if not found:
            return super().get_user(user_id)  # type: ignore[return-value]
        person = found[0].person
        person.current_appointments = found
        return person if self.user_can_authenticate(person) else None
