"""Published figures are open to everybody who signs in; planners keep them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from dieuhanh.kernel.identity.models import Person, Role
from dieuhanh.registers.indicators.models import Datapoint


def may_read(user: Person) -> bool:
    return bool(user.is_authenticated)


def may_write(user: Person) -> bool:
    return user.covers("indicators") and user.has_role(Role.PLANNER)


def visible(user: Person) -> QuerySet[Datapoint]:
    points = Datapoint.objects.select_related("indicator")
    return points if may_read(user) else points.none()


def get_visible_or_404(user: Person, code: str, pk: int) -> Datapoint:
    """The datapoint ``pk`` of the indicator ``code``."""
    return get_object_or_404(visible(user), pk=pk, indicator__code=code)
