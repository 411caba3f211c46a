import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import models_dv.clock


class Migration(migrations.Migration):
    dependencies = [
        ("models_dv", "0006_reorganisations"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(editable=False, max_length=200, verbose_name="tệp")),
                ("original_name", models.CharField(editable=False, max_length=200, verbose_name="tên tệp")),
                ("content_type", models.CharField(editable=False, max_length=100)),
                ("size", models.PositiveIntegerField(editable=False, verbose_name="dung lượng (byte)")),
                ("sha256", models.CharField(editable=False, max_length=64)),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=models_dv.clock.now, editable=False, verbose_name="tải lên lúc"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="loại dữ liệu")),
                ("key", models.CharField(max_length=64, verbose_name="khoá chống gửi lặp")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "Đang kiểm tra"),
                            ("checked", "Đã kiểm tra, chờ nhập"),
                            ("committed", "Đã nhập"),
                            ("undone", "Đã hoàn tác"),
                        ],
                        default="uploaded",
                        max_length=12,
                        verbose_name="tình trạng",
                    ),
                ),
                ("rows_file", models.CharField(blank=True, max_length=200)),
                ("valid", models.PositiveIntegerField(default=0, verbose_name="dòng hợp lệ")),
                ("wrong", models.PositiveIntegerField(default=0, verbose_name="dòng lỗi")),
                ("duplicates", models.PositiveIntegerField(default=0, verbose_name="dòng trùng")),
                ("unused", models.JSONField(default=list)),
                ("saved", models.PositiveIntegerField(default=0, verbose_name="dòng đã nhập")),
                ("created", models.JSONField(default=dict)),
                ("committed_at", models.DateTimeField(blank=True, null=True, verbose_name="nhập lúc")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="hoàn tác lúc")),
                (
                    "committed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="models_dv.job",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="models_dv.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhập Excel",
                "verbose_name_plural": "các lần nhập Excel",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["unit", "kind", "-id"], name="import_of_unit")],
                "constraints": [models.UniqueConstraint(fields=("uploaded_by", "key"), name="import_once")],
            },
        ),
    ]
