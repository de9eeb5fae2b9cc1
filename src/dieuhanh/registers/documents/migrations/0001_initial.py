"""First tables: incoming and outgoing documents.

Why:      the first release.
Before:   an empty database.
Lock:     none that matters; the tables are new.
Old code: there is none.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingDocument",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="entries.entry",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("central_party", "Trung ương Đảng"),
                            ("national_assembly", "Quốc hội"),
                            ("government", "Chính phủ, Thủ tướng, Văn phòng Chính phủ"),
                            ("ministry", "Bộ, ngành Trung ương"),
                            ("city_party", "Thành ủy, các Ban Đảng"),
                            ("city_council", "Hội đồng nhân dân Thành phố"),
                            ("local", "Cơ quan, đơn vị địa phương"),
                            ("other", "Tổ chức, cá nhân khác"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sender", models.CharField(max_length=300)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("resolution", "Nghị quyết"),
                            ("normative_decision", "Quyết định quy phạm pháp luật"),
                            ("decision", "Quyết định hành chính"),
                            ("directive", "Chỉ thị"),
                            ("plan", "Kế hoạch"),
                            ("notice", "Thông báo"),
                            ("report", "Báo cáo"),
                            ("proposal", "Tờ trình"),
                            ("official_letter", "Công văn"),
                            ("invitation", "Giấy mời"),
                            ("dossier", "Hồ sơ một cửa"),
                            ("other", "Văn bản khác"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "secrecy",
                    models.CharField(
                        choices=[
                            ("none", "Không mật"),
                            ("confidential", "Mật"),
                            ("secret", "Tối mật"),
                            ("top_secret", "Tuyệt mật"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=80)),
                ("issued_on", models.DateField(null=True)),
                ("bypasses_level", models.BooleanField(default=False)),
                ("holder", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "văn bản đến",
                "indexes": [models.Index(fields=["origin", "type"], name="incoming_origin_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("secrecy", "none"),
                            models.Q(("symbol", ""), models.Q(("holder", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="incoming_secret_is_a_stub",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingDocument",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="entries.entry",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        choices=[
                            ("committee", "Ủy ban nhân dân Thành phố"),
                            ("office", "Văn phòng UBND Thành phố"),
                            ("party_affairs", "Ban cán sự đảng UBND Thành phố"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("resolution", "Nghị quyết"),
                            ("normative_decision", "Quyết định quy phạm pháp luật"),
                            ("decision", "Quyết định hành chính"),
                            ("directive", "Chỉ thị"),
                            ("plan", "Kế hoạch"),
                            ("notice", "Thông báo"),
                            ("report", "Báo cáo"),
                            ("proposal", "Tờ trình"),
                            ("official_letter", "Công văn"),
                            ("invitation", "Giấy mời"),
                            ("dossier", "Hồ sơ một cửa"),
                            ("other", "Văn bản khác"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "secrecy",
                    models.CharField(
                        choices=[
                            ("none", "Không mật"),
                            ("confidential", "Mật"),
                            ("secret", "Tối mật"),
                            ("top_secret", "Tuyệt mật"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=80)),
                ("signer", models.CharField(blank=True, max_length=200)),
                ("recipients", models.CharField(blank=True, max_length=500)),
                ("holder", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "verbose_name": "văn bản đi",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("secrecy", "none"),
                            models.Q(
                                ("recipients", ""),
                                ("symbol", ""),
                                models.Q(("holder", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="outgoing_secret_is_a_stub",
                    )
                ],
            },
        ),
    ]
