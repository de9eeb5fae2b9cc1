"""First tables: decisions on procedures and what they change.

Why:      the register of the first release that holds them.
Before:   nothing; no table is touched.
Lock:     none that matters; the tables are new.
Old code: does not know the tables.
Reverse:  drops the tables.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("entries", "0003_co_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcedureDecision",
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
                    "type",
                    models.CharField(
                        choices=[
                            ("publication", "Công bố danh mục thủ tục"),
                            ("internal_process", "Phê duyệt quy trình nội bộ"),
                        ],
                        max_length=16,
                    ),
                ),
                ("symbol", models.CharField(max_length=60)),
                ("ministry_decision", models.CharField(blank=True, max_length=300)),
                ("field_of_work", models.CharField(max_length=200)),
                ("issued_on", models.DateField()),
                ("national_portal_on", models.DateField(null=True)),
                ("city_portal_on", models.DateField(null=True)),
                ("posted_on", models.DateField(null=True)),
            ],
            options={
                "verbose_name": "quyết định về thủ tục hành chính",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("national_portal_on__isnull", True),
                            models.Q(
                                ("national_portal_on__gte", models.F("issued_on")),
                                ("national_portal_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="procedure_decision_national_portal_on_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("city_portal_on__isnull", True),
                            models.Q(
                                ("city_portal_on__gte", models.F("issued_on")),
                                ("city_portal_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="procedure_decision_city_portal_on_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("posted_on__isnull", True),
                            models.Q(
                                ("posted_on__gte", models.F("issued_on")),
                                ("posted_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="procedure_decision_posted_on_after_issue",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("type", "publication"),
                            models.Q(
                                ("city_portal_on__isnull", True),
                                ("national_portal_on__isnull", True),
                                ("posted_on__isnull", True),
                                ("type", "internal_process"),
                            ),
                            _connector="OR",
                        ),
                        name="procedure_decision_process_has_no_places",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProcedureChange",
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
                ("code", models.CharField(max_length=8)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("new", "Mới ban hành"),
                            ("amended", "Sửa đổi, bổ sung"),
                            ("abolished", "Bãi bỏ"),
                            ("listed", "Giữ nguyên trong danh mục"),
                        ],
                        max_length=10,
                    ),
                ),
                ("in_list", models.BooleanField()),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="procedures.proceduredecision",
                    ),
                ),
            ],
            options={
                "verbose_name": "thủ tục trong quyết định công bố",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("decision", "code"), name="procedure_change_once_a_decision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]\\.[0-9]{6}$")),
                        name="procedure_change_has_national_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "abolished"), _negated=True),
                            ("in_list", False),
                            _connector="OR",
                        ),
                        name="procedure_change_abolished_is_not_listed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "listed"), _negated=True),
                            ("in_list", True),
                            _connector="OR",
                        ),
                        name="procedure_change_unchanged_is_listed",
                    ),
                ],
            },
        ),
    ]
