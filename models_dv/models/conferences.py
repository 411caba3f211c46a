"""Conferences (hội nghị): who met, what was put forward, what was concluded (domain.md §7)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from models_dv import clock
from models_dv.enums import (
    AwardKind,
    ConferenceForm,
    ConferenceKind,
    ConferenceState,
    Duty,
    NoticeState,
    PaperKind,
    PaperStage,
    PostRank,
    Subject,
)
from models_dv.models.files import Photo, StoredDocument
from models_dv.models.search_text import SearchTextField
from models_dv.scopes import units_readable
from models_dv.vietnamese.collation import SORT_KEY_MAX_LENGTH, given_name_key
from models_dv.vietnamese.search_text import search_text


class ConferenceQuerySet(models.QuerySet):
    """Reads of conferences."""

    def visible_to(self, user):
        """Those of the user's units and, for a covering reader, of the units below."""
        return self.filter(units_readable(user))

    def newest_first(self):
        """By day; those whose day is unknown stand at the end of their year."""
        return self.order_by("-year", F("held_on").desc(nulls_last=True), "-pk")


class Conference(models.Model):
    """One conference, or (kind ACTIVITY) a review of activity that was told without one."""

    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="conferences", verbose_name="đơn vị tổ chức"
    )
    kind = models.CharField("loại", max_length=16, choices=ConferenceKind.choices)
    title = models.CharField("tên hội nghị", max_length=300)
    period = models.ForeignKey(
        "models_dv.Period",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        verbose_name="kỳ",
    )
    year = models.PositiveSmallIntegerField("năm", help_text="Năm của hội nghị hoặc của kỳ được tổng kết.")
    state = models.CharField(
        "tình trạng", max_length=10, choices=ConferenceState.choices, default=ConferenceState.HELD
    )
    held_on = models.DateField(
        "ngày tổ chức", null=True, blank=True, help_text="Để trống khi nguồn không ghi ngày."
    )
    starts_at = models.TimeField("giờ bắt đầu", null=True, blank=True)
    form = models.CharField(
        "hình thức",
        max_length=10,
        choices=ConferenceForm.choices,
        blank=True,
        help_text="Để trống khi không rõ.",
    )
    online_points = models.PositiveSmallIntegerField(
        "số điểm cầu", null=True, blank=True, help_text="Chỉ ghi khi họp trực tuyến."
    )
    place = models.CharField("địa điểm", max_length=200, blank=True)
    organiser = models.CharField(
        "cơ quan tổ chức",
        max_length=200,
        blank=True,
        help_text="Chỉ ghi khi khác cơ quan ban hành của đơn vị.",
    )
    agenda = models.TextField("chương trình", blank=True, help_text="Mỗi nội dung một dòng.")
    summary = models.TextField("nội dung chính", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    search_text = SearchTextField(editable=False, blank=True)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ["-year", "-held_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "year"], name="conference_of_unit"),
            models.Index(fields=["-year", "-held_on"], name="conference_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(online_points__isnull=True) | Q(form__in=["online", "mixed"]),
                name="conference_points_only_online",
                violation_error_message="Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp.",
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
        return reverse("staff:conference", args=[self.pk])

    def set_keys(self):
        """Compute the search text (bulk writers call this themselves)."""
        self.search_text = search_text(self.title, self.place, self.organiser, self.summary)

    def unit_name_on(self) -> str:
        """The organising unit under its name of that day (of the period's end, where the day is unknown)."""
        return self.unit.version_on(self.day).name

    @property
    def day(self) -> date:
        """The day for names and posts: of the conference, else the end of its period, else of its year."""
        if self.held_on:
            return self.held_on
        return self.period.window_to if self.period else date(self.year, 12, 31)


class ConferencePerson(models.Model):
    """Somebody at the conference with the posts held that day and what he did there."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="people")
    official = models.ForeignKey(
        "models_dv.Official",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name="cán bộ",
    )
    name = models.CharField("họ và tên", max_length=120)
    posts = models.TextField("chức vụ khi đó", blank=True, help_text="Mỗi chức vụ một dòng.")
    #: Codes of ``Duty``, in the order in which the source names them.
    duties = models.JSONField("vai trò", default=list)
    rank = models.PositiveSmallIntegerField("bậc", choices=PostRank.choices, default=PostRank.OTHER)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)
    name_sort = models.CharField(max_length=SORT_KEY_MAX_LENGTH, editable=False)

    class Meta:
        verbose_name = "người dự"
        verbose_name_plural = "người dự"
        ordering = ["rank", "order", "name_sort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "official"],
                condition=Q(official__isnull=False),
                name="conference_person_once",
                violation_error_message="Cán bộ này đã có trong danh sách. Thêm vai trò vào dòng đã có.",
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Fill the sort key from the name."""
        self.name_sort = given_name_key(self.name)
        super().save(*args, **kwargs)

    @property
    def post_lines(self) -> list[str]:
        """The posts, one a line."""
        return [line.strip() for line in self.posts.splitlines() if line.strip()]

    @property
    def duty_labels(self) -> list[str]:
        """What he does there, in words."""
        labels = dict(Duty.choices)
        return [labels.get(code, code) for code in self.duties]


class ConferencePaper(StoredDocument):
    """A paper of the conference: what was put before it and the final one are kept apart."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="papers")
    paper_kind = models.CharField("loại tài liệu", max_length=16, choices=PaperKind.choices)
    stage = models.CharField("bản", max_length=10, choices=PaperStage.choices, default=PaperStage.FINAL)
    title = models.CharField("tên tài liệu", max_length=250)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản", null=True, blank=True)

    class Meta:
        verbose_name = "tài liệu hội nghị"
        verbose_name_plural = "tài liệu hội nghị"
        ordering = ["paper_kind", "stage", "pk"]

    def __str__(self):
        return self.title


class ConferencePhoto(Photo):
    """A photo of the conference."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="photos")

    class Meta:
        verbose_name = "ảnh hội nghị"
        verbose_name_plural = "ảnh hội nghị"
        ordering = ["order", "pk"]


class ConclusionNotice(models.Model):
    """Thông báo kết luận: a draft, then signed and numbered; from then on it binds and stays as it is."""

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="notice")
    state = models.CharField(
        "tình trạng", max_length=8, choices=NoticeState.choices, default=NoticeState.DRAFT, editable=False
    )
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=160, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "thông báo kết luận"
        verbose_name_plural = "thông báo kết luận"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=NoticeState.DRAFT) | (Q(signed_on__isnull=False) & ~Q(signer_name="")),
                name="conclusion_notice_signed_by_somebody",
            )
        ]

    def __str__(self):
        return f"Thông báo kết luận {self.number}".strip()

    @property
    def is_signed(self) -> bool:
        """Whether the conclusions bind."""
        return self.state == NoticeState.SIGNED


