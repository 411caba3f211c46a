"""What changed, for audit rows: values as a person reads them, in JSON; and whether a row is still as it was seen."""

import hashlib
import json
from datetime import date, datetime, time

from django.utils import timezone

from models_dv.errors import StaleObject

#: Never written down, kept by the sign-in itself, or the person's own choice.
LEFT_OUT = {"password", "last_login", "date_joined", "mail_habit"}


def label_of(obj) -> str:
    """How a change names another object: units with their code, because names occur more than once."""
    if obj is None:
        return ""
    code = getattr(obj, "code", "")
    text = str(obj)
    return text if not code or code in text else f"{text} ({code})"


def snapshot(obj, names: dict[str, str] | None = None, without: tuple[str, ...] = ()) -> dict:
    """The editable fields of ``obj`` as {Vietnamese name: JSON value}.

    ``names`` gives fields another name, ``without`` names fields that are left out.
    """
    names = names or {}
    return {
        names.get(field.name, _name(field)): _value(obj, field)
        for field in obj._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in {*LEFT_OUT, *without}
    }


def _name(field) -> str:
    """What the field is called; one that says nothing of itself is called as what it points to."""
    unnamed = field.is_relation and str(field.verbose_name) == field.name.replace("_", " ")
    return str((field.related_model._meta if unnamed else field).verbose_name)


def _value(obj, field):
    if field.is_relation:
        return label_of(getattr(obj, field.name))
    value = getattr(obj, field.attname)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return str(value)


def difference(before: dict, after: dict) -> tuple[dict, dict]:
    """Both sides cut down to the names whose value differs."""
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in changed if name in before},
        {name: after[name] for name in changed if name in after},
    )


def filled(values: dict) -> dict:
    """Only what says something: no empty texts, no “không” of a new object."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def fingerprint(obj) -> str:
    """A short code of everything stored in the row; a form carries it to say which state a person saw."""
    values = {field.attname: getattr(obj, field.attname) for field in obj._meta.concrete_fields}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:24]


def locked_as_seen(row, seen: str, what: str = "Dòng này"):
    """The row, locked and fresh, if it still is as ``seen`` (a ``fingerprint``); else StaleObject.

    Inside a transaction. Also where the row has been removed meanwhile.
    """
    stored = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None or fingerprint(stored) != seen:
        raise StaleObject(what)
    return stored


def exchanged(rows: list, row, *, up: bool) -> bool:
    """Let ``row`` change places with its neighbour in ``rows`` and number ``order`` from 1; False at the end."""
    place = next((number for number, other in enumerate(rows) if other.pk == row.pk), None)
    neighbour = -1 if place is None else place + (-1 if up else 1)
    if not 0 <= neighbour < len(rows):
        return False
    rows[place], rows[neighbour] = rows[neighbour], rows[place]
    for order, moved in enumerate(rows, start=1):
        moved.order = order
    return True
