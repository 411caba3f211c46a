"""What a change page says in the audit row: values as a person reads them, in JSON, only what changed."""

from datetime import date, datetime, time

from django.utils import timezone

from models_dv.vietnamese.dates import format_date

#: Never written down, or kept by the sign-in itself.
LEFT_OUT = {"password", "last_login", "date_joined"}


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
        names.get(field.name, str(field.verbose_name)): _value(obj, field)
        for field in obj._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in {*LEFT_OUT, *without}
    }


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