class Conclusion(models.Model):
    """One conclusion; tasks come out of it. The conference has no notice where a source tells it without a paper."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="conclusions")
    heading = models.CharField(
        "nhóm",
        max_length=160,
        blank=True,
        help_text="Ví dụ: Nhiệm vụ 6 tháng cuối năm; Ý kiến chỉ đạo của đồng chí …",
    )
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    text = models.TextField("kết luận")

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text[:120]


class ConferenceAward(models.Model):
    """What was given at the conference, to whom, by whose decision; ``count`` is empty when not told."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="awards")
    kind = models.CharField("hình thức", max_length=10, choices=AwardKind.choices)
    issuer = models.CharField("cơ quan khen", max_length=200)
    subject = models.CharField("đối tượng", max_length=10, choices=Subject.choices)
    count = models.PositiveIntegerField("số lượng", null=True, blank=True)
    recipients = models.TextField("danh sách", blank=True, help_text="Mỗi tập thể, cá nhân một dòng.")
    decision = models.CharField("quyết định", max_length=200, blank=True)

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["kind", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} – {self.issuer}"


class ConferencePublicationQuerySet(models.QuerySet):
    """Reads of public conferences."""

    def published(self):
        """Those that the public may read now."""
        return self.filter(withdrawn_at__isnull=True)


class ConferencePublication(models.Model):
    """What the public reads of a conference: frozen content, with the columns by which it is found.

    ``content`` (JSON) is made by ``models_dv.domain.conference_publishing``; what was not chosen is not in it.
    """

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="publication")
    slug = models.SlugField("địa chỉ", max_length=140, unique=True)
    version = models.PositiveSmallIntegerField("bản", default=1)
    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="conference_publications")
    unit_name = models.CharField("đơn vị", max_length=200)
    kind = models.CharField(max_length=16, choices=ConferenceKind.choices)
    title = models.CharField("tên hội nghị", max_length=300)
    lead = models.CharField("tóm tắt", max_length=500, blank=True)
    year = models.PositiveSmallIntegerField("năm")
    held_on = models.DateField("ngày tổ chức", null=True)
    content = models.JSONField(default=dict)
    illustrative = models.BooleanField(default=False)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người công bố"
    )
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True)
    search_text = SearchTextField(editable=False, blank=True)

    objects = ConferencePublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "hội nghị đã công bố"
        verbose_name_plural = "hội nghị đã công bố"
        ordering = ["-year", "-held_on", "-pk"]
        indexes = [models.Index(fields=["-year", "-held_on"], name="conference_public_newest")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The public address; it stays."""
        return reverse("public:conference", args=[self.slug])
