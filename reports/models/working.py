"""Working on one report together: who writes which parts, who may look at the draft, what is said about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from models_dv import clock
from reports.enums import Audience, ShareScope


class PartAssignment(models.Model):
    """Parts and groups of figures that another body, or a colleague, fills.

    People of a unit other than the report's see and write only what is named here, while it is not ended
    (``domain/contributing.py``). ``person`` narrows it to one; without him all authors of the unit are meant.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị phối hợp"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người",
    )
    #: Codes of parts: ["S2.1", …].
    parts = models.JSONField("các phần", default=list)
    #: Codes of groups of figures: ["A", "C"].
    groups = models.JSONField("các nhóm chỉ tiêu", default=list)
    note = models.CharField("yêu cầu", max_length=500, blank=True)
    due_on = models.DateField("hạn gửi", null=True, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The contributor has said that his part is complete.
    handed_in_at = models.DateTimeField("báo xong lúc", null=True, blank=True)
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField("thôi giao lúc", null=True, blank=True)

    class Meta:
        verbose_name = "phân công phần"
        verbose_name_plural = "phân công các phần"
        ordering = ["report", "pk"]
        indexes = [models.Index(fields=["unit", "ended_at"], name="assignment_of_unit")]

    def __str__(self):
        return f"{self.unit_id}: {', '.join([*self.parts, *self.groups])}"


class DraftShare(models.Model):
    """A draft, or its figures alone, open to the body above for advice before it is signed."""

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="shares")
    scope = models.CharField("phạm vi", max_length=8, choices=ShareScope.choices)
    note = models.CharField("nội dung xin ý kiến", max_length=500, blank=True)
    shared_at = models.DateTimeField(default=clock.now)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "lần gửi xin ý kiến"
        verbose_name_plural = "các lần gửi xin ý kiến"
        ordering = ["report", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(ended_at__isnull=True), name="draft_share_one_open"
            )
        ]

    def __str__(self):
        return self.get_scope_display()


class Comment(models.Model):
    """A word about a part, a paragraph or a figure; replies stand under the first one (``parent``).

    It belongs to the report and outlives its edition. Exactly one of paragraph (with the text it was pinned to)
    and indicator may be given; neither means the whole part.
    """

    report = models.ForeignKey("reports.Report", models.PROTECT, related_name="comments")
    edition = models.ForeignKey("reports.ReportEdition", models.PROTECT, related_name="comments")
    part_code = models.CharField(max_length=16)
    #: Code of the indicator, in the part of figures.
    indicator_code = models.CharField(max_length=12, blank=True)
    #: Number of the paragraph, from 1, and its beginning as it stood when the comment was made.
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=300, blank=True)
    text = models.TextField("góp ý", max_length=4000)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.UNIT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: For whose body the author spoke.
    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "góp ý"
        verbose_name_plural = "góp ý"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["report", "part_code"], name="comment_on_part")]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator_code="") | Q(paragraph__isnull=True), name="comment_pinned_once"
            )
        ]

    def __str__(self):
        return self.text[:60]


class SeenPart(models.Model):
    """A reviewer's tick: he has read the part as it stood at ``at``; what is saved later is unseen again."""

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="seen_parts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    part_code = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "phần đã xem"
        verbose_name_plural = "các phần đã xem"
        constraints = [
            models.UniqueConstraint(fields=["edition", "user", "part_code"], name="seen_part_once")
        ]

    def __str__(self):
        return self.part_code


class Presence(models.Model):
    """Who has which part open; a row older than a minute says nothing any more."""

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    part_code = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "người đang mở"
        verbose_name_plural = "những người đang mở"
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="presence_once")]

    def __str__(self):
        return self.part_code
