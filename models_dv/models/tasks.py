"""Tasks (nhiệm vụ): who leads, who joins, by when, with what result."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from models_dv import clock
from models_dv.enums import TaskState
from models_dv.models.files import StoredDocument
from models_dv.models.search_text import SearchTextField
from models_dv.scopes import unit_ids_kept, units_readable
from models_dv.vietnamese.search_text import search_text

#: A task due in so many days, or fewer, is due soon.
SOON_DAYS = 7


class TaskQuerySet(models.QuerySet):
    """Reads of tasks."""

    def visible_to(self, user):
        """Tasks that the user's units (or, for a covering reader, those below) lead, gave or join."""
        own = unit_ids_kept(user)
        joins = Task.joining_units.through.objects.filter(task_id=OuterRef("pk"), unit_id__in=own)
        return self.filter(
            units_readable(user, "lead_unit_id") | Q(giving_unit_id__in=own) | Q(Exists(joins))
        )

    def overdue(self, on: date):
        """Still open although the due day has passed."""
        return self.filter(state=TaskState.OPEN, due_on__lt=on)

    def due_between(self, first: date, last: date):
        """Still open, and due on one of the days from ``first`` to ``last``."""
        return self.filter(state=TaskState.OPEN, due_on__gte=first, due_on__lte=last)


class Task(models.Model):
    """One task. ``conclusion`` where it comes from a conference; the link to a report is in reports."""

    title = models.CharField("nhiệm vụ", max_length=300)
    content = models.TextField("nội dung, yêu cầu", blank=True)
    giving_unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="given_tasks", verbose_name="đơn vị giao"
    )
    lead_unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="led_tasks", verbose_name="đơn vị chủ trì"
    )
    lead_post = models.CharField(
        "chức vụ chủ trì", max_length=160, blank=True, help_text="Ví dụ: Phó Bí thư Thường trực."
    )
    joining_units = models.ManyToManyField(
        "models_dv.Unit", related_name="joined_tasks", blank=True, verbose_name="đơn vị phối hợp"
    )
    joining_others = models.CharField(
        "cơ quan phối hợp khác", max_length=300, blank=True, help_text="Cơ quan chưa có trong hệ thống."
    )
    given_on = models.DateField("ngày giao", default=clock.today)
    due_on = models.DateField("hạn hoàn thành", null=True, blank=True)
    product = models.CharField("sản phẩm", max_length=300, blank=True, help_text="Ví dụ: kế hoạch, báo cáo.")
    conclusion = models.ForeignKey(
        "models_dv.Conclusion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="kết luận",
    )
    state = models.CharField(
        "tình trạng", max_length=10, choices=TaskState.choices, default=TaskState.OPEN, editable=False
    )
    result = models.TextField("kết quả", blank=True)
    ended_on = models.DateField("ngày hoàn thành hoặc huỷ", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    search_text = SearchTextField(editable=False, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        indexes = [
            models.Index(fields=["lead_unit", "state", "due_on"], name="task_of_lead_unit"),
            models.Index(fields=["giving_unit", "state"], name="task_of_giving_unit"),
            models.Index(fields=["state", "due_on"], name="task_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, ended_on__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(ended_on__isnull=False)),
                name="task_ended_when_not_open",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("given_on")),
                name="task_due_after_given",
                violation_error_message="Hạn hoàn thành phải từ ngày giao trở đi.",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Fill the search text."""
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Address of the staff page."""
        return reverse("staff:task", args=[self.pk])

    def set_keys(self):
        """Compute the search text (bulk writers call this themselves)."""
        self.search_text = search_text(self.title, self.product, self.lead_post, self.content)

    def is_overdue(self, on: date) -> bool:
        """Whether it is still open after its due day."""
        return self.state == TaskState.OPEN and self.due_on is not None and self.due_on < on

    def days_late(self, on: date) -> int:
        """Days after the due day: of an open task up to ``on``, of one that was done up to its end; else 0."""
        end = {TaskState.OPEN: on, TaskState.DONE: self.ended_on}.get(self.state)
        return max(0, (end - self.due_on).days) if end and self.due_on else 0

    @property
    def is_open(self) -> bool:
        """Whether something is still expected."""
        return self.state == TaskState.OPEN


class TaskProgress(models.Model):
    """What was done by a day, with its evidence in words; files hang on it."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="progress")
    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị báo")
    on = models.DateField("tính đến ngày", default=clock.today)
    text = models.TextField("kết quả đã làm")
    percent = models.PositiveSmallIntegerField("mức hoàn thành (%)", null=True, blank=True)
    evidence = models.CharField(
        "minh chứng", max_length=300, blank=True, help_text="Số, ngày văn bản hoặc địa chỉ sản phẩm."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người báo"
    )
    at = models.DateTimeField("lúc", default=clock.now)

    class Meta:
        verbose_name = "tiến độ nhiệm vụ"
        verbose_name_plural = "tiến độ nhiệm vụ"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="task_progress_percent",
                violation_error_message="Mức hoàn thành từ 0 đến 100.",
            )
        ]

    def __str__(self):
        return self.text[:80]


class TaskFile(StoredDocument):
    """A file that shows what a row of progress says."""

    progress = models.ForeignKey(TaskProgress, models.CASCADE, related_name="files")

    class Meta:
        verbose_name = "tệp minh chứng"
        verbose_name_plural = "tệp minh chứng"
        ordering = ["pk"]

    def __str__(self):
        return self.original_name

    def get_absolute_url(self):
        """Where those who see the task have it."""
        return reverse("staff:task_file", args=[self.progress.task_id, self.pk])


class TaskExtension(models.Model):
    """More time, with the reason."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    due_before = models.DateField("hạn cũ", null=True)
    due_on = models.DateField("hạn mới")
    reason = models.CharField("lý do", max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người gia hạn"
    )
    at = models.DateTimeField("lúc", default=clock.now)

    class Meta:
        verbose_name = "gia hạn nhiệm vụ"
        verbose_name_plural = "gia hạn nhiệm vụ"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.reason
