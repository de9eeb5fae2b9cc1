"""Units, people and appointments, all effective-dated (X-01, X-02: names of 2024 stay printable)."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dieuhanh.kernel.journal import clock


class UnitKind(models.TextChoices):
    COMMITTEE = "committee", _("Ủy ban nhân dân cấp tỉnh")
    OFFICE = "office", _("Văn phòng")
    DIVISION = "division", _("Phòng, ban trực thuộc")
    DEPARTMENT = "department", _("Sở, cơ quan chuyên môn")
    AGENCY = "agency", _("Cơ quan khác")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Role(models.TextChoices):
    CLERK = "clerk", _("Văn thư")
    SECRET_CLERK = "secret_clerk", _("Văn thư mật")
    OFFICER = "officer", _("Chuyên viên")
    RECEPTION = "reception", _("Cán bộ tiếp công dân")
    HEAD = "head", _("Người đứng đầu đơn vị")
    LEADER = "leader", _("Lãnh đạo Ủy ban nhân dân")
    PLANNER = "planner", _("Cán bộ tổng hợp, kế hoạch")
    AUDITOR = "auditor", _("Thanh tra, kiểm toán")
    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")


#: Charges given to one person by name, which nobody takes over by a mandate: keeping state secrets
#: and keeping the system. Entries that protect a denouncer stay closed too (kernel.entries).
NEVER_HANDED_OVER = (Role.SECRET_CLERK, Role.ADMINISTRATOR)


class MandateKind(models.TextChoices):
    SUBSTITUTION = "substitution", _("Làm thay khi vắng")
    AUTHORISATION = "authorisation", _("Ủy quyền")


class Unit(models.Model):
    """A unit (đơn vị, cơ quan) as it was named between two dates."""

    code = models.CharField(max_length=35)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=16, choices=UnitKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_unique"),
            models.CheckConstraint(
                name="unit_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A succession (kế thừa): which unit took over the work of another, from a day on.

    Many to many: a new ward may unite parts of several, a department may be split (ĐV-07, ĐV-12).
    """

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()

    class Meta:
        verbose_name = _("kế thừa đơn vị")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_unique"),
            models.CheckConstraint(
                name="succession_of_another", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser):
    """A person with an account (người dùng). What they may do comes from their appointments."""

    username = models.CharField(_("tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = PersonManager()

    #: The mandate under which the person acts in this request; set by ``act_under``.
    acting: Mandate | None = None

    class Meta:
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.full_name

    def act_under(self, mandate: Mandate | None) -> None:
        """Put the giver's hat on, or take it off. One hat at a time: rights are never added up."""
        self.acting = mandate
        self.__dict__.pop("current_appointments", None)

    @property
    def stands_for(self) -> Person:
        """Whose list and work it is: the giver's while acting, else the person's own."""
        return self.acting.giver if self.acting else self

    @cached_property
    def current_appointments(self) -> list[Appointment]:
        """Those in force today, read once a request; while acting, the giver's.

        Of the giver's, ``NEVER_HANDED_OVER`` stay behind.
        """
        found = in_force(clock.today()).filter(person=self.stands_for).select_related("unit")
        if self.acting:
            found = found.exclude(role__in=NEVER_HANDED_OVER)
        return list(found)

    def covers(self, content: str) -> bool:
        """Whether the mandate under which the person acts covers ``content``, such as the code of
        a register. Always true of somebody who acts for nobody."""
        return self.acting is None or not self.acting.registers or content in self.acting.registers

    @property
    def roles(self) -> set[str]:
        return {appointment.role for appointment in self.current_appointments}

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def unit_ids(self) -> set[int]:
        return {appointment.unit_id for appointment in self.current_appointments}

    @property
    def unit_name(self) -> str:
        names = [appointment.unit.name for appointment in self.current_appointments]
        return names[0] if names else ""


class Appointment(models.Model):
    """An appointment (bổ nhiệm, phân công): one person, one unit, one role, from a day on."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.CharField(max_length=16, choices=Role)
    title = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("bổ nhiệm")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role", "valid_from"], name="appointment_unique"
            ),
            models.CheckConstraint(
                name="appointment_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.unit}"


def in_force(on: date) -> models.QuerySet[Appointment]:
    """Appointments in force on a day."""
    return Appointment.objects.filter(valid_from__lte=on).exclude(valid_to__lt=on)


class Mandate(models.Model):
    """A mandate (làm thay, ủy quyền): one person does another's work between two days.

    Written, limited in time and (an authorisation) in content; it cannot be passed on (VT-21).
    ``registers`` holds codes of registers; empty in a substitution, it means all of the giver's.

    Law: Nghị định 30/2020/NĐ-CP, Điều 13.
    """

    giver = models.ForeignKey(Person, models.PROTECT, related_name="mandates_given")
    stand_in = models.ForeignKey(Person, models.PROTECT, related_name="mandates_received")
    kind = models.CharField(max_length=16, choices=MandateKind)
    starts_on = models.DateField()
    ends_on = models.DateField()
    registers = models.JSONField(default=list)
    basis = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    revoked_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("làm thay, ủy quyền")
        constraints = [
            models.CheckConstraint(
                name="mandate_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="mandate_to_another", condition=~Q(giver=F("stand_in"))),
            models.CheckConstraint(name="mandate_is_written", condition=~Q(basis="")),
            models.CheckConstraint(
                name="mandate_authorisation_has_content",
                condition=Q(kind="substitution") | (Q(kind="authorisation") & ~Q(registers=[])),
            ),
        ]
        indexes = [models.Index(fields=["stand_in", "ends_on"], name="mandate_stand_in_idx")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.stand_in}: {self.get_kind_display()}"
