"""The entry: what every row of every register has in common."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Value
from django.utils.translation import gettext_lazy as _


class Confidentiality(models.TextChoices):
    """How far an entry is open to those who read its register (`policies`).

    Ordinary and personal ones are open (a citizen's own data in them are not to everybody: the
    columns say which); restricted ones to the units that lead or take part; guarded ones to those
    who protect denouncers. Of a secret one only a stub is kept, which all readers see.
    """

    ORDINARY = "ordinary", _("Thường")
    RESTRICTED = "restricted", _("Chỉ trong đơn vị")
    PERSONAL = "personal", _("Có thông tin cá nhân")
    GUARDED = "guarded", _("Bảo vệ người tố cáo")
    SECRET = "secret", _("Bí mật nhà nước")


class Entry(models.Model):
    """An entry (mục trong sổ): the row that obligations, files, search and visibility hang on.

    State is computed from dated facts: ``opened_on`` (received, accepted, issued), ``closed_on``
    (answered, settled, handled) and ``reopened_on``; closings that a later one replaced are
    kept as `PastClosing`. ``kind`` is the class that the report counts; the register derives it
    from its own attributes by a pure rule. ``unit`` leads, exactly one (NV-04); ``co_units`` take
    part and may read.
    """

    register = models.CharField(max_length=40)
    agency = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    book = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=1000, blank=True)
    confidentiality = models.CharField(
        max_length=10, choices=Confidentiality, default=Confidentiality.ORDINARY
    )
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    co_units = models.ManyToManyField(
        "identity.Unit", db_table="entries_co_unit", related_name="+", blank=True
    )
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    reopened_on = models.DateField(null=True)
    outcome = models.CharField(max_length=500, blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    folded = models.TextField(blank=True)
    words = models.GeneratedField(
        expression=SearchVector("folded", config=Value("simple")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("mục trong sổ")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "book", "year", "number"], name="entry_number_unique"
            ),
            models.CheckConstraint(
                name="entry_dates_in_order",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="entry_reopened_after_closed",
                condition=Q(reopened_on__isnull=True)
                | Q(closed_on__isnull=False, reopened_on__gte=F("closed_on")),
            ),
            models.CheckConstraint(
                name="entry_secret_has_no_content",
                condition=~Q(confidentiality="secret") | Q(title="", outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["register", "-opened_on", "-id"], name="entry_register_idx"),
            models.Index(fields=["register", "kind", "-opened_on", "-id"], name="entry_kind_idx"),
            # Counting by kind within a window reads this index alone, for everybody: the rest of
            # what decides who may open an entry stands in it too.
            models.Index(
                fields=["register", "kind", "opened_on", "confidentiality"],
                include=("unit", "id"),
                name="entry_tally_of_units_idx",
            ),
            GinIndex(fields=["words"], name="entry_words_idx"),
            # Search across registers: common words are sought among the newest entries, and a
            # number by itself (kernel.search).
            models.Index(fields=["-opened_on", "-id"], name="entry_newest_idx"),
            models.Index(fields=["number"], name="entry_by_number_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class PastClosing(models.Model):
    """A closing that was undone and then replaced by another: the entry was closed in between."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="past_closings")
    closed_on = models.DateField()
    reopened_on = models.DateField()
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("lần kết thúc trước")
        constraints = [
            models.CheckConstraint(
                name="past_closing_in_order", condition=Q(reopened_on__gte=F("closed_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.closed_on} – {self.reopened_on}"
