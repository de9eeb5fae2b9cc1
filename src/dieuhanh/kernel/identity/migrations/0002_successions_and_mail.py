"""Which unit took over from which; where a person gets mail.

Why:      open work passes to the successor of a dissolved unit; reminders go by e-mail.
Before:   no person had an address, no unit a successor.
Lock:     brief; a column with a constant default, a new table.
Old code: does not see them and keeps working.
Reverse:  drops both; addresses and successions are lost.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="identity.unit",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="identity.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "kế thừa đơn vị",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"), name="succession_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_of_another",
                    ),
                ],
            },
        ),
    ]
