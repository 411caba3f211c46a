"""What was saved and by whom: receipts of saves, who wrote where, and the content at each milestone."""

from django.conf import settings
from django.db import models


class SaveReceipt(models.Model):
    """The answer given to one automatic save; the same save sent again gets it again and writes nothing."""

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    answer = models.JSONField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "biên nhận lưu"
        verbose_name_plural = "biên nhận lưu"
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="save_receipt_once")]

    def __str__(self):
        return self.key


class Writing(models.Model):
    """Who wrote in which place of an edition between two milestones.

    ``place`` is a part's code (“S2.1”) or an indicator's (“K4”), "" where it is not known; ``phase`` counts how
    often the edition had been sent for approval (``ReportEdition.phase``). ``last_at`` is when he wrote there
    last; of who wrote there after everybody else, the place's own ``updated_at`` says it (``domain/writers.py``).
    """

    edition = models.ForeignKey("reports.ReportEdition", models.CASCADE, related_name="writings")
    place = models.CharField(max_length=16)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    phase = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = "người viết phần"
        verbose_name_plural = "người viết các phần"
        constraints = [
            models.UniqueConstraint(fields=["edition", "place", "user", "phase"], name="writing_once")
        ]

    def __str__(self):
        return self.place


class Milestone(models.Model):
    """The content as it stood when a named step was taken (sent for approval); autosaves leave none.

    ``texts``: {part code: text}; ``figures``: {indicator code: [value state, value or null, qualifier, text, note]},
    adjustments under “K4:dc” (``domain/milestones.py``).
    """

    event = models.OneToOneField("reports.EditionEvent", models.CASCADE, related_name="milestone")
    texts = models.JSONField(default=dict)
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = "mốc nội dung"
        verbose_name_plural = "các mốc nội dung"

    def __str__(self):
        return str(self.event_id)
