"""Editions of a report (bản 1, 2 …): state, text, number, signer, frozen file."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.urls import reverse

from models_dv import clock
from reports.enums import WRITABLE_STATES, Action, State


def private_files():
    """Storage outside the web root."""
    return storages["private"]


class ReportEdition(models.Model):
    """One edition. Its state is written by ``domain/transitions.py`` only."""

    #: What of it the person before the screen may open (``permissions.Reach``); None: everything.
    reach = None

    report = models.ForeignKey(
        "reports.Report", models.PROTECT, related_name="editions", verbose_name="báo cáo"
    )
    number = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField("tình trạng", max_length=12, choices=State.choices, default=State.NOT_STARTED)
    state_at = models.DateTimeField("từ lúc", default=clock.now, editable=False)
    revision = models.PositiveIntegerField(default=0)
    #: How often this edition has been sent for approval.
    phase = models.PositiveSmallIntegerField(default=0, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay cho bản"
    )
    #: Codes of the parts that may be written; null means all (a return unlocks only what it names).
    unlocked_parts = models.JSONField(null=True, blank=True)
    document_number = models.PositiveIntegerField("số", null=True, blank=True)
    document_symbol = models.CharField("ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=150, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signer_is_deputy = models.BooleanField("cấp phó ký", default=False)
    self_approved = models.BooleanField("tự duyệt", default=False)
    #: {"expected": n, "accepted": n, "missing": [names]} when issued.
    coverage = models.JSONField(null=True, blank=True)
    pdf = models.FileField(storage=private_files, max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "bản báo cáo"
        verbose_name_plural = "bản báo cáo"
        ordering = ["report", "number"]
        indexes = [models.Index(fields=["state"], name="edition_state")]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="edition_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["issued", "accepted", "sent_back", "recalled", "corrected"])
                | (Q(document_number__isnull=False) & Q(issued_on__isnull=False) & ~Q(pdf_sha256="")),
                name="edition_sent_has_number_and_file",
            ),
        ]

    def __str__(self):
        return f"{self.report} (bản {self.number})"

    def get_absolute_url(self):
        """Address of the edition's reading page."""
        return reverse("staff:edition", args=[self.report_id, self.number])

    @property
    def is_writable(self) -> bool:
        """Whether the unit's authors may still write in this state."""
        return self.state in WRITABLE_STATES

    def is_unlocked(self, part_code: str) -> bool:
        """Whether this part may be written now."""
        return self.is_writable and (self.unlocked_parts is None or part_code in self.unlocked_parts)

    @property
    def full_number(self) -> str:
        """“138-BC/BTGDVTU”; one digit is written 05 (domain.md §4)."""
        if self.document_number is None:
            return ""
        return f"{self.document_number:02d}-BC/{self.document_symbol}"


class SectionText(models.Model):
    """The text of one part in one edition, with its own revision."""

    edition = models.ForeignKey(ReportEdition, models.CASCADE, related_name="texts")
    section = models.ForeignKey("reports.OutlineSection", models.PROTECT, related_name="+")
    text = models.TextField("nội dung", blank=True)
    done = models.BooleanField("phần này đã xong", default=False)
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "nội dung phần"
        verbose_name_plural = "nội dung các phần"
        constraints = [models.UniqueConstraint(fields=["edition", "section"], name="section_text_once")]

    def __str__(self):
        return f"{self.section.code}"


class EditionEvent(models.Model):
    """One step taken: the receipt of ``perform``. ``key`` makes a repeated act answer with the first."""

    edition = models.ForeignKey(ReportEdition, models.PROTECT, related_name="events")
    action = models.CharField("việc", max_length=12, choices=Action.choices)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", db_index=True)
    key = models.CharField(max_length=64)
    receipt = models.CharField("mã", max_length=12, unique=True)
    note = models.TextField("lý do, ghi chú", blank=True)
    #: {part code: what to mend} of a return.
    parts = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField("hạn nộp lại", null=True, blank=True)

    #: This is the answer to the same act once more: something else may have happened since.
    is_repeated = False

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "bước xử lý"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="edition_event_key_once")]

    def __str__(self):
        return f"{self.get_action_display()} {self.receipt}"
