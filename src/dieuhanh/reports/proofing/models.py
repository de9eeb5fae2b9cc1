"""What was found in a paper of an entry and set aside, with the reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SetAside(models.Model):
    """A finding that is no fault, said by someone who may change the entry.

    The place is known again by ``mark`` (see `queries.mark_of`); of the paper's words nothing is
    kept here. Nothing is deleted: what is taken up again has an end.
    """

    entry = models.ForeignKey("entries.Entry", models.PROTECT, related_name="+")
    check_id = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chỗ được bỏ qua khi soát")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "mark"], condition=Q(ended_at=None), name="set_aside_once"
            ),
            models.CheckConstraint(name="set_aside_with_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason
