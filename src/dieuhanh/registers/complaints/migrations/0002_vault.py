"""Identities of denouncers are sealed; grants to read them; personal numbers of other writers.

Why:      a name that is written in the clear is read by whoever reads the database or its backups.
Before:   no row of complaints_protectedidentity; with one the migration stops and changes nothing.
Lock:     complaints_letter for the time of an index over no row; the other tables are empty.
Old code: keeps working but for denunciations with a writer's name: stop it before this.
Reverse:  drops what is sealed: writers of denunciations and personal numbers are lost.
"""

import django.db.models.deletion
from django.db import migrations, models


def _refuse_plain_rows(apps, schema_editor):
    rows = apps.get_model("complaints", "ProtectedIdentity").objects
    count = rows.using(schema_editor.connection.alias).count()
    if count:
        raise RuntimeError(
            f"Còn {count} thông tin người tố cáo chưa mã hóa; làm theo mục “The keys of the vault”"
            " trong docs/operations.md rồi chạy lại. Chưa có gì bị thay đổi."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_initial"),
        ("entries", "0001_initial"),
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdentityGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "verbose_name": "cho phép mở thông tin người tố cáo",
            },
        ),
        migrations.AddField(
            model_name="letter",
            name="sender_number",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="sender_number_index",
            field=models.BinaryField(null=True),
        ),
        migrations.RunPython(_refuse_plain_rows, migrations.RunPython.noop),
        migrations.DeleteModel(name="ProtectedIdentity"),
        migrations.CreateModel(
            name="ProtectedIdentity",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="complaints.letter",
                    ),
                ),
                ("name", models.BinaryField()),
                ("address", models.BinaryField(null=True)),
                ("number", models.BinaryField(null=True)),
            ],
            options={
                "verbose_name": "thông tin người tố cáo",
            },
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("sender_number_index__isnull", False)),
                fields=["sender_number_index"],
                name="letter_number_idx",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter_class", "denunciation"), _negated=True),
                    models.Q(
                        ("sender_number__isnull", True), ("sender_number_index__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="letter_denouncer_is_not_linked",
            ),
        ),
        migrations.AddField(
            model_name="identitygrant",
            name="granted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.person",
            ),
        ),
        migrations.AddField(
            model_name="identitygrant",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="identity_grants",
                to="complaints.letter",
            ),
        ),
        migrations.AddField(
            model_name="identitygrant",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="identity.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitygrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", models.F("granted_by")), _negated=True),
                name="identity_grant_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="identitygrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="identity_grant_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="identitygrant",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                name="identity_grant_dates_in_order",
            ),
        ),
    ]
