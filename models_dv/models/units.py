"""Units (đơn vị): reporting bodies through time (architecture, decision 7; domain.md §1)."""

from datetime import date

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse

from models_dv import clock
from models_dv.enums import SigningForm, SuccessionKind, UnitLevel, UnitType
from models_dv.scopes import SEGMENT, path_range, paths_of
from models_dv.vietnamese.collation import SORT_KEY_MAX_LENGTH, sort_key
from models_dv.vietnamese.fold import fold


class UnitQuerySet(models.QuerySet):
    """Reads of units."""

    def alive(self, on: date):
        """Units that exist on the day."""
        begun = UnitVersion.objects.filter(unit=models.OuterRef("pk"), valid_from__lte=on)
        return self.filter(models.Exists(begun)).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))

    def children_of(self, unit, on: date):
        """Units right below ``unit`` in the tree of the day; of None those at the top."""
        return self.filter(pk__in=UnitPath.objects.right_below(unit, on).values("unit_id"))

    def descendants_of(self, unit, on: date, *, include_self=False):
        """Units below ``unit`` in the tree of the day, by a range over the path index."""
        below = UnitPath.objects.below(unit, on, include_self=include_self)
        return self.filter(pk__in=below.values("unit_id"))


class Unit(models.Model):
    """A reporting body with a stable identity; everything that changes is in UnitVersion."""

    code = models.CharField(
        "mã đơn vị",
        max_length=40,
        unique=True,
        help_text="Mã cố định trong hệ thống, chữ thường không dấu, ví dụ ha-tinh.",
    )
    territory_code = models.CharField(
        "mã địa bàn",
        max_length=8,
        blank=True,
        help_text="Mã hành chính chính thức, giữ cả số 0 ở đầu; để trống nếu không gắn địa bàn.",
    )
    ended_on = models.DateField(
        "ngày kết thúc", null=True, blank=True, help_text="Ngày đơn vị không còn tồn tại."
    )
    end_basis = models.CharField("căn cứ kết thúc", max_length=250, blank=True)
    illustrative = models.BooleanField(
        "dữ liệu minh hoạ", default=False, help_text="Đơn vị không có thật, dùng để trình diễn."
    )
    portal_numbers = models.BooleanField(
        "hệ thống cấp số",
        default=False,
        help_text="Bật khi sổ công văn báo cáo của đơn vị do hệ thống giữ; tắt khi văn thư lấy số ở sổ chính.",
    )
    allows_self_approval = models.BooleanField(
        "cho phép tự duyệt",
        default=False,
        help_text="Bật cho đơn vị chỉ có một người; biên bản ghi rõ việc tự duyệt.",
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["code"]

    def __str__(self):
        version = self.version_on(clock.today())
        return version.name if version else self.code

    def get_absolute_url(self):
        """Address of the unit's public page."""
        return reverse("public:unit", args=[self.code])

    def version_on(self, on: date):
        """The UnitVersion in force on a day: the latest begun by then, else the first one."""
        versions = sorted(self.versions.all(), key=lambda version: version.valid_from)
        begun = [version for version in versions if version.valid_from <= on]
        if begun:
            return begun[-1]
        return versions[0] if versions else None

    @property
    def current(self):
        """Today's version; for an ended unit its last one."""
        return self.version_on(clock.today())


class UnitVersionQuerySet(models.QuerySet):
    """Reads of dated versions."""

    def as_of(self, on: date):
        """The version of every unit that is in force on the day (one row a unit)."""
        latest = (
            UnitVersion.objects.filter(unit=models.OuterRef("unit"), valid_from__lte=on)
            .values("unit")
            .annotate(latest=Max("valid_from"))
            .values("latest")
        )
        return self.filter(valid_from=models.Subquery(latest))

    def below(self, unit, on: date, *, include_self=False):
        """Of units below ``unit`` in the tree of the day: ``as_of(on).below(unit, on)`` reads the day's branch."""
        below = UnitPath.objects.below(unit, on, include_self=include_self)
        return self.filter(unit_id__in=below.values("unit_id"))


class UnitVersion(models.Model):
    """What a unit is called, where it stands and how it signs, from a day on.

    A version ends where the next one of the unit begins, so versions cannot overlap.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions", verbose_name="đơn vị")
    valid_from = models.DateField("có hiệu lực từ")
    name = models.CharField("tên đơn vị", max_length=200, help_text="Ví dụ: Tỉnh uỷ Hà Tĩnh.")
    short_name = models.CharField("tên ngắn", max_length=120, help_text="Ví dụ: Xã Phú Lâm.")
    place_name = models.CharField(
        "địa danh", max_length=120, help_text="Ghi ở dòng ngày tháng của văn bản, ví dụ: Hà Tĩnh."
    )
    type = models.CharField("loại", max_length=16, choices=UnitType.choices)
    level = models.CharField("cấp", max_length=16, choices=UnitLevel.choices)
    parent = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="child_versions",
        verbose_name="đơn vị cấp trên",
    )
    issuer_name = models.CharField(
        "cơ quan ban hành", max_length=200, help_text="Ví dụ: Ban Tuyên giáo và Dân vận Tỉnh uỷ."
    )
    header_superior = models.CharField(
        "dòng cơ quan cấp trên trên văn bản",
        max_length=200,
        blank=True,
        help_text="Ví dụ: Tỉnh uỷ Hà Tĩnh (văn bản tự in hoa).",
    )
    header_issuer = models.CharField(
        "dòng cơ quan ban hành trên văn bản",
        max_length=200,
        help_text="Ví dụ: Ban Tuyên giáo và Dân vận (văn bản tự in hoa).",
    )
    symbol = models.CharField("ký hiệu", max_length=40, blank=True, help_text="Ví dụ: BTGDVTU.")
    signing_form = models.CharField("cách ký", max_length=16, choices=SigningForm.choices)
    signing_authority = models.CharField(
        "thẩm quyền ký", max_length=120, help_text="Trưởng ban, hoặc Ban Thường vụ khi ký thay mặt (T/M)."
    )
    head_post = models.CharField("chức vụ người đứng đầu", max_length=120, help_text="Ví dụ: Trưởng ban.")
    deputy_post = models.CharField("chức vụ cấp phó", max_length=120, help_text="Ví dụ: Phó Trưởng ban.")
    legal_basis = models.CharField("căn cứ pháp lý", max_length=250, blank=True)
    name_folded = models.CharField(max_length=400, editable=False, db_index=True)
    name_sort = models.CharField(max_length=SORT_KEY_MAX_LENGTH, editable=False, db_index=True)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên bản đơn vị"
        verbose_name_plural = "phiên bản đơn vị"
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "valid_from"],
                name="unit_version_once_a_day",
                violation_error_message="Đơn vị đã có phiên bản bắt đầu từ ngày này.",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("unit")),
                name="unit_version_not_own_parent",
                violation_error_message="Đơn vị không thể là cấp trên của chính mình.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Fill the stored search and sort keys from the name."""
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self):
        """Compute the search and sort keys (bulk writers call this themselves)."""
        self.name_folded = fold(f"{self.name} {self.short_name} {self.issuer_name}")[:400]
        self.name_sort = sort_key(self.place_name or self.name)

    @property
    def issuer_full_name(self) -> str:
        """The issuing body with its place, as a public page names it: “Ban … Tỉnh uỷ An Bình”."""
        if self.place_name and self.place_name not in self.issuer_name:
            return f"{self.issuer_name} {self.place_name}"
        return self.issuer_name


