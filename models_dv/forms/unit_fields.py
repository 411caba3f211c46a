"""Choosing units by name among hundreds: typed, with suggestions; where several fit, it asks which is meant."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from models_dv import clock
from models_dv.domain.unit_search import EXACT, find_units
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.fold import normalize

LONGEST_NAME = 200
MOST_SUGGESTIONS = 400
MOST_NAMED = 4
BLANKS = 2
FEWEST_INPUTS = 3


def suggestions(units: QuerySet[Unit], on: date) -> list[str]:
    """Names of the day for a ``datalist``, by name; with the code where a name occurs twice. One query."""
    rows = UnitVersion.objects.as_of(on).filter(unit__in=units.values("pk")).order_by("name_sort")
    named = list(rows.values_list("name", "unit__code")[:MOST_SUGGESTIONS])
    names = [name for name, _code in named]
    return [f"{name} ({code})" if names.count(name) > 1 else name for name, code in named]


def name_in_form(unit: Unit) -> str:
    """How a unit that is chosen already stands in the field."""
    return str(unit)


def find_one(units: QuerySet[Unit], typed: str, on: date) -> Unit:
    """The unit meant; ValidationError says what to write where none or several fit."""
    found = list(find_units(units, typed, on).prefetch_related("versions")[: MOST_NAMED + 1])
    exact = [unit for unit in found if unit.rank == EXACT]
    for only in (exact, found):
        if len(only) == 1:
            return only[0]
    if not found:
        raise ValidationError(
            f"Không có đơn vị “{typed}” trong các đơn vị được chọn. Chọn một tên trong gợi ý"
        )
    several = exact or found
    names = "; ".join(f"{unit} ({unit.code})" for unit in several[:MOST_NAMED])
    more = " và đơn vị khác" if len(several) > MOST_NAMED else ""
    raise ValidationError(
        f"Có nhiều đơn vị khớp “{typed}”: {names}{more}. Ghi rõ một tên, kèm mã trong ngoặc"
    )


class UnitNameField(forms.CharField):
    """One unit among ``units`` (set by the form), typed by name; its value is the Unit."""

    def __init__(self, *, list_id: str, **options):
        options.setdefault("widget", forms.TextInput(attrs={"list": list_id, "autocomplete": "off"}))
        super().__init__(max_length=LONGEST_NAME, **options)
        self.units: QuerySet[Unit] = Unit.objects.none()
        self.on = clock.today()

    def among(self, units: QuerySet[Unit], on: date) -> None:
        """Which units may be chosen, under the names of which day."""
        self.units, self.on = units, on

    def prepare_value(self, value):
        """A unit by its name; what was typed stays."""
        return name_in_form(value) if isinstance(value, Unit) else value

    def clean(self, value) -> Unit | None:
        """Find the unit."""
        typed = normalize(super().clean(value)).strip()
        return find_one(self.units, typed, self.on) if typed else None


class NamesInput(forms.TextInput):
    """Several inputs under one name, with some empty ones after those filled in; ``label`` names the later ones.

    There are at least as many as the value has places, empty ones included.
    """

    template_name = "components/names_input.html"

    def __init__(self, label: str, attrs=None):
        super().__init__(attrs)
        self.label = label

    def get_context(self, name, value, attrs):
        """The values, and the blank places."""
        context = super().get_context(name, None, attrs)
        values = [text for text in value or [] if text]
        blanks = max(BLANKS, FEWEST_INPUTS - len(values), len(value or []) - len(values))
        context["widget"]["values"] = [*values, *[""] * blanks]
        context["widget"]["label"] = self.label
        return context

    def value_from_datadict(self, data, files, name):
        """Every value sent."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def id_for_label(self, id_):
        """The label belongs to the first input."""
        return id_


class UnitNamesField(forms.Field):
    """Several units among ``units``, one an input; its value is a tuple of Units, each once."""

    def __init__(self, *, list_id: str, label: str, **options):
        attrs = {"list": list_id, "autocomplete": "off", "maxlength": LONGEST_NAME}
        super().__init__(label=label, widget=NamesInput(label, attrs), **options)
        self.units: QuerySet[Unit] = Unit.objects.none()
        self.on = clock.today()

    def among(self, units: QuerySet[Unit], on: date) -> None:
        """Which units may be chosen, under the names of which day."""
        self.units, self.on = units, on

    def prepare_value(self, value: Iterable | None) -> list[str]:
        """Units by their names; what was typed stays."""
        return [name_in_form(item) if isinstance(item, Unit) else item for item in value or []]

    def clean(self, value) -> tuple[Unit, ...]:
        """Find each unit; the errors name what was typed."""
        found, errors = {}, []
        for typed in value or []:
            typed = normalize(str(typed)).strip()[:LONGEST_NAME]
            if not typed:
                continue
            try:
                unit = find_one(self.units, typed, self.on)
                found[unit.pk] = unit
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return tuple(found.values())
