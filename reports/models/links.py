"""Links between the nouns and what flows: they stand on this side of the arrow (architecture, decision 15)."""

from django.db import models
from django.db.models import Q


class ConferenceLink(models.Model):
    """What a conference reviewed: a report, or a publication from a citation that tells of it; and its round."""

    conference = models.ForeignKey(
        "models_dv.Conference", models.CASCADE, related_name="report_links", verbose_name="hội nghị"
    )
    round = models.ForeignKey(
        "reports.ReportingRound",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conference_links",
        verbose_name="đợt báo cáo",
    )
    report = models.ForeignKey(
        "reports.Report",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conference_links",
        verbose_name="báo cáo",
    )
    publication = models.ForeignKey(
        "reports.Publication",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conference_links",
        verbose_name="tư liệu đã công bố",
    )

    class Meta:
        verbose_name = "liên kết hội nghị"
        verbose_name_plural = "liên kết hội nghị"
        constraints = [
            models.UniqueConstraint(fields=["conference", "report"], name="conference_link_report_once"),
            models.UniqueConstraint(
                fields=["conference", "publication"], name="conference_link_publication_once"
            ),
            models.CheckConstraint(
                condition=Q(round__isnull=False) | Q(report__isnull=False) | Q(publication__isnull=False),
                name="conference_link_leads_somewhere",
            ),
        ]

    def __str__(self):
        return f"{self.conference_id}: {self.report_id or self.publication_id or self.round_id}"


class TaskLink(models.Model):
    """The report out of which a task was given."""

    task = models.OneToOneField(
        "models_dv.Task", models.CASCADE, related_name="report_link", verbose_name="nhiệm vụ"
    )
    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="task_links", verbose_name="báo cáo"
    )

    class Meta:
        verbose_name = "nhiệm vụ giao từ báo cáo"
        verbose_name_plural = "nhiệm vụ giao từ báo cáo"

    def __str__(self):
        return f"{self.task_id}: {self.report_id}"
