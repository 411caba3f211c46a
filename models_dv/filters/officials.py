"""Officials and delegations of signing, narrowed by the address:
?q=mau&don_vi=phu+lam&co_quan=…&chuc_vu=bi+thu&ngay=01/07/2026&ca_cu=1.
"""

from datetime import date
from functools import cached_property

import django_filters
from django import forms
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat

from models_dv import clock
from models_dv.domain.search import all_words, read_query, word_beginnings
from models_dv.domain.unit_names import unit_ids_meant, units_meant
from models_dv.domain.units import segments
from models_dv.enums import Organ
from models_dv.filters.inputs import DayFilter, OfUnitFilter, words_input
from models_dv.models import Appointment, Official, SigningDelegation, UnitPath
from models_dv.scopes import SEGMENT

BY_NAME, BY_RANK = "ten", "bac"
#: Sorts after every path: units that do not exist on the day.
LAST = "a"
#: A unit stands before those below it: no unit has the number 0.
END_OF_PATH = "0" * SEGMENT
#: Rank (10 to 99) and assigned order in one number of so many digits, to be compared as a text.
RANK_STEP, RANK_DIGITS = 100_000, 7


class OfficialFilter(django_filters.FilterSet):
    """Who held a post on a day (today, where none is asked for) that fits unit, organ and words of the post.

    Whom a source names before the day, and of whom no end is known, is found too; ``holding`` leaves him out.
    """

    q = django_filters.CharFilter(label="Họ và tên", widget=words_input())
    don_vi = OfUnitFilter(label="Đơn vị", widget=words_input())
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
    def order(self) -> str:
        """By given name, or within a unit by rank, where nothing else is asked for."""
        asked = self.data.get("xep")
        return asked if asked in (BY_NAME, BY_RANK) else BY_RANK if self.data.get("don_vi") else BY_NAME

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
        return queryset.filter(pk__in=self._posts(wanted).values("official"))

    def holding(self, queryset):
        """Of what was found, who is known to hold such a post on the day."""
        posts = self._posts(self.form.cleaned_data).in_force(self.day)
        return queryset.filter(pk__in=posts.values("official"))

    def by_rank(self, queryset):
        """By the place in the tree of the unit, then rank and assigned order, of the highest post that fits."""
        posts = self._posts(self.form.cleaned_data).filter(official=OuterRef("pk"))
        path = Subquery(UnitPath.objects.current(self.day).filter(unit=OuterRef("unit")).values("path")[:1])
        number = Cast(F("rank") * RANK_STEP + F("order"), CharField())
        place = Concat(Coalesce(path, Value(LAST)), Value(END_OF_PATH), number)
        highest = posts.annotate(place=place).order_by("place").values("place")[:1]
        return queryset.annotate(best_place=Subquery(highest)).order_by("best_place", "name_sort", "pk")

    @staticmethod
    def unit_of(place: str) -> int | None:
        """The unit in a ``best_place``; None for one that does not exist on the day."""
        path = place[: -len(END_OF_PATH) - RANK_DIGITS]
        return None if path == LAST else segments(path)[-1]

    @cached_property
    def units(self):
        """Ids of the units asked for, as a query."""
        return units_meant(self.form.cleaned_data["don_vi"])

    def read_units(self) -> "OfficialFilter":
        """Ask for the units now: an export asks within other queries (see ``unit_ids_meant``)."""
        self.form.is_valid()
        if typed := self.form.cleaned_data.get("don_vi"):
            self.units = unit_ids_meant(typed)
        return self

    def _posts(self, wanted: dict):
        posts = Appointment.objects.all() if self.with_former else Appointment.objects.not_ended(self.day)
        if wanted.get("don_vi"):
            posts = posts.filter(unit__in=self.units)
        if wanted.get("co_quan"):
            posts = posts.filter(organ=wanted["co_quan"])
        if wanted.get("chuc_vu"):
            posts = posts.filter(all_words("post_folded", read_query(wanted["chuc_vu"])))
        return posts


class DelegationFilter(django_filters.FilterSet):
    """Delegations in force on a day, where one is asked for."""

    ngay = DayFilter(label="Có hiệu lực ngày", method="on_day")

    class Meta:
        model = SigningDelegation
        fields = []

    def on_day(self, queryset, _name, value):
        """Valid on the day, neither over nor revoked."""
        return queryset.in_force(value)
