"""Files of a report: what was read into it, what was added to it, and what waits between reading and saving."""

from django.db import models
from django.urls import reverse

from models_dv.models.files import StoredDocument
from reports.enums import AttachmentPurpose, ImportKind, ImportState


class ReportAttachment(StoredDocument):
    """A file kept with an edition; whoever may read the edition's text may have it."""

    edition = models.ForeignKey("reports.ReportEdition", models.PROTECT, related_name="attachments")
    purpose = models.CharField(
        "loại", max_length=16, choices=AttachmentPurpose.choices, default=AttachmentPurpose.OTHER
    )
    title = models.CharField("tên tài liệu", max_length=200, blank=True)
    #: The return that it came with (a leader's marked-up file).
    event = models.ForeignKey(
        "reports.EditionEvent", models.PROTECT, null=True, blank=True, related_name="attachments"
    )

    class Meta:
        verbose_name = "tệp đính kèm báo cáo"
        verbose_name_plural = "tệp đính kèm báo cáo"
        ordering = ["edition", "pk"]

    def __str__(self):
        return self.title or self.original_name

    def get_absolute_url(self):
        """Where the file is handed out."""
        return reverse("staff:attachment", args=[self.edition.report_id, self.pk])


class ReportImportQuerySet(models.QuerySet):
    """Reads of files that were read."""

    def of(self, user, report_id: int):
        """Those that the person brought for the report: nobody else sees them."""
        return self.filter(uploaded_by=user, edition__report_id=report_id)


class ReportImport(StoredDocument):
    """A file that was read for an edition: it waits for what is to be saved of it, or remembers what was.

    Only its owner sees it. ``domain/report_imports.py`` writes it and forgets it again; the file itself stays with
    the attachment once something was saved.
    """

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="imports")
    source = models.CharField(max_length=8, choices=ImportKind.choices)
    state = models.CharField(
        "tình trạng", max_length=8, choices=ImportState.choices, default=ImportState.READ
    )
    #: What was read (importers/report_word.py, importers/report_excel.py) and what has been chosen so far.
    content = models.JSONField(default=dict)
    #: What stood there before: {"texts": {section id: …}, "figures": {indicator id: …}}.
    before = models.JSONField(default=dict)
    attachment = models.OneToOneField(
        ReportAttachment, models.SET_NULL, null=True, blank=True, related_name="brought_by"
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = ReportImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập báo cáo từ tệp"
        verbose_name_plural = "các lần nhập báo cáo từ tệp"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "uploaded_at"], name="report_import_waiting")]

    def __str__(self):
        return self.original_name

    def get_absolute_url(self):
        """The page on which it is looked at and saved."""
        return reverse(f"staff:import_{self.source}_preview", args=[self.edition.report_id, self.pk])
