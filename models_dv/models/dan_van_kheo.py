"""Models and examples of “Dân vận khéo”: the registry, dated facts, what the public reads (domain.md §5)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from models_dv import clock
from models_dv.enums import AwardKind, FactKind, KheoField, KheoKind, Subject, UnitLevel
from models_dv.models.files import Photo, StoredDocument
from models_dv.models.search_text import SearchTextField
from models_dv.scopes import covered_paths, units_readable
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.search_text import search_text


class DanVanKheoQuerySet(models.QuerySet):
    """Reads of the registry."""

    def visible_to(self, user, *, in_order: bool = False):
        """Those of the user's units and, for a covering reader, of the units below.

        ``in_order``: most of them fit what else is asked, so a list of the newest is read along the index of
        its order instead of unit by unit.
        """
        if not (in_order and covered_paths(user)):
            return self.filter(units_readable(user))
        plain = ExpressionWrapper(F("unit_id") + 0, output_field=models.BigIntegerField())
        return self.alias(plain_unit=plain).filter(units_readable(user, "plain_unit"))

    def with_fact(self, kind, *, until: date | None = None, since: date | None = None):
        """Those with a fact of the kind, dated from ``since`` to ``until`` (both included)."""
        return self.filter(Exists(facts_of(kind, since, until)))

    def without_fact(self, kind, *, until: date | None = None):
        """Those without a fact of the kind up to ``until``."""
        return self.exclude(Exists(facts_of(kind, None, until)))

    def standing(self, on: date):
        """Launched by the day and not stopped by then (đang duy trì)."""
        return self.with_fact(FactKind.LAUNCHED, until=on).without_fact(FactKind.STOPPED, until=on)


def facts_of(kind, since: date | None, until: date | None):
    """Facts of the outer row, of one kind, within a stretch of days."""
    return KheoFact.objects.filter(model_id=OuterRef("pk"), kind=kind).within(since, until)


def last_day_of_known_year(on: date) -> date:
    """31 December of the last year of which a window ending on the day tells everything.

    Annual windows close before the year does (14/12): from December on the year counts as told.
    """
    return date(on.year if on.month == 12 else on.year - 1, 12, 31)


class DanVanKheo(models.Model):
    """One model (mô hình) or example (điển hình), as the registration asks for it."""

    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="dan_van_kheo", verbose_name="đơn vị"
    )
    name = models.CharField("tên mô hình, điển hình", max_length=250)
    kind = models.CharField("loại", max_length=10, choices=KheoKind.choices)
    subject = models.CharField("tập thể, cá nhân", max_length=10, choices=Subject.choices)
    field = models.CharField("lĩnh vực", max_length=10, choices=KheoField.choices)
    level = models.CharField("cấp đăng ký", max_length=16, choices=UnitLevel.choices)
    year = models.PositiveSmallIntegerField("năm đăng ký")
    address = models.CharField(
        "địa chỉ cụ thể", max_length=250, help_text="Thôn, tổ dân phố, xã; nơi đến xem được."
    )
    situation = models.TextField("tình hình, lý do", blank=True, help_text="Vấn đề đặt ra khi bắt đầu.")
    aims = models.TextField("mục tiêu, tiêu chí", blank=True)
    method = models.TextField("nội dung, cách làm", blank=True)
    people_served = models.PositiveIntegerField("số người hưởng lợi", null=True, blank=True)
    served_note = models.CharField("đối tượng hưởng lợi", max_length=250, blank=True)
    leads = models.CharField("chủ trì", max_length=200, blank=True)
    joins = models.CharField("phối hợp", max_length=300, blank=True)
    resources = models.TextField("nguồn lực", blank=True)
    funds = models.DecimalField(
        "kinh phí (triệu đồng)", max_digits=14, decimal_places=3, null=True, blank=True
    )
    duration = models.CharField("thời gian thực hiện", max_length=120, blank=True)
    product = models.CharField("sản phẩm", max_length=300, blank=True)
    results = models.TextField("kết quả", blank=True)
    lasting = models.TextField("khả năng duy trì, nhân rộng", blank=True)
    experience = models.TextField("kinh nghiệm", blank=True)
    origin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name="nhân rộng từ",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    search_text = SearchTextField(editable=False, blank=True)

    objects = DanVanKheoQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình, điển hình “Dân vận khéo”"
        verbose_name_plural = "mô hình, điển hình “Dân vận khéo”"
        ordering = ["-year", "-pk"]
        indexes = [
            models.Index(fields=["unit", "-year"], name="kheo_of_unit"),
            models.Index(fields=["-year", "-id"], name="kheo_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__isnull=True) | ~Q(origin=F("id")),
                name="kheo_not_copied_from_itself",
                violation_error_message="Mô hình không thể nhân rộng từ chính nó.",
            ),
            models.CheckConstraint(
                condition=~Q(address=""),
                name="kheo_has_an_address",
                violation_error_message="Ghi địa chỉ cụ thể của mô hình.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Fill the search text."""
        self.set_keys()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        """Address of the staff page."""
        return reverse("staff:model", args=[self.pk])

    def set_keys(self):
        """Compute the search text (bulk writers call this themselves)."""
        self.search_text = search_text(self.name, self.address, self.leads, self.product)


class KheoFactQuerySet(models.QuerySet):
    """Reads of facts."""

    def within(self, since: date | None, until: date | None):
        """Dated from ``since`` to ``until`` (both included).

        A fact of which only the year is known counts once in windows that follow each other: in the one in
        which its year is told (``last_day_of_known_year``).
        """
        facts = self
        if since:
            known = last_day_of_known_year(since - timedelta(days=1))
            facts = facts.filter(Q(year_only=False, on__gte=since) | Q(year_only=True, on__gt=known))
        if until:
            known = last_day_of_known_year(until)
            facts = facts.filter(Q(year_only=False, on__lte=until) | Q(year_only=True, on__lte=known))
        return facts


