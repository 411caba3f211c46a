"""Long work in the background, as its owner sees it (architecture, decision 13)."""

from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from models_dv import clock
from models_dv.enums import JobState
from models_dv.models.files import private_files, random_name
from models_dv.vietnamese.numbers import format_number

#: A running job whose worker has said nothing for so long is taken for dead.
SILENCE = timedelta(seconds=60)
#: States in which nothing more happens by itself.
ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)
#: Ended without what was asked for: “Thử lại” is offered.
RETRIED = (JobState.FAILED, JobState.CANCELLED, JobState.INTERRUPTED)


def result_path(_job, filename: str) -> str:
    """Where a result is kept: a random name, the extension of the file."""
    return random_name("viec-chay", PurePath(filename).suffix)


class JobQuerySet(models.QuerySet):
    """Reads of jobs."""

    def visible_to(self, user):
        """A job is seen by who asked for it, by nobody else."""
        return self.filter(owner=user) if user.is_authenticated and user.is_active else self.none()


class Job(models.Model):
    """One piece of long work. Only ``models_dv.domain.jobs`` writes it."""

    kind = models.CharField("loại việc", max_length=40)
    title = models.CharField("việc", max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name="người yêu cầu"
    )
    unit = models.ForeignKey(
        "models_dv.Unit", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    key = models.CharField("khoá chống gửi lặp", max_length=64)
    state = models.CharField("tình trạng", max_length=12, choices=JobState.choices, default=JobState.QUEUED)
    #: Which run this is; whoever still works for an earlier one writes nothing.
    attempt = models.PositiveSmallIntegerField("lần chạy", default=1)
    parameters = models.JSONField("tham số", default=dict, blank=True)
    #: What is being done, with {n} and {m} where the counts stand: “Đang đọc dòng {n}/{m}”.
    doing = models.CharField("đang làm", max_length=120, blank=True)
    done = models.PositiveIntegerField("đã xong", default=0)
    total = models.PositiveIntegerField("tất cả", default=0)
    counted = models.CharField("đơn vị đếm", max_length=30, blank=True, help_text="Ví dụ: dòng.")
    message = models.CharField("kết quả", max_length=300, blank=True)
    result = models.FileField(
        "tệp kết quả", storage=private_files, upload_to=result_path, max_length=200, blank=True
    )
    result_name = models.CharField("tên tệp", max_length=150, blank=True)
    result_url = models.CharField("trang kết quả", max_length=250, blank=True)
    error = models.TextField("lỗi", blank=True)
    cancel_requested = models.BooleanField("đã yêu cầu huỷ", default=False)
    #: “host:process” of the worker that runs it.
    worker = models.CharField("tiến trình", max_length=120, blank=True)
    created_at = models.DateTimeField("yêu cầu lúc", default=clock.now, editable=False)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    heartbeat_at = models.DateTimeField("nghe thấy lúc", null=True, blank=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_by_owner"),
            models.Index(fields=["heartbeat_at"], condition=Q(state=JobState.RUNNING), name="job_running"),
        ]
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="job_once")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The page on which its owner follows it."""
        return reverse("staff:job", args=[self.pk])

    @property
    def is_ended(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in ENDED

    @property
    def is_silent(self) -> bool:
        """Whether it counts as running but its worker has not been heard for SILENCE."""
        return self.state == JobState.RUNNING and (
            self.heartbeat_at is None or self.heartbeat_at < clock.now() - SILENCE
        )

    @property
    def result_kind(self) -> str:
        """“xlsx”: what kind of file came out."""
        return PurePath(self.result_name).suffix.removeprefix(".")

    @property
    def progress_words(self) -> str:
        """“Đang đọc dòng 3.000/10.000”."""
        words = self.doing.replace("{n}", format_number(self.done))
        return words.replace("{m}", format_number(self.total))
