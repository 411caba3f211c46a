"""INSERT … VALUES … ON CONFLICT: rows written over those that stand there, in one statement.

What ``bulk_create(update_conflicts=True)`` sends, without a model and a question to every field for each row: for
saves that people wait for, many at a time.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model
from django.db.models.constants import OnConflict


def put_rows(model: type[Model], names: Sequence[str], keys: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Write ``rows``, whose values stand in the order of the fields ``names``, in the caller's transaction.

    ``keys``: the fields of a unique constraint; a row that stands there already gets the other fields.
    """
    if not rows:
        return
    operations = connection.ops
    fields = [model._meta.get_field(name) for name in names]
    unique = [model._meta.get_field(name).column for name in keys]
    others = [field.column for field in fields if field.column not in unique]
    adapt = [_adaptation(field) for field in fields]
    row = f"({', '.join(['%s'] * len(fields))})"
    statement = " ".join(
        [
            operations.insert_statement(on_conflict=OnConflict.UPDATE),
            operations.quote_name(model._meta.db_table),
            f"({', '.join(operations.quote_name(field.column) for field in fields)})",
            f"VALUES {', '.join([row] * len(rows))}",
            operations.on_conflict_suffix_sql(fields, OnConflict.UPDATE, others, unique),
        ]
    )
    values = [
        change(value) if change else value for one in rows for change, value in zip(adapt, one, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _adaptation(field):
    """What makes a value of the field one that the database takes; None where it takes it as it is."""
    kind = field.get_internal_type()
    if kind == "DecimalField":
        return lambda value: connection.ops.adapt_decimalfield_value(
            value, field.max_digits, field.decimal_places
        )
    if kind == "DateTimeField":
        return connection.ops.adapt_datetimefield_value
    return None
