"""Excel files that were taken in: read, looked at, saved together, taken back together."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from models_dv.enums import BatchState, Role
from models_dv.models.files import StoredDocument
from models_dv.scopes import unit_ids_with


class ImportBatchQuerySet(models.QuerySet):
    """Reads of batches."""

    def visible_to(self, user):
        """Those of the units whose things the user enters and mends."""
        return self.filter(unit_id__in=unit_ids_with(user, Role.AUTHOR, Role.APPROVER))


class ImportBatch(StoredDocument):
    """One file with rows of one noun for one unit. Only ``models_dv.importers.batches`` writes it."""

    kind = models.CharField("loại dữ liệu", max_length=40)
    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    key = models.CharField("khoá chống gửi lặp", max_length=64)
    state = models.CharField(
        "tình trạng", max_length=12, choices=BatchState.choices, default=BatchState.UPLOADED
    )
    #: The work in the background that was asked for last.
    job = models.ForeignKey("models_dv.Job", models.SET_NULL, null=True, blank=True, related_name="+")
    #: File of the checked rows (importers.row_files) in the private storage.
    rows_file = models.CharField(max_length=200, blank=True)
    valid = models.PositiveIntegerField("dòng hợp lệ", default=0)
    wrong = models.PositiveIntegerField("dòng lỗi", default=0)
    duplicates = models.PositiveIntegerField("dòng trùng", default=0)
    #: Headers of the file that are not read.
    unused = models.JSONField(default=list)
    saved = models.PositiveIntegerField("dòng đã nhập", default=0)
    #: {"app.Model": [[first id, last id], …]}: what was made.
    created = models.JSONField(default=dict)
    committed_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập Excel"
        verbose_name_plural = "các lần nhập Excel"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["unit", "kind", "-id"], name="import_of_unit")]
        constraints = [models.UniqueConstraint(fields=["uploaded_by", "key"], name="import_once")]

    def __str__(self):
        return self.original_name

    def get_absolute_url(self):
        """The page on which the rows are looked at and saved."""
        return reverse("staff:import_batch", args=[self.pk])

    @property
    def total(self) -> int:
        """Rows that hold something."""
        return self.valid + self.wrong + self.duplicates

    @property
    def is_partly_undone(self) -> bool:
        """Whether all was taken back but what somebody had changed."""
        return self.state == BatchState.COMMITTED and self.undone_at is not None

    @property
    def left_out(self) -> int:
        """Rows that are not saved: wrong ones and those that are there already."""
        return self.wrong + self.duplicates
