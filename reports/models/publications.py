"""Publications: what the public reads, from an edition or from a citation (architecture, decision 6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from models_dv.vietnamese.fold import fold
from reports import scopes
from reports.enums import PublicationAction, PublicationState, Qualifier


class Citation(models.Model):
    """Where a publication comes from when no edition stands behind it: press or a paper archive."""

    outlet = models.CharField("nguồn", max_length=250, blank=True)
    byline = models.CharField("tác giả", max_length=150, blank=True)
    published_on = models.DateField("ngày đăng", null=True, blank=True)
    #: List of sentences saying what the source does not write and we inferred.
    inferred = models.JSONField("suy luận", default=list, blank=True)
    note = models.TextField("ghi chú về nguồn", blank=True)

    class Meta:
        verbose_name = "nguồn trích dẫn"
        verbose_name_plural = "nguồn trích dẫn"

    def __str__(self):
        return self.outlet or self.byline or "Nguồn không ghi tên"


class PublicationQuerySet(models.QuerySet):
    """Reads of publications."""

    def published(self):
        """Those with a version that the public may read now."""
        return self.filter(current__state=PublicationState.PUBLISHED)

    def for_list(self):
        """With what a card shows, in a fixed number of queries."""
        return self.select_related("unit", "unit_version", "period", "current", "citation")

    def workable_by(self, user):
        """Publications of the units in which the user publishes."""
        return self.filter(unit_id__in=scopes.publication_unit_ids(user))


class Publication(models.Model):
    """One public address; its content stands in versions."""

    unit = models.ForeignKey("models_dv.Unit", models.PROTECT, related_name="publications")
    unit_version = models.ForeignKey("models_dv.UnitVersion", models.PROTECT, related_name="+")
    period = models.ForeignKey(
        "models_dv.Period", models.PROTECT, related_name="publications", verbose_name="kỳ"
    )
    slug = models.SlugField("địa chỉ", max_length=120, unique=True)
    report = models.OneToOneField(
        "reports.Report", models.PROTECT, null=True, blank=True, related_name="publication"
    )
    citation = models.OneToOneField(
        Citation, models.PROTECT, null=True, blank=True, related_name="publication"
    )
    current = models.ForeignKey(
        "reports.PublicationVersion", models.PROTECT, null=True, editable=False, related_name="+"
    )
    first_published_at = models.DateTimeField(null=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "công bố"
        verbose_name_plural = "công bố"
        ordering = ["-period__window_to", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False, citation__isnull=True)
                | Q(report__isnull=True, citation__isnull=False),
                name="publication_has_one_source",
            )
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        """The public address; it stays, whatever happens to the versions."""
        return reverse("public:report", args=[self.slug])


class PublicationVersion(models.Model):
    """One version of the words and figures chosen; published, superseded or withdrawn, never deleted."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("lần", default=1)
    #: The edition whose figures and texts were chosen; null for a citation.
    edition = models.ForeignKey(
        "reports.ReportEdition", models.PROTECT, null=True, blank=True, related_name="publication_versions"
    )
    state = models.CharField(
        "tình trạng", max_length=12, choices=PublicationState.choices, default=PublicationState.DRAFT
    )
    revision = models.PositiveIntegerField(default=0)
    title = models.CharField("tiêu đề", max_length=250)
    lead = models.TextField("lời dẫn", max_length=1000, blank=True)
    correction_note = models.CharField("nội dung đính chính", max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    ended_at = models.DateTimeField("thôi công bố lúc", null=True, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = "phiên bản công bố"
        verbose_name_plural = "phiên bản công bố"
        ordering = ["publication", "number"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "number"], name="publication_version_once"),
            models.UniqueConstraint(
                fields=["publication"],
                condition=Q(state="published"),
                name="publication_one_version_published",
            ),
        ]

    def __str__(self):
        return self.title

    def fill_search_text(self, *parts: str):
        """Set the folded text that search looks in: title, lead and the given parts."""
        self.search_text = fold("\n".join([self.title, self.lead, *parts]))


class PublishedSection(models.Model):
    """One part as the public reads it, in words of its own."""

    version = models.ForeignKey(PublicationVersion, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=16, blank=True)
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")

    class Meta:
        verbose_name = "phần công bố"
        verbose_name_plural = "phần công bố"
        ordering = ["version", "order"]

    def __str__(self):
        return self.title


class PublishedFigure(models.Model):
    """One figure as the public reads it, with the same period's figure where it is known."""

    version = models.ForeignKey(PublicationVersion, models.CASCADE, related_name="figures")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    name = models.CharField("chỉ tiêu", max_length=250)
    unit_name = models.CharField("đơn vị tính", max_length=40, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    qualifier = models.CharField(max_length=4, choices=Qualifier.choices, blank=True, default="")
    same_period_value = models.DecimalField(max_digits=18, decimal_places=3, null=True)
    #: With a value: which units it is put together from. Without: why it cannot be compared; "" = not counted.
    same_period_note = models.CharField(max_length=400, blank=True, default="")
    is_key = models.BooleanField("con số chính", default=False)
    note = models.CharField("chú thích", max_length=300, blank=True)

    class Meta:
        verbose_name = "số liệu công bố"
        verbose_name_plural = "số liệu công bố"
        ordering = ["version", "order"]

    def __str__(self):
        return self.name


class PublicationEvent(models.Model):
    """One step of a publication version; ``key`` makes a repeated act answer with the first."""

    version = models.ForeignKey(PublicationVersion, models.PROTECT, related_name="events")
    action = models.CharField(max_length=12, choices=PublicationAction.choices)
    from_state = models.CharField(max_length=12, choices=PublicationState.choices)
    to_state = models.CharField(max_length=12, choices=PublicationState.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=64)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = "bước công bố"
        verbose_name_plural = "bước công bố"
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="publication_event_key_once")]

    def __str__(self):
        return self.get_action_display()
