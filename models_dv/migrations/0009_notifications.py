import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import models_dv.clock


class Migration(migrations.Migration):
    dependencies = [
        ("models_dv", "0008_words_of_posts"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="mail_habit",
            field=models.CharField(
                choices=[("each", "Từng việc"), ("daily", "Tổng hợp mỗi ngày"), ("never", "Không")],
                default="daily",
                max_length=5,
                verbose_name="gửi thư",
            ),
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Chờ duyệt"),
                            ("returned", "Được trả lại để bổ sung"),
                            ("approved", "Đã duyệt, chờ phát hành"),
                            ("issued", "Đã gửi, chờ tiếp nhận"),
                            ("accepted", "Đã tiếp nhận"),
                            ("recalled", "Đã thu hồi"),
                            ("corrected", "Đính chính"),
                            ("extended", "Gia hạn"),
                            ("opened", "Mở đợt báo cáo"),
                            ("commented", "Góp ý"),
                            ("due_soon", "Sắp đến hạn"),
                            ("overdue", "Quá hạn"),
                        ],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="tiêu đề")),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="nội dung")),
                ("note", models.CharField(blank=True, max_length=2000, verbose_name="lý do, ghi chú")),
                ("url", models.CharField(max_length=250, verbose_name="nơi mở")),
                ("object_type", models.CharField(editable=False, max_length=60)),
                ("object_id", models.BigIntegerField(editable=False)),
                ("once", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "created_at",
                    models.DateTimeField(default=models_dv.clock.now, editable=False, verbose_name="lúc"),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="đã đọc lúc")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("none", "Không gửi thư"),
                            ("queued", "Chờ gửi"),
                            ("sent", "Đã gửi"),
                            ("failed", "Không gửi được"),
                        ],
                        default="none",
                        max_length=6,
                        verbose_name="thư",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="số lần gửi")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="gửi từ lúc")),
                ("mailed_at", models.DateTimeField(blank=True, null=True, verbose_name="đã gửi thư lúc")),
                (
                    "recipient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="models_dv.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo",
                "verbose_name_plural": "thông báo",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="notification_by_recipient"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["recipient"],
                        name="notification_unread",
                    ),
                    models.Index(
                        condition=models.Q(("mail", "queued")),
                        fields=["next_try_at"],
                        name="notification_mail_queue",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("once", ""), _negated=True),
                        fields=("recipient", "once"),
                        name="notification_once",
                    )
                ],
            },
        ),
    ]
