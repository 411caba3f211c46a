import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import models_dv.clock
import models_dv.models.files
import models_dv.models.jobs


class Migration(migrations.Migration):
    dependencies = [
        ("models_dv", "0001_units_users_periods_audit"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="loại việc")),
                ("title", models.CharField(max_length=200, verbose_name="việc")),
                ("key", models.CharField(max_length=64, verbose_name="khoá chống gửi lặp")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Đang chờ"),
                            ("running", "Đang chạy"),
                            ("done", "Xong"),
                            ("failed", "Không làm được"),
                            ("cancelled", "Đã huỷ"),
                            ("interrupted", "Bị ngắt giữa chừng"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="lần chạy")),
                ("parameters", models.JSONField(blank=True, default=dict, verbose_name="tham số")),
                ("doing", models.CharField(blank=True, max_length=120, verbose_name="đang làm")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="đã xong")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="tất cả")),
                (
                    "counted",
                    models.CharField(
                        blank=True, help_text="Ví dụ: dòng.", max_length=30, verbose_name="đơn vị đếm"
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="kết quả")),
                (
                    "result",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        storage=models_dv.models.files.private_files,
                        upload_to=models_dv.models.jobs.result_path,
                        verbose_name="tệp kết quả",
                    ),
                ),
                ("result_name", models.CharField(blank=True, max_length=150, verbose_name="tên tệp")),
                ("result_url", models.CharField(blank=True, max_length=250, verbose_name="trang kết quả")),
                ("error", models.TextField(blank=True, verbose_name="lỗi")),
                ("cancel_requested", models.BooleanField(default=False, verbose_name="đã yêu cầu huỷ")),
                ("worker", models.CharField(blank=True, max_length=120, verbose_name="tiến trình")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=models_dv.clock.now, editable=False, verbose_name="yêu cầu lúc"
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="bắt đầu lúc")),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True, verbose_name="nghe thấy lúc")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người yêu cầu",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="models_dv.unit",
                        verbose_name="đơn vị",
                    ),
                ),
            ],
            options={
                "verbose_name": "việc chạy nền",
                "verbose_name_plural": "việc chạy nền",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["owner", "-id"], name="job_by_owner"),
                    models.Index(
                        condition=models.Q(("state", "running")), fields=["heartbeat_at"], name="job_running"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("owner", "key"), name="job_once")],
            },
        ),
    ]
