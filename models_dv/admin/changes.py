"""What a change page says in the audit row: values as a person reads them, in JSON, only what changed."""

from datetime import datetime

from django.utils import timezone

from models_dv.domain.changes import difference, filled, label_of, snapshot
from models_dv.vietnamese.dates import format_date

__all__ = ["Change", "compared", "difference", "filled", "label_of", "shown", "snapshot"]


class Change:
    """What one save of a page changes: the object's own fields and the rows under it."""

    def __init__(self):
        self.before: dict = {}
        self.after: dict = {}

    def fields(self, before: dict, after: dict) -> None:
        """The object's own fields; ``before`` is empty for a new one."""
        old, new = difference(before, after) if before else ({}, filled(after))
        self.before.update(old)
        self.after.update(new)

    def row(self, label: str, before: dict | None, after: dict | None) -> None:
        """One row under the object: added (no ``before``), changed, or removed (no ``after``)."""
        while label in self.before or label in self.after:
            label += " (2)"
        if before is not None and after is not None:
            before, after = difference(before, after)
        if before:
            self.before[label] = filled(before) if after is None else before
        if after:
            self.after[label] = filled(after) if before is None else after

    def __bool__(self):
        return bool(self.before or self.after)


def compared(entry) -> list[tuple[str, str, str]]:
    """(field, before, after) of an entry in words; rows under the object as “row · field”."""
    before, after = _flat(entry.before), _flat(entry.after)
    return [(name, shown(before.get(name)), shown(after.get(name))) for name in {**before, **after}]


def _flat(values: dict, prefix: str = "") -> dict:
    flat = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name} · "))
        else:
            flat[prefix + name] = value
    return flat


def shown(value) -> str:
    """A JSON value as a person reads it: có, không, 05/02/2026, 17:00 05/02/2026; nothing is “–”."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(shown(item) for item in value)
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """ISO dates and times in our way of writing; anything else as it is."""
    if len(text) < 10 or text[4] != "-":
        return text
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    if len(text) == 10:
        return format_date(moment)
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{local:%H:%M} {format_date(local)}"
