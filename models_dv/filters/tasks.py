"""The list of tasks, narrowed by the address: ?q=doi+thoai&chu_tri=phu+lam&tinh_trang=open&han=qua-han …"""

from datetime import date, timedelta

import django_filters

from models_dv import clock
from models_dv.domain import task_sources
from models_dv.domain.search import read_query
from models_dv.domain.task_lists import IN_TIME, column_condition
from models_dv.domain.unit_names import unit_ids_meant, units_meant
from models_dv.enums import TaskState
from models_dv.filters.inputs import DayFilter, OfUnitFilter, words_input
from models_dv.models import Task
from models_dv.models.tasks import SOON_DAYS

OVERDUE, SOON, LATER, MONTH, WITHOUT = "qua-han", "7-ngay", "sau-7-ngay", "30-ngay", "khong-han"
DUE = (
    (OVERDUE, "Quá hạn"),
    (SOON, "Trong 7 ngày tới"),
    (LATER, "Sau 7 ngày hoặc không đặt hạn"),
    (MONTH, "Trong 30 ngày tới"),
    (WITHOUT, "Không đặt hạn"),
)
DAYS = {SOON: SOON_DAYS, MONTH: 30}


class TaskFilter(django_filters.FilterSet):
    """Words, units, state, due date, source. ``today`` decides what is overdue.

    ``nested``: the rows are asked for within other queries (see ``unit_ids_meant``).
    """

    q = django_filters.CharFilter(label="Nội dung nhiệm vụ", method="by_words", widget=words_input())
    chu_tri = OfUnitFilter(label="Đơn vị chủ trì", method="by_lead", widget=words_input())
    giao = OfUnitFilter(label="Đơn vị giao", method="by_giver", widget=words_input())
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", field_name="state", choices=TaskState.choices, empty_label="Mọi tình trạng"
    )
    han = django_filters.ChoiceFilter(label="Hạn", method="by_due", choices=DUE, empty_label="Mọi hạn")
    tu = DayFilter(label="Hạn từ ngày", field_name="due_on", lookup_expr="gte")
    den = DayFilter(label="Hạn đến ngày", field_name="due_on", lookup_expr="lte")
    nguon = django_filters.ChoiceFilter(
        label="Nguồn", method="by_source", choices=task_sources.choices, empty_label="Mọi nguồn"
    )

    class Meta:
        model = Task
        fields = []

    def __init__(self, *args, today: date | None = None, nested: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.units_meant = today or clock.today(), unit_ids_meant if nested else units_meant

    def by_words(self, queryset, _name, value):
        """Every word stands in the task, with or without accents."""
        words = read_query(value).words
        return queryset.filter(search_text__words=words) if words else queryset

    def by_lead(self, queryset, _name, value):
        """By code or name of the unit that leads."""
        return queryset.filter(lead_unit__in=self.units_meant(value))

    def by_giver(self, queryset, _name, value):
        """By code or name of the unit that gave it."""
        return queryset.filter(giving_unit__in=self.units_meant(value))

    def by_due(self, queryset, _name, value):
        """Overdue, due soon, or without a due date."""
        if value == OVERDUE:
            return queryset.overdue(self.today)
        if value == WITHOUT:
            return queryset.filter(due_on__isnull=True)
        if value == LATER:
            return queryset.filter(column_condition(IN_TIME, self.today))
        return queryset.due_between(self.today, self.today + timedelta(days=DAYS[value]))

    def by_source(self, queryset, _name, value):
        """By the kind of thing the task comes from."""
        return queryset.filter(task_sources.of_kind(value))
