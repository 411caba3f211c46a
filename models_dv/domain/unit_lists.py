"""The units that a person reads, as they were on a day."""

from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from models_dv.domain.unit_names import unit_name
from models_dv.enums import UnitLevel
from models_dv.models import UnitVersion
from models_dv.scopes import units_readable

LEVELS = (UnitLevel.CENTRAL, UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)


def units_of_day(user, on: date) -> QuerySet[UnitVersion]:
    """Versions of the day with ``parent_name``, highest level first, then by name."""
    levels = Case(
        *(When(level=level, then=Value(order)) for order, level in enumerate(LEVELS)),
        default=Value(len(LEVELS)),
        output_field=IntegerField(),
    )
    return (
        UnitVersion.objects.as_of(on)
        .filter(Q(unit__ended_on__isnull=True) | Q(unit__ended_on__gt=on))
        .filter(units_readable(user))
        .select_related("unit")
        .annotate(parent_name=unit_name("parent_id", on))
        .order_by(levels, "name_sort", "unit__code")
    )
