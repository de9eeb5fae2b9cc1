"""Reception of citizens, letters, cases of complaint and denunciation, accountability."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    """What a letter, visit or case is about (lĩnh vực)."""

    LAND = "land", _("Đất đai, giải phóng mặt bằng")
    CONSTRUCTION = "construction", _("Xây dựng, trật tự đô thị")
    POLICY = "policy", _("Chính sách xã hội")
    CIVIL_SERVICE = "civil_service", _("Cán bộ, công chức")
    ENVIRONMENT = "environment", _("Môi trường")
    OTHER = "other", _("Lĩnh vực khác")


class LetterClass(models.TextChoices):
    """Classes by content, not by title (DT-01)."""

    COMPLAINT = "complaint", _("Đơn khiếu nại")
    DENUNCIATION = "denunciation", _("Đơn tố cáo")
    PETITION = "petition", _("Đơn kiến nghị, phản ánh, dân nguyện")


class CaseClass(models.TextChoices):
    COMPLAINT = "complaint", _("Vụ khiếu nại")
    DENUNCIATION = "denunciation", _("Vụ tố cáo")


class CaseBasis(models.TextChoices):
    """What decides the limit of a case."""

    COMPLAINT_FIRST = "complaint.1", _("Khiếu nại lần đầu")
    COMPLAINT_FIRST_REMOTE = "complaint.1.remote", _("Khiếu nại lần đầu, vùng sâu, vùng xa")
    COMPLAINT_SECOND = "complaint.2", _("Khiếu nại lần hai")
    COMPLAINT_SECOND_REMOTE = "complaint.2.remote", _("Khiếu nại lần hai, vùng sâu, vùng xa")
    DENUNCIATION = "denounce.settle", _("Tố cáo")


class Visit(models.Model):
    """A visit received (lượt tiếp công dân); not a person, not a case (TD-02).

    Law: Luật Tiếp công dân 42/2013/QH13, Điều 12–15.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    by_leader = models.BooleanField(default=False)
    people = models.PositiveSmallIntegerField(default=1)
    field = models.CharField(max_length=16, choices=Field)

    class Meta:
        verbose_name = _("lượt tiếp công dân")
        constraints = [models.CheckConstraint(name="visit_has_people", condition=Q(people__gte=1))]

    def __str__(self) -> str:
        return str(self.entry)


class Letter(models.Model):
    """A letter received (đơn). Its writer's name is kept only where no denouncer must be protected.

    ``sender_number`` is the writer's personal number, sealed (kernel.vault), and
    ``sender_number_index`` what it is found by; of a denouncer neither is kept here (TC-22).

    Law: Thông tư 05/2021/TT-TTCP, Điều 6 (classes and conditions).
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    letter_class = models.CharField(max_length=16, choices=LetterClass)
    field = models.CharField(max_length=16, choices=Field)
    eligible = models.BooleanField(default=True)
    sender = models.CharField(max_length=200, blank=True)
    sender_number = models.BinaryField(null=True)
    sender_number_index = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("đơn")
        constraints = [
            models.CheckConstraint(
                name="letter_denouncer_is_not_named",
                condition=~Q(letter_class="denunciation") | Q(sender=""),
            ),
            models.CheckConstraint(
                name="letter_denouncer_is_not_linked",
                condition=~Q(letter_class="denunciation")
                | Q(sender_number__isnull=True, sender_number_index__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sender_number_index"],
                name="letter_number_idx",
                condition=Q(sender_number_index__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)


class ProtectedIdentity(models.Model):
    """The identity of a denouncer (thông tin người tố cáo): the one guarded place for it.

    Every column is sealed (kernel.vault) under a key outside the database; none can be searched.
    Read only through `actions.open_identity`, which asks for a grant and writes the journal.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56 (TC-20, TC-21, TC-22).
    """

    letter = models.OneToOneField(Letter, models.PROTECT, primary_key=True)
    name = models.BinaryField()
    address = models.BinaryField(null=True)
    number = models.BinaryField(null=True)

    class Meta:
        verbose_name = _("thông tin người tố cáo")

    def __str__(self) -> str:
        return "…"


class IdentityGrant(models.Model):
    """A grant (cho phép mở thông tin): one person may read who wrote one letter, for some days.

    Law: Luật Tố cáo 25/2018/QH14, Điều 56 (TC-21).
    """

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="identity_grants")
    person = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    granted_by = models.ForeignKey("identity.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        verbose_name = _("cho phép mở thông tin người tố cáo")
        constraints = [
            models.CheckConstraint(
                name="identity_grant_to_another", condition=~Q(person=F("granted_by"))
            ),
            models.CheckConstraint(name="identity_grant_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="identity_grant_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.person}, {self.starts_on} – {self.ends_on}"


class Case(models.Model):
    """A case taken up (vụ việc thụ lý). The entry opens at acceptance: the clock starts there.

    Law: Luật Khiếu nại 02/2011/QH13, Điều 27, 28, 37; Luật Tố cáo 25/2018/QH14, Điều 30.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    case_class = models.CharField(max_length=16, choices=CaseClass)
    basis = models.CharField(max_length=24, choices=CaseBasis)
    field = models.CharField(max_length=16, choices=Field)

    class Meta:
        verbose_name = _("vụ việc")
        constraints = [
            models.CheckConstraint(
                name="case_basis_fits_class",
                condition=Q(case_class="denunciation", basis="denounce.settle")
                | (Q(case_class="complaint") & ~Q(basis="denounce.settle")),
            )
        ]

    def __str__(self) -> str:
        return str(self.entry)


class Review(models.Model):
    """A review of responsibility (kiểm điểm trách nhiệm) of a collective or a person."""

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    collective = models.BooleanField()
    measure_taken = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("kiểm điểm trách nhiệm")

    def __str__(self) -> str:
        return str(self.entry)
