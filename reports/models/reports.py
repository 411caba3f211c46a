"""Reports: the identity that a round expects of a unit (architecture, decisions 1 and 4)."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from models_dv.enums import PeriodKind, UnitLevel
from reports import scopes
from reports.enums import WAITING_STATES, State


def owed(prefix: str = "") -> Q:
    """What a correction is not: nothing is in force, or the body above has sent the edition back with a new date.

    Of reports, or of rows that reach them by ``prefix``.
    """
    is_sent_back = Q(**{f"{prefix}latest__replaces__state": State.SENT_BACK})
    return Q(**{f"{prefix}in_force__isnull": True}) | is_sent_back


class ReportQuerySet(models.QuerySet):
    """Reads of reports."""

    def visible_to(self, user):
        """Reports the user may see at all."""
        return self.filter(scopes.visible_reports(user))

    def visible_or_given(self, user, given):
        """Those, and the reports (ids) of which the user was given parts."""
        return self.filter(scopes.visible_reports(user) | Q(pk__in=list(given)))

    def for_list(self):
        """With what a row of a list shows, in a fixed number of queries."""
        return self.select_related(
            "round__period", "unit", "unit_version", "latest__replaces", "in_force", "parent__unit_version"
        )

    def with_below(self):
        """With ``has_below`` looked up in the same statement."""
        return self.annotate(has_below=Exists(Report.objects.filter(parent=OuterRef("pk"))))

    def with_coverage(self):
        """With ``expected_below`` and ``accepted_below``, how many reports there are below, in the same statement."""
        below = Report.objects.filter(round_id=OuterRef("round_id"), path__startswith=OuterRef("path"))
        below = below.exclude(pk=OuterRef("pk")).order_by()
        accepted = below.filter(in_force__state=State.ACCEPTED)
        return self.annotate(expected_below=_count_of(below), accepted_below=_count_of(accepted))

    def owed(self):
        """Still with the unit, and the due date holds: see ``Report.is_owed``."""
        return self.filter(owed(), latest__state__in=[str(state) for state in WAITING_STATES])

    def overdue(self, on: datetime):
        """Not yet handed in although the due date has passed."""
        return self.owed().filter(due_at__lt=on)

    def below(self, report):
        """Reports of the same round below ``report``."""
        return self.filter(scopes.path_range(report.path), round_id=report.round_id).exclude(pk=report.pk)


def _count_of(rows):
    """How many rows, as a value of another statement (an aggregate there would group by something)."""
    count = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(rows.annotate(count=count).values("count"))


class Report(models.Model):
    """What one unit owes in one round. Names and route are those of the day it was opened."""

    round = models.ForeignKey(
        "reports.ReportingRound", models.PROTECT, related_name="reports", verbose_name="đợt báo cáo"
    )
    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="reports", verbose_name="đơn vị")
    unit_version = models.ForeignKey(
        "models_dv.UnitVersion", models.PROTECT, related_name="+", verbose_name="tên gọi khi báo cáo"
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="báo cáo cấp trên",
    )
    path = models.CharField(max_length=80, editable=False)
    level = models.CharField("cấp", max_length=16, choices=UnitLevel.choices, editable=False)
    due_at = models.DateTimeField("hạn gửi")
    latest = models.ForeignKey(
        "reports.ReportEdition", models.PROTECT, null=True, editable=False, related_name="+"
    )
    in_force = models.ForeignKey(
        "reports.ReportEdition", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-round__window_to", "path"]
        indexes = [models.Index(fields=["round", "path"], name="report_round_path")]
        constraints = [models.UniqueConstraint(fields=["round", "unit"], name="report_once_a_round")]

    def __str__(self):
        return f"{self.title} – {self.unit_version.name}"

    def get_absolute_url(self):
        """Address of the staff page of the report."""
        return reverse("staff:report", args=[self.pk])

    @property
    def is_owed(self) -> bool:
        """Whether the latest edition is still with the unit and its due date holds."""
        return self.latest is not None and self.is_due(self.latest)

    def is_due(self, edition) -> bool:
        """The same of the edition. A correction has no due date: the edition in force was sent."""
        if edition.state not in WAITING_STATES:
            return False
        if self.in_force_id is None:
            return True
        return edition.replaces is not None and edition.replaces.state == State.SENT_BACK

    @property
    def title(self) -> str:
        """“Báo cáo 6 tháng đầu năm 2026”."""
        return f"Báo cáo {self.round.period.label}"

    @cached_property
    def has_below(self) -> bool:
        """Whether units below report in the same round."""
        return self.children.exists()

    @property
    def subject(self) -> str:
        """Subject under BÁO CÁO on the document, lower case first (domain.md §4)."""
        period = self.round.period
        if period.kind == PeriodKind.HALF_YEAR and period.number == 1:
            return (
                "kết quả công tác dân vận 6 tháng đầu năm, "
                f"phương hướng, nhiệm vụ 6 tháng cuối năm {period.year}"
            )
        if period.kind == PeriodKind.ANNUAL:
            return f"kết quả công tác dân vận năm {period.year}, phương hướng, nhiệm vụ năm {period.year + 1}"
        return f"kết quả công tác dân vận {period.label}"
