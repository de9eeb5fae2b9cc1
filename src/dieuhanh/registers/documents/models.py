"""Incoming and outgoing documents. Origin, type and secrecy are separate attributes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where an incoming document comes from (nơi gửi)."""

    CENTRAL_PARTY = "central_party", _("Trung ương Đảng")
    NATIONAL_ASSEMBLY = "national_assembly", _("Quốc hội")
    GOVERNMENT = "government", _("Chính phủ, Thủ tướng, Văn phòng Chính phủ")
    MINISTRY = "ministry", _("Bộ, ngành Trung ương")
    CITY_PARTY = "city_party", _("Thành ủy, các Ban Đảng")
    CITY_COUNCIL = "city_council", _("Hội đồng nhân dân Thành phố")
    LOCAL = "local", _("Cơ quan, đơn vị địa phương")
    OTHER = "other", _("Tổ chức, cá nhân khác")


class DocumentType(models.TextChoices):
    """Types of document (loại văn bản). Law: Nghị định 30/2020/NĐ-CP, Điều 7."""

    RESOLUTION = "resolution", _("Nghị quyết")
    NORMATIVE_DECISION = "normative_decision", _("Quyết định quy phạm pháp luật")
    DECISION = "decision", _("Quyết định hành chính")
    DIRECTIVE = "directive", _("Chỉ thị")
    PLAN = "plan", _("Kế hoạch")
    NOTICE = "notice", _("Thông báo")
    REPORT = "report", _("Báo cáo")
    PROPOSAL = "proposal", _("Tờ trình")
    OFFICIAL_LETTER = "official_letter", _("Công văn")
    INVITATION = "invitation", _("Giấy mời")
    DOSSIER = "dossier", _("Hồ sơ một cửa")
    OTHER = "other", _("Văn bản khác")


class Secrecy(models.TextChoices):
    """Levels of secrecy (độ mật). Law: Luật Bảo vệ bí mật nhà nước 29/2018/QH14."""

    NONE = "none", _("Không mật")
    CONFIDENTIAL = "confidential", _("Mật")
    SECRET = "secret", _("Tối mật")
    TOP_SECRET = "top_secret", _("Tuyệt mật")


class Issuer(models.TextChoices):
    """In whose name a document goes out (cơ quan ban hành). VT-20."""

    COMMITTEE = "committee", _("Ủy ban nhân dân Thành phố")
    OFFICE = "office", _("Văn phòng UBND Thành phố")
    PARTY_AFFAIRS = "party_affairs", _("Ban cán sự đảng UBND Thành phố")


class IncomingDocument(models.Model):
    """An incoming document (văn bản đến). A secret one is a stub: level, sender, dates, holder.

    The entry's ``opened_on`` is the day of arrival, ``closed_on`` the day its handling ended.
    Law: Nghị định 30/2020/NĐ-CP, Điều 20–24; Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Điều 5.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    origin = models.CharField(max_length=20, choices=Origin)
    sender = models.CharField(max_length=300)
    type = models.CharField(max_length=20, choices=DocumentType)
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.NONE)
    symbol = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    bypasses_level = models.BooleanField(default=False)
    holder = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("văn bản đến")
        constraints = [
            models.CheckConstraint(
                name="incoming_secret_is_a_stub",
                condition=Q(secrecy="none") | (Q(symbol="") & ~Q(holder="")),
            ),
        ]
        indexes = [models.Index(fields=["origin", "type"], name="incoming_origin_idx")]

    def __str__(self) -> str:
        return self.symbol or str(self.entry)


class OutgoingDocument(models.Model):
    """An outgoing document (văn bản đi). A secret one is a stub.

    The entry's ``opened_on`` is the date of the document, ``closed_on`` the day it was sent.
    Law: Nghị định 30/2020/NĐ-CP, Điều 14–19.
    """

    entry = models.OneToOneField("entries.Entry", models.PROTECT, primary_key=True)
    issuer = models.CharField(max_length=20, choices=Issuer)
    type = models.CharField(max_length=20, choices=DocumentType)
    secrecy = models.CharField(max_length=12, choices=Secrecy, default=Secrecy.NONE)
    symbol = models.CharField(max_length=80, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    recipients = models.CharField(max_length=500, blank=True)
    holder = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("văn bản đi")
        constraints = [
            models.CheckConstraint(
                name="outgoing_secret_is_a_stub",
                condition=Q(secrecy="none") | (Q(symbol="", recipients="") & ~Q(holder="")),
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or str(self.entry)
