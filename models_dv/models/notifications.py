"""What somebody was told, and what became of it as mail."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse

from models_dv import clock
from models_dv.enums import MailState, NotificationKind
from models_dv.scopes import unit_ids_with

TITLE_LENGTH, TEXT_LENGTH, NOTE_LENGTH = 250, 500, 2_000


class NotificationQuerySet(models.QuerySet):
    """Reads of notifications."""

    def visible_to(self, user):
        """One's own; what was told through a role in a unit ends with the last role there."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(unit__isnull=True) | Q(unit_id__in=unit_ids_with(user)), recipient=user)

    def unread(self):
        """Not yet followed or marked."""
        return self.filter(read_at__isnull=True)

    def unread_first(self):
        """In the order of the page."""
        read = Case(When(read_at__isnull=True, then=Value(0)), default=Value(1))
        return self.order_by(read, "-created_at", "-pk")

    def waiting_for_mail(self, on: datetime):
        """What is to go out by mail now, the longest waiting first."""
        return self.filter(mail=MailState.QUEUED, next_try_at__lte=on).order_by("next_try_at", "pk")

    def mark_read(self, at: datetime) -> int:
        """Note them as read, those that are not; what waited to go out by mail need not go any more."""
        mail = Case(When(mail=MailState.QUEUED, then=Value(MailState.NONE)), default=F("mail"))
        return self.unread().update(read_at=at, mail=mail)


class Notification(models.Model):
    """One person told of one thing. Only ``models_dv.domain.notify`` and ``mail_queue`` write it."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        verbose_name="người nhận",
        db_index=False,
    )
    kind = models.CharField("loại", max_length=12, choices=NotificationKind.choices)
    title = models.CharField("tiêu đề", max_length=TITLE_LENGTH)
    #: Who did what; this may stand in a mail.
    text = models.CharField("nội dung", max_length=TEXT_LENGTH, blank=True)
    #: Words that a person wrote (a reason): never in a mail.
    note = models.CharField("lý do, ghi chú", max_length=NOTE_LENGTH, blank=True)
    url = models.CharField("nơi mở", max_length=250)
    #: What it is about: label of the model and id, as in the audit rows.
    object_type = models.CharField(max_length=60, editable=False)
    object_id = models.BigIntegerField(editable=False)
    #: In which unit the recipient holds the role through which he is told.
    unit = models.ForeignKey(
        "models_dv.Unit", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    #: Names what is told only once to a person; empty where an act is told.
    once = models.CharField(max_length=80, blank=True, editable=False)
    created_at = models.DateTimeField("lúc", default=clock.now, editable=False)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)
    mail = models.CharField("thư", max_length=6, choices=MailState.choices, default=MailState.NONE)
    tries = models.PositiveSmallIntegerField("số lần gửi", default=0)
    next_try_at = models.DateTimeField("gửi từ lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("đã gửi thư lúc", null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_by_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(
                fields=["next_try_at"], condition=Q(mail=MailState.QUEUED), name="notification_mail_queue"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "once"], condition=~Q(once=""), name="notification_once"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """Address that marks it as read and leads to its object."""
        return reverse("staff:notification_open", args=[self.pk])

    @property
    def is_read(self) -> bool:
        """Whether it was followed or marked."""
        return self.read_at is not None
