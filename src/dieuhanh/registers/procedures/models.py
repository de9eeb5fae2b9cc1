"""Decisions on administrative procedures, and what each does to single procedures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ProcedureDecisionType(models.TextChoices):
    PUBLICATION = "publication", _("Công bố danh mục thủ tục")
    INTERNAL_PROCESS = "internal_process", _("Phê duyệt quy trình nội bộ")


class ProcedureEffect(models.TextChoices):
    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    ABOLISHED = "abolished", _("Bãi bỏ")
    LISTED = "listed", _("Giữ nguyên trong danh mục")


PLACES = ("national_portal_on", "city_portal_on", "posted_on")


class ProcedureDecision(models.Model):
    """A decision that publishes procedures or approves their internal process (TH-02).

    ``issued_on`` repeats the entry's opening day, so that the database itself can refuse a
    publication that is older than its decision. The three places are dated facts.
    Law: Nghị định 63/2010/NĐ-CP, amended by 48/2013/NĐ-CP and 92/2017/NĐ-CP; Nghị định
    61/2018/NĐ-CP for internal processes.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    type = models.CharField(max_length=16, choices=ProcedureDecisionType)
    symbol = models.CharField(max_length=60)
    ministry_decision = models.CharField(max_length=300, blank=True)
    field_of_work = models.CharField(max_length=200)
    issued_on = models.DateField()
    national_portal_on = models.DateField(null=True)
    city_portal_on = models.DateField(null=True)
    posted_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("quyết định về thủ tục hành chính")
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"procedure_decision_{place}_after_issue",
                    condition=Q(**{f"{place}__isnull": True})
                    | Q(**{f"{place}__isnull": False, f"{place}__gte": F("issued_on")}),
                )
                for place in PLACES
            ),
            models.CheckConstraint(
                name="procedure_decision_process_has_no_places",
                condition=Q(type="publication")
                | Q(
                    type="internal_process",
                    national_portal_on__isnull=True,
                    city_portal_on__isnull=True,
                    posted_on__isnull=True,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def public_everywhere(self) -> bool:
        return all(getattr(self, place) for place in PLACES)


class ProcedureChange(models.Model):
    """What a publication decision does to one procedure (TH-02, TH-03); its name is the title.

    ``in_list``: the list that the decision publishes holds it. Lists and effects overlap: the
    number of listed procedures is not the sum of the effects (X-06).
    Law: Nghị định 63/2010/NĐ-CP.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    decision = models.ForeignKey(ProcedureDecision, models.PROTECT, related_name="changes")
    code = models.CharField(max_length=8)
    effect = models.CharField(max_length=10, choices=ProcedureEffect)
    in_list = models.BooleanField()

    class Meta:
        verbose_name = _("thủ tục trong quyết định công bố")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "code"], name="procedure_change_once_a_decision"
            ),
            models.CheckConstraint(
                name="procedure_change_has_national_code",
                condition=Q(code__regex=r"^[0-9]\.[0-9]{6}$"),
            ),
            models.CheckConstraint(
                name="procedure_change_abolished_is_not_listed",
                condition=~Q(effect="abolished") | Q(in_list=False),
            ),
            models.CheckConstraint(
                name="procedure_change_unchanged_is_listed",
                condition=~Q(effect="listed") | Q(in_list=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)
