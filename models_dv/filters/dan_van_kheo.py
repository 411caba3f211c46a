"""The registry and the public gallery, narrowed by the address: ?q=rac+thai&don_vi=phu+lam&linh_vuc=culture …"""

from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, Q

from models_dv import clock
from models_dv.domain.search import Query, read_query
from models_dv.domain.unit_names import units_meant, with_below
from models_dv.enums import FactKind, KheoField, KheoKind, Subject, UnitLevel
from models_dv.filters.inputs import OfUnitFilter, words_input
from models_dv.models import DanVanKheo, KheoPublication
from models_dv.models.dan_van_kheo import facts_of

STANDING, STOPPED, WAITING = "dang-duy-tri", "da-dung", "chua-ra-mat"
STATES = ((STANDING, "Đang duy trì"), (WAITING, "Chưa ra mắt"), (STOPPED, "Đã dừng"))
PUBLISHED, UNPUBLISHED = "co", "chua"
FIRST_YEAR = 2009  # of the movement


def by_words(queryset, _name, value):
    """Every word stands in the row, with or without accents."""
    words = read_query(value).words
    return queryset.filter(search_text__words=words) if words else queryset


def year_choices() -> list[tuple[str, str]]:
    """The years of the movement, newest first."""
    return [(str(year), str(year)) for year in range(clock.today().year, FIRST_YEAR - 1, -1)]


class KheoFilter(django_filters.FilterSet):
    """The registry, for staff. ``common``: the words asked for stand nearly everywhere (``are_common``)."""

    q = django_filters.CharFilter(label="Từ khoá", method="by_typed_words", widget=words_input())
    don_vi = OfUnitFilter(label="Đơn vị", method="by_unit", widget=words_input(placeholder="Tên hoặc mã"))
    cap_duoi = django_filters.BooleanFilter(
        label="Kể cả cấp dưới", method="as_asked", widget=forms.CheckboxInput
    )
    linh_vuc = django_filters.ChoiceFilter(
        label="Lĩnh vực", field_name="field", choices=KheoField.choices, empty_label="Mọi lĩnh vực"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=KheoKind.choices, empty_label="Mọi loại"
    )
    nam = django_filters.ChoiceFilter(
        label="Năm đăng ký", field_name="year", choices=year_choices, empty_label="Mọi năm"
    )
    duy_tri = django_filters.ChoiceFilter(
        label="Tình trạng", method="by_state", choices=STATES, empty_label="Mọi tình trạng"
    )
    su_viec = django_filters.ChoiceFilter(
        label="Đã ghi", method="by_fact", choices=FactKind.choices, empty_label="Mọi mốc"
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp đăng ký", field_name="level", choices=UnitLevel.choices, empty_label="Mọi cấp"
    )
    doi_tuong = django_filters.ChoiceFilter(
        label="Tập thể, cá nhân", field_name="subject", choices=Subject.choices, empty_label="Cả hai"
    )
    cong_bo = django_filters.ChoiceFilter(
        label="Công bố",
        method="by_publication",
        choices=((PUBLISHED, "Đang công bố"), (UNPUBLISHED, "Chưa công bố")),
        empty_label="Tất cả",
    )

    class Meta:
        model = DanVanKheo
        fields = []

    def __init__(self, *args, today: date | None = None, common: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.common = today or clock.today(), common

    @property
    def query(self) -> Query:
        """The words that are marked in the list."""
        return read_query(self.form["q"].value())

    def by_typed_words(self, queryset, name, value):
        """Every word stands in the row."""
        if self.common:
            return queryset.filter(search_text__read_words=read_query(value).words)
        return by_words(queryset, name, value)

    def by_unit(self, queryset, _name, value):
        """Of the unit named, and with the box ticked of those below it."""
        units = units_meant(value)
        below = self.form.cleaned_data.get("cap_duoi")
        return queryset.filter(unit__in=with_below(units, self.today) if below else units)

    def as_asked(self, queryset, _name, _value):
        """Read by ``by_unit``."""
        return queryset

    def by_state(self, queryset, _name, value):
        """Launched and not stopped by today, stopped, or not launched."""
        launched = Q(Exists(facts_of(FactKind.LAUNCHED, None, self.today)))
        stopped = Q(Exists(facts_of(FactKind.STOPPED, None, self.today)))
        return queryset.filter({STANDING: launched & ~stopped, STOPPED: stopped, WAITING: ~launched}[value])

    def by_fact(self, queryset, _name, value):
        """With a fact of the kind."""
        return queryset.with_fact(value)

    def by_publication(self, queryset, _name, value):
        """What the public reads now, or does not."""
        public = Q(publication__isnull=False, publication__withdrawn_at__isnull=True)
        return queryset.filter(public if value == PUBLISHED else ~public)


class KheoPublicFilter(django_filters.FilterSet):
    """The gallery, for everybody."""

    q = django_filters.CharFilter(label="Từ khoá", method=by_words, widget=words_input())
    linh_vuc = django_filters.ChoiceFilter(
        label="Lĩnh vực", field_name="field", choices=KheoField.choices, empty_label="Mọi lĩnh vực"
    )
    don_vi = OfUnitFilter(label="Đơn vị", method="by_unit", widget=words_input(placeholder="Tên xã, tỉnh"))
    nam = django_filters.ChoiceFilter(
        label="Năm", field_name="year", choices=year_choices, empty_label="Mọi năm"
    )
    tieu_bieu = django_filters.BooleanFilter(
        label="Tiêu biểu", method="by_typical", widget=forms.CheckboxInput
    )

    class Meta:
        model = KheoPublication
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = clock.today()

    @property
    def query(self) -> Query:
        """The words that are marked in the list."""
        return read_query(self.form["q"].value())

    def by_unit(self, queryset, _name, value):
        """Of the unit named and of those below it."""
        return queryset.filter(unit__in=with_below(units_meant(value), self.today))

    def by_typical(self, queryset, _name, value):
        """Only the typical ones, where the box is ticked."""
        return queryset.filter(is_typical=True) if value else queryset
