"""Every row that carrying out a plan writes, with its values before and after: what undo reads."""

import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

BATCH = 500


def stored(obj: models.Model, names=None) -> dict[str, Any]:
    """{column: JSON value} of a row, or of some of its columns."""
    columns = names or [column.attname for column in obj._meta.concrete_fields]
    values = {name: getattr(obj, name) for name in columns}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


@dataclass
class RowLog:
    """Writes rows and remembers them in their order."""

    entries: list[dict[str, Any]] = field(default_factory=list)

    def create(self, rows: list[models.Model]) -> None:
        """Insert rows of one model."""
        if not rows:
            return
        type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)
        self.entries += [
            {"model": row._meta.label_lower, "pk": row.pk, "before": None, "after": stored(row)}
            for row in rows
        ]

    def change(self, rows: list[tuple[models.Model, dict[str, Any]]]) -> None:
        """Set columns of rows of one model: (row, {column: value})."""
        if not rows:
            return
        columns = sorted({name for _row, values in rows for name in values})
        for row, values in rows:
            before = stored(row, columns)
            for name, value in values.items():
                setattr(row, name, value)
            after = stored(row, columns)
            self.entries.append(
                {"model": row._meta.label_lower, "pk": row.pk, "before": before, "after": after}
            )
        model = type(rows[0][0])
        names = [model._meta.get_field(name).name for name in columns]
        model._base_manager.bulk_update([row for row, _values in rows], names, batch_size=BATCH)


@dataclass(frozen=True)
class Entry:
    """One row of a stored log."""

    model: type[models.Model]
    pk: int
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def was_created(self) -> bool:
        """Whether there was no such row before."""
        return self.before is None


def read_log(entries: list[dict[str, Any]]) -> list[Entry]:
    """The entries of a stored log, in their order."""
    return [Entry(apps.get_model(row["model"]), row["pk"], row["before"], row["after"]) for row in entries]


def put_back(entries: list[Entry]) -> None:
    """Take every row back to what it was, the last written first."""
    for (model, created), rows in groupby(reversed(entries), lambda entry: (entry.model, entry.was_created)):
        if created:
            model._base_manager.filter(pk__in=[entry.pk for entry in rows]).delete()
            continue
        fields = {column.attname: column for column in model._meta.concrete_fields}
        for entry in rows:
            values = {name: fields[name].to_python(value) for name, value in entry.before.items()}
            model._base_manager.filter(pk=entry.pk).update(**values)
