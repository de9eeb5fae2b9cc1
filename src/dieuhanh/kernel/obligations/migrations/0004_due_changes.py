"""Every change of a deadline, whatever its cause; time limits with a direction of their own.

Why:      the deadline of a past moment must be known, also after pauses and calendar notices.
Before:   a table of deadlines that were moved by hand; a limit lay forwards or backwards.
Lock:     rewrites both tables; they are small.
Old code: cannot run beside it, the table has another name.
Reverse:  back to the old names; changes of other causes count as moved by hand.
"""

from django.db import migrations, models

FORWARDS = "UPDATE obligations_timelimit SET direction = 'backward' WHERE backwards"
BACKWARDS = "UPDATE obligations_timelimit SET backwards = (direction = 'backward')"


class Migration(migrations.Migration):
    dependencies = [("obligations", "0003_extensions")]

    operations = [
        migrations.RemoveConstraint(model_name="extension", name="extension_is_later"),
        migrations.RenameModel(old_name="Extension", new_name="DueChange"),
        # The table of extensions that comes next takes the name of this index.
        migrations.RunSQL(
            "ALTER INDEX obligations_extension_obligation_id_375924c7"
            " RENAME TO obligations_duechange_obligation_id",
            "ALTER INDEX obligations_duechange_obligation_id"
            " RENAME TO obligations_extension_obligation_id_375924c7",
        ),
        migrations.RenameField(model_name="duechange", old_name="decided_on", new_name="at"),
        migrations.AlterField(model_name="duechange", name="at", field=models.DateTimeField()),
        migrations.AddField(
            model_name="duechange",
            name="cause",
            field=models.CharField(default="postponed", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="timelimit",
            name="direction",
            field=models.CharField(default="forward", max_length=8),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.RemoveField(model_name="timelimit", name="backwards"),
        migrations.AddField(
            model_name="timelimit",
            name="owner",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.RunSQL(
            "UPDATE obligations_timelimit SET owner = 'Văn phòng UBND Thành phố'"
            " WHERE NOT confirmed",
            migrations.RunSQL.noop,
        ),
    ]
