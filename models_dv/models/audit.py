"""Audit rows: who changed what, before → after, when (architecture, decision 9)."""

from django.conf import settings
from django.db import models

from models_dv import clock


class AuditEntry(models.Model):
    """One change. Append-only: nothing in the product updates or deletes a row."""

    at = models.DateTimeField("lúc", default=clock.now, editable=False, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
        help_text="Trống khi hệ thống tự làm.",
    )
    action = models.CharField("việc", max_length=60)
    object_type = models.CharField("loại đối tượng", max_length=80)
    object_id = models.CharField("mã đối tượng", max_length=40)
    object_label = models.CharField("đối tượng", max_length=250)
    before = models.JSONField("trước", default=dict, blank=True)
    after = models.JSONField("sau", default=dict, blank=True)
    note = models.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "nhật ký thay đổi"
        verbose_name_plural = "nhật ký thay đổi"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_by_object")]

    def __str__(self):
        return f"{self.action}: {self.object_label}"