class KheoFact(models.Model):
    """A dated fact. Registered, effective, recognised, typical and awarded are told apart."""

    model = models.ForeignKey(DanVanKheo, models.CASCADE, related_name="facts")
    kind = models.CharField("sự việc", max_length=10, choices=FactKind.choices)
    on = models.DateField("ngày")
    #: The day is not known: ``on`` is 31 December of the year.
    year_only = models.BooleanField("chỉ rõ năm", default=False)
    level = models.CharField(
        "cấp công nhận, khen", max_length=16, choices=UnitLevel.choices, blank=True, default=""
    )
    award_kind = models.CharField(
        "hình thức khen", max_length=10, choices=AwardKind.choices, blank=True, default=""
    )
    issuer = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    note = models.CharField("ghi chú, lý do", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = KheoFactQuerySet.as_manager()

    class Meta:
        verbose_name = "sự việc của mô hình"
        verbose_name_plural = "sự việc của mô hình"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["model", "kind", "on"], name="kheo_fact_of_model")]
        constraints = [
            models.UniqueConstraint(
                fields=["model", "kind", "on", "level", "award_kind"],
                name="kheo_fact_once",
                violation_error_message="Sự việc này đã được ghi.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=FactKind.RECOGNISED) | ~Q(level=""),
                name="kheo_recognised_at_a_level",
                violation_error_message="Ghi cấp công nhận.",
            ),
            models.CheckConstraint(
                condition=Q(kind=FactKind.AWARDED) & ~Q(award_kind="")
                | ~Q(kind=FactKind.AWARDED) & Q(award_kind=""),
                name="kheo_award_has_its_kind",
                violation_error_message="Chọn hình thức khen khi ghi sự việc khen thưởng.",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def when(self) -> str:
        """“05/02/2026”, or “năm 2026” where only the year is known."""
        return f"năm {self.on.year}" if self.year_only else format_date(self.on)

    @property
    def earliest(self) -> date:
        """The first day on which it may have been."""
        return date(self.on.year, 1, 1) if self.year_only else self.on


class KheoResult(models.Model):
    """A result in numbers: “42 hộ hiến 1.250 m² đất” is a row for the households and one for the land."""

    model = models.ForeignKey(DanVanKheo, models.CASCADE, related_name="result_figures")
    order = models.PositiveSmallIntegerField("thứ tự", default=1)
    name = models.CharField("kết quả", max_length=160)
    value = models.DecimalField("số", max_digits=18, decimal_places=3)
    unit_name = models.CharField("đơn vị tính", max_length=40, blank=True)

    class Meta:
        verbose_name = "kết quả bằng số"
        verbose_name_plural = "kết quả bằng số"
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name


class KheoEvidence(StoredDocument):
    """A file that shows what was done."""

    model = models.ForeignKey(DanVanKheo, models.CASCADE, related_name="evidence")
    title = models.CharField("tên minh chứng", max_length=250)

    class Meta:
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        ordering = ["pk"]

    def __str__(self):
        return self.title


class KheoPhoto(Photo):
    """A photo of the model."""

    model = models.ForeignKey(DanVanKheo, models.CASCADE, related_name="photos")

    class Meta:
        verbose_name = "ảnh mô hình"
        verbose_name_plural = "ảnh mô hình"
        ordering = ["order", "pk"]


class KheoPublicationQuerySet(models.QuerySet):
    """Reads of the public gallery."""

    def published(self):
        """Those that the public may read now."""
        return self.filter(withdrawn_at__isnull=True)


#: Detail of a publication that says since when the model has stopped.
STOPPED_DETAIL = "stopped"


class KheoPublication(models.Model):
    """What the public reads of a model: frozen content, with the columns by which it is found.

    ``content`` (JSON) is made by ``models_dv.domain.kheo_publishing``; what was not chosen is not in it.
    """

    model = models.OneToOneField(DanVanKheo, models.PROTECT, related_name="publication")
    #: The model that it was copied from, as it was published.
    origin = models.ForeignKey(DanVanKheo, models.PROTECT, null=True, related_name="published_copies")
    slug = models.SlugField("địa chỉ", max_length=140, unique=True)
    version = models.PositiveSmallIntegerField("lần công bố", default=1)
    unit = models.ForeignKey(
        "models_dv.Unit", models.PROTECT, related_name="kheo_publications", verbose_name="đơn vị"
    )
    unit_name = models.CharField("đơn vị khi công bố", max_length=200)
    name = models.CharField("tên", max_length=250)
    kind = models.CharField("loại", max_length=10, choices=KheoKind.choices)
    field = models.CharField("lĩnh vực", max_length=10, choices=KheoField.choices)
    year = models.PositiveSmallIntegerField("năm")
    is_typical = models.BooleanField("tiêu biểu", default=False)
    lead = models.CharField("lời dẫn", max_length=500, blank=True)
    content = models.JSONField(default=dict)
    illustrative = models.BooleanField(default=False)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người công bố"
    )
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True)
    search_text = SearchTextField(editable=False, blank=True)

    objects = KheoPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình đã công bố"
        verbose_name_plural = "mô hình đã công bố"
        ordering = ["-published_at", "-pk"]
        indexes = [models.Index(fields=["-year", "-published_at"], name="kheo_public_newest")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The public address; it stays."""
        return reverse("public:model", args=[self.slug])

    @property
    def is_public(self) -> bool:
        """Whether the public reads it now."""
        return self.withdrawn_at is None

    @property
    def says_stopped(self) -> bool:
        """Whether it was published as one that has stopped."""
        return any(detail["code"] == STOPPED_DETAIL for detail in self.content.get("details", ()))
