"""Document numbers: unique per issuing body, document type and term of its committee (domain.md §3)."""

from django.db import models


class DocumentNumber(models.Model):
    """One number used, whether entered by the clerk or taken from the portal's own series."""

    term = models.ForeignKey("models_dv.CommitteeTerm", models.PROTECT, related_name="document_numbers")
    document_type = models.CharField("loại văn bản", max_length=8, default="BC")
    number = models.PositiveIntegerField("số")
    edition = models.OneToOneField("reports.ReportEdition", models.PROTECT, related_name="register_entry")

    class Meta:
        verbose_name = "số văn bản"
        verbose_name_plural = "số văn bản"
        ordering = ["term", "document_type", "number"]
        constraints = [
            models.UniqueConstraint(fields=["term", "document_type", "number"], name="document_number_once")
        ]

    def __str__(self):
        return f"{self.number:02d}-{self.document_type}"


class NumberSeries(models.Model):
    """The portal's own series of a body; its row is locked while a number is taken."""

    term = models.ForeignKey(
        "models_dv.CommitteeTerm", models.PROTECT, related_name="number_series", verbose_name="nhiệm kỳ"
    )
    document_type = models.CharField("loại văn bản", max_length=8, default="BC")
    last_number = models.PositiveIntegerField("số đã cấp gần nhất", default=0)

    class Meta:
        verbose_name = "dãy số văn bản"
        verbose_name_plural = "dãy số văn bản"
        constraints = [models.UniqueConstraint(fields=["term", "document_type"], name="number_series_once")]

    def __str__(self):
        return f"{self.document_type} – {self.term}"
