"""Officials, narrowed by the address: ?q=mau&don_vi=phu+lam&co_quan=…&chuc_vu=bi+thu&ngay=01/07/2026&ca_cu=1."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from models_dv import clock
from models_dv.domain.search import all_words, read_query, word_beginnings
from models_dv.domain.unit_names import unit_name, units_named
from models_dv.enums import Organ
from models_dv.filters.tasks import DayFilter, words_input
from models_dv.models import Appointment, Official, UnitPath

BY_NAME, BY_RANK = "ten", "bac"


class OfficialFilter(django_filters.FilterSet):
    """Who held a post on a day (today, where none is asked for) that fits unit, organ and words of the post."""

    q = django_filters.CharFilter(label="Họ và tên", widget=words_input())
    don_vi = django_filters.CharFilter(label="Đơn vị", widget=words_input())
    co_quan = django_filters.ChoiceFilter(label="Cơ quan", choices=Organ.choices, empty_label="Mọi cơ quan")
    chuc_vu = django_filters.CharFilter(label="Chức vụ", widget=words_input())
    ngay = DayFilter(label="Tính đến ngày")
    ca_cu = django_filters.BooleanFilter(
        label="Cả người đã thôi giữ chức vụ", widget=forms.CheckboxInput(attrs={"value": "1"})
    )

    class Meta:
        model = Official
        fields = []

    @property
    def day(self) -> date:
        """The day asked for; today without one, or where it was typed wrongly."""
        self.form.is_valid()
        return self.form.cleaned_data.get("ngay") or clock.today()

    @property
    def with_former(self) -> bool:
        """Whether posts that have ended, or not begun, count too."""
        self.form.is_valid()
        return bool(self.form.cleaned_data.get("ca_cu"))

    def filter_queryset(self, queryset):
        """All that is said of a post must hold of one and the same post."""
        wanted = self.form.cleaned_data
        if wanted.get("q"):
            queryset = queryset.filter(word_beginnings("name_folded", read_query(wanted["q"])))
        posts = self._posts(wanted).filter(official=OuterRef("pk"))
        return queryset.filter(Exists(posts)).annotate(**self._highest(posts))

    def _highest(self, posts) -> dict[str, Subquery]:
        """``best_…`` of the highest of the posts: rank, assigned order, place of its unit in the tree, its name."""
        paths = UnitPath.objects.current(self.day).filter(unit=OuterRef("unit")).values("path")[:1]
        first = posts.order_by("rank", "order", "pk").annotate(
            path=Coalesce(Subquery(paths), Value("")), unit_name=unit_name("unit", self.day)
        )
        return {
            f"best_{name}": Subquery(first.values(name)[:1])
            for name in ("rank", "order", "path", "unit_name")
        }

    def _posts(self, wanted: dict):
        posts = Appointment.objects.all() if self.with_former else Appointment.objects.in_force(self.day)
        if wanted.get("don_vi"):
            posts = posts.filter(unit__in=units_named(wanted["don_vi"], self.day))
        if wanted.get("co_quan"):
            posts = posts.filter(organ=wanted["co_quan"])
        if wanted.get("chuc_vu"):
            posts = posts.filter(all_words("post_folded", read_query(wanted["chuc_vu"])))
        return posts
