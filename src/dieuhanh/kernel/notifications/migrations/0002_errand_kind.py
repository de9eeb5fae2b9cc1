"""A kind of notice for errands that ended.

Why:      whoever left the page is told.
Before:   there were no errands.
Lock:     none: a list of choices, nothing in the database changes.
Old code: does not write the kind and keeps working.
Reverse:  nothing to do.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("soon", "Sắp đến hạn"),
                    ("today", "Đến hạn hôm nay"),
                    ("late", "Quá hạn"),
                    ("escalated", "Quá hạn lâu ngày"),
                    ("urged", "Đôn đốc"),
                    ("assigned", "Được giao việc"),
                    ("handed_over", "Chuyển giao việc"),
                    ("extension_asked", "Đề nghị gia hạn"),
                    ("decided", "Quyết định về đề nghị gia hạn"),
                    ("returned", "Trả lại kết quả"),
                    ("paused", "Tạm dừng thời hạn"),
                    ("deadline_moved", "Thời hạn thay đổi"),
                    ("digest", "Bản tin đầu ngày"),
                    ("errand", "Việc chạy nền"),
                ],
                max_length=20,
            ),
        ),
    ]
