"""What a person keeps for their own work: forms not sent yet, lists they come back to, how a list
is laid out; and which forms were sent, so that none is sent twice.

Nothing here is a record of government work: only its owner reads it, and it may be thrown away.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UnsentForm(models.Model):
    """A form that somebody began and has not sent (biểu mẫu chưa gửi), one for each address.

    ``sealed`` holds what was typed as sealed JSON: it may quote a letter that protects a denouncer.
    ``title`` is the form's own title, never what was typed.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    address = models.CharField(max_length=500)
    title = models.CharField(max_length=300)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("biểu mẫu chưa gửi")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address"], name="unsent_form_once_per_address"
            ),
            models.CheckConstraint(name="unsent_form_has_address", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return self.title


class SentForm(models.Model):
    """A form that was sent (biểu mẫu đã gửi): its key, and where what came of it stands.

    A second sending with the same key (a double click, the back button) is shown that instead.
    ``digest`` tells whether it says the same; nothing can be read from it.
    """

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("biểu mẫu đã gửi")

    def __str__(self) -> str:
        return str(self.key)


class SavedView(models.Model):
    """A saved view (danh sách đã lưu): a list with its filters under a name of one's own."""

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("danh sách đã lưu")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address", "name"], name="saved_view_name_unique"
            ),
            models.CheckConstraint(name="saved_view_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ListLayout(models.Model):
    """How a person lays out one list (cách bày danh sách): columns left out, and row height."""

    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    left_out = models.JSONField(default=list)
    dense = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("cách bày danh sách")
        constraints = [
            models.UniqueConstraint(fields=["person", "address"], name="list_layout_once_per_list"),
        ]

    def __str__(self) -> str:
        return self.address
