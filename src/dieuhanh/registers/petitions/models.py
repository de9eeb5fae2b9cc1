"""Petitions of voters with where they come from and what became of them; meetings with voters."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dieuhanh.registers.petitions import rules


class Ledger(models.TextChoices):
    """The two ledgers are kept apart (CT-09)."""

    COUNCIL = "council", _("Hội đồng nhân dân Thành phố chuyển đến")
    NATIONAL_ASSEMBLY = "national_assembly", _("Đoàn đại biểu Quốc hội chuyển đến")


class Sphere(models.TextChoices):
    """What a petition is about (lĩnh vực)."""

    TRANSPORT = "transport", _("Giao thông, vận tải")
    BUILDING = "building", _("Quy hoạch, xây dựng, nhà ở")
    LAND = "land", _("Đất đai, giải phóng mặt bằng")
    ENVIRONMENT = "environment", _("Môi trường, cấp thoát nước")
    EDUCATION = "education", _("Giáo dục và đào tạo")
    HEALTH = "health", _("Y tế, an toàn thực phẩm")
    WELFARE = "welfare", _("Lao động, chính sách xã hội")
    AGRICULTURE = "agriculture", _("Nông nghiệp, thủy lợi")
    CULTURE = "culture", _("Văn hóa, thể thao, du lịch")
    OTHER = "other", _("Lĩnh vực khác")


class Authority(models.TextChoices):
    """Whose matter it is decides who answers for it (CT-11)."""

    CENTRAL = "central", _("Thẩm quyền của Trung ương")
    CITY = "city", _("Thẩm quyền của Thành phố")
    DISTRICT = "district", _("Thẩm quyền của cấp huyện")
    COMMUNE = "commune", _("Thẩm quyền của cấp xã")


class AnswerBasis(models.TextChoices):
    """What decides the limit for the answer: keys of time limits (CT-02, CT-05)."""

    CITY = "voter.city.default", _("Kiến nghị do Hội đồng nhân dân chuyển đến")
    ASSEMBLY_B = "voter.na.b", _("Kiến nghị theo điểm b khoản 1 Điều 4")
    ASSEMBLY_AC = "voter.na.ac", _("Kiến nghị theo điểm a, c khoản 1 Điều 4")


class ResultClass(models.TextChoices):
    """Four classes of results (CT-06); the first and the last end the follow-up (CT-07)."""

    RESOLVED = "resolved", _("Đã giải quyết xong")
    IN_PROGRESS = "in_progress", _("Đang giải quyết")
    WILL_BE_RESOLVED = "will_be_resolved", _("Sẽ giải quyết")
    EXPLAINED = "explained", _("Giải trình, thông tin lại cử tri")


class Deputies(models.TextChoices):
    """Whose deputies met the voters."""

    NATIONAL_ASSEMBLY = "national_assembly", _("Đại biểu Quốc hội")
    PEOPLE_COUNCIL = "people_council", _("Đại biểu Hội đồng nhân dân Thành phố")


class ContactMode(models.TextChoices):
    IN_PERSON = "in_person", _("Gặp mặt trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")


class Constituency(models.Model):
    """A constituency (đơn vị bầu cử): where deputies are elected and voters raise their matters."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        verbose_name = _("đơn vị bầu cử")

    def __str__(self) -> str:
        return self.name


class PetitionSource(models.Model):
    """A source of petitions (nguồn kiến nghị): a resolution, a session or a round of contacts.

    A petition keeps its source for years, whatever becomes of it (CT-08). A new resolution is a
    new row of reference data.
    """

    key = models.CharField(max_length=60, unique=True)
    ledger = models.CharField(max_length=20, choices=Ledger)
    label = models.CharField(max_length=200)
    symbol = models.CharField(max_length=60, blank=True)
    passed_on = models.DateField(null=True)
    sessions = models.CharField(max_length=100, blank=True)
    term = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("nguồn kiến nghị")
        constraints = [
            models.CheckConstraint(
                name="source_resolution_has_a_day",
                condition=Q(symbol="") | Q(passed_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def kind(self) -> str:
        return rules.source_kind(ledger=self.ledger, symbol=self.symbol)


class Petition(models.Model):
    """A petition of voters (kiến nghị cử tri), in the ledger of its source.

    To be answered and to be solved are two facts: ``answered_on`` here, results as
    `PetitionResult`. One that was merged keeps its source and places, stays to be seen, and is not
    counted from ``merged_on`` on (CT-10).

    Law: Quyết định 33/2017/QĐ-TTg, amended by 30/2020/QĐ-TTg (CT-01…CT-11).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    source = models.ForeignKey(PetitionSource, models.PROTECT, related_name="petitions")
    sphere = models.CharField(max_length=16, choices=Sphere)
    authority = models.CharField(max_length=10, choices=Authority)
    basis = models.CharField(max_length=24, choices=AnswerBasis)
    repeated = models.BooleanField(default=False)
    constituencies = models.ManyToManyField(
        Constituency, db_table="petitions_petition_place", related_name="+", blank=True
    )
    answered_on = models.DateField(null=True)
    answer_symbol = models.CharField(max_length=100, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    merged_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("kiến nghị cử tri")
        constraints = [
            models.CheckConstraint(
                name="petition_answer_is_dated",
                condition=Q(answer_symbol="") | Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_merged_on_a_day",
                condition=Q(merged_into__isnull=True, merged_on__isnull=True)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("entry")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def latest_result(self) -> PetitionResult | None:
        return max(self.results.all(), key=lambda one: (one.decided_on, one.pk), default=None)


class PetitionResult(models.Model):
    """A result of a petition (kết quả giải quyết kiến nghị); the latest by a day stands that day.

    “Being” and “to be” resolved carry the day of the next result and stay on follow-up (CT-07).
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="results")
    result = models.CharField(max_length=20, choices=ResultClass)
    decided_on = models.DateField()
    next_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("kết quả giải quyết kiến nghị")
        constraints = [
            models.CheckConstraint(
                name="result_open_has_a_next_day",
                condition=Q(result__in=["resolved", "explained"], next_on__isnull=True)
                | Q(
                    result__in=["in_progress", "will_be_resolved"],
                    next_on__isnull=False,
                    next_on__gt=F("decided_on"),
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.petition}: {self.result}"


class VoterContact(models.Model):
    """A meeting of deputies with voters (cuộc tiếp xúc cử tri), in one or more constituencies.

    Law: Nghị quyết liên tịch 525/2012/NQLT/UBTVQH13-ĐCTUBTWMTTQVN (Quốc hội),
        403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN (Hội đồng nhân dân) (CT-04).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    deputies = models.CharField(max_length=20, choices=Deputies)
    session = models.CharField(max_length=200)
    mode = models.CharField(max_length=10, choices=ContactMode)
    constituencies = models.ManyToManyField(
        Constituency, db_table="petitions_contact_place", related_name="+"
    )

    class Meta:
        verbose_name = _("cuộc tiếp xúc cử tri")

    def __str__(self) -> str:
        return str(self.entry)
