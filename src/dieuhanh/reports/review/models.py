"""The life of a report before it is issued: request, contributions, drafts, rounds of opinion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """Who gives opinions on a draft, in the order of the rounds (BC-12)."""

    UNITS = "units", _("Các sở, ngành, địa phương")
    COLLECTIVE = "collective", _("Tập thể UBND Thành phố")
    PARTY_AFFAIRS = "party_affairs", _("Ban cán sự đảng UBND Thành phố")
    STANDING_PARTY = "standing_party", _("Thường trực Thành ủy")
    PARTY_BOARD = "party_board", _("Ban Thường vụ, Ban Chấp hành Đảng bộ Thành phố")
    COUNCIL = "council", _("Thường trực HĐND Thành phố")


class Decision(models.TextChoices):
    ACCEPTED = "accepted", _("Tiếp thu")
    PARTLY = "partly", _("Tiếp thu một phần")
    REJECTED = "rejected", _("Không tiếp thu, giải trình")


class Campaign(models.Model):
    """A campaign (đợt báo cáo): the request to all units, with template and deadline.

    Each unit owes its contribution as an obligation on the campaign's entry, so it stands in the
    unit's own list of work and is late or in time like everything else.

    Law: Nghị định 09/2019/NĐ-CP, Điều 8 (BC-02, BC-06, BC-12).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    report = models.CharField(max_length=40)
    period = models.CharField(max_length=12)
    as_of = models.DateField()
    request_symbol = models.CharField(max_length=60, blank=True)
    due_on = models.DateField()

    class Meta:
        verbose_name = _("đợt báo cáo")

    def __str__(self) -> str:
        return str(self.entry)


class Contribution(models.Model):
    """What a unit writes for one section. Each saving is a new version; the newest one counts."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="contributions")
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    section = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("phần báo cáo của đơn vị")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "unit", "section", "version"],
                name="contribution_version_unique",
            ),
            models.CheckConstraint(name="contribution_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.version}"


class Explanation(models.Model):
    """What a unit says of a figure it cannot change: it stays beside the figure."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="explanations")
    unit = models.ForeignKey("identity.Unit", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=120)
    text = models.CharField(max_length=1000)
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("giải trình số liệu")
        constraints = [models.CheckConstraint(name="explanation_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.measure}: {self.unit}"


class Draft(models.Model):
    """A version of the report (bản dự thảo). Only the newest one may be written."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("bản dự thảo")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="draft_number_unique"),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(approved_on__isnull=False),
                name="draft_approved_once",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Bản %(number)s") % {"number": self.number})


class DraftSection(models.Model):
    """The text of one section in a draft; figures stand in it by reference, never as numbers."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="sections")
    section = models.CharField(max_length=60)
    text = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mục của bản dự thảo")
        constraints = [
            models.UniqueConstraint(fields=["draft", "section"], name="draft_section_unique")
        ]

    def __str__(self) -> str:
        return self.section


class Round(models.Model):
    """A round of opinion on a draft: a body, a day, what it concluded."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="rounds")
    body = models.CharField(max_length=16, choices=Body)
    held_on = models.DateField()
    conclusion = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("lần xin ý kiến")

    def __str__(self) -> str:
        return self.get_body_display()


class Opinion(models.Model):
    """One opinion of a round; it is accepted, partly or not, and not without a reason."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="opinions")
    section = models.CharField(max_length=60, blank=True)
    author = models.CharField(max_length=200)
    text = models.CharField(max_length=2000)
    given_on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("ý kiến")
        constraints = [
            models.CheckConstraint(
                name="opinion_decided_on_a_day",
                condition=Q(decision="", decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="opinion_turned_down_with_reason",
                condition=~Q(decision__in=["partly", "rejected"]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text[:60]}"