class UnitSuccession(models.Model):
    """An edge old → new with its kind, day and legal basis."""

    predecessor = models.ForeignKey(
        Unit, models.PROTECT, related_name="successor_edges", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        Unit, models.PROTECT, related_name="predecessor_edges", verbose_name="đơn vị mới"
    )
    kind = models.CharField("cách thay đổi", max_length=16, choices=SuccessionKind.choices)
    on = models.DateField("ngày thay đổi")
    legal_basis = models.CharField("căn cứ pháp lý", max_length=250, blank=True)

    class Meta:
        verbose_name = "kế thừa đơn vị"
        verbose_name_plural = "kế thừa đơn vị"
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="unit_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")),
                name="unit_succession_two_units",
                violation_error_message="Đơn vị cũ và đơn vị mới phải khác nhau.",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"


class UnitPathQuerySet(models.QuerySet):
    """Reads of the derived tree."""

    def current(self, on: date):
        """Rows in force on the day."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))

    def lasting(self, on: date):
        """Rows in force on the day, and the last ones of units that had ended by then."""
        begun = self.filter(valid_from__lte=on)
        return begun.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on) | Q(valid_to=F("unit__ended_on")))

    def below(self, unit, on: date, *, include_self=False):
        """Rows in force on the day of the units below ``unit``; none when it does not exist that day."""
        paths = paths_of([unit.pk], on)
        if not paths:
            return self.none()
        rows = self.current(on).filter(path_range(paths[0]))
        return rows if include_self else rows.exclude(unit=unit)

    def right_below(self, unit, on: date):
        """Rows in force on the day of the units right below ``unit``; of None those at the top."""
        if unit is None:
            return self.current(on).filter(depth=1)
        paths = paths_of([unit.pk], on)
        if not paths:
            return self.none()
        return self.current(on).filter(path_range(paths[0]), depth=len(paths[0]) // SEGMENT + 1)


class UnitPath(models.Model):
    """Derived, dated place of a unit in the tree: fixed-width ids of its ancestors and itself.

    Rebuilt from versions by ``models_dv.domain.units.rebuild_paths``; digits only, so that a range
    over the text index means “below” under every collation.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="paths")
    path = models.CharField(max_length=80)
    depth = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = UnitPathQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí trong cây"
        verbose_name_plural = "vị trí trong cây"
        indexes = [models.Index(fields=["path"], name="unit_path_range")]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_path_once_a_day")]

    def __str__(self):
        return self.path
