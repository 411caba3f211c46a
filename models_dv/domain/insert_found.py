"""INSERT … SELECT: rows that a query finds become rows of another table in one statement."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.constants import OnConflict


def insert_found(model: type[Model], found: QuerySet, columns: dict[str, object]) -> int:
    """Insert a row of ``model`` for each row that the query finds, in the caller's transaction; how many.

    ``columns``: field of ``model`` → an expression over the query (``F("pk")``), or a value that is the same
    for all. Every field that may not be null stands there. A row that a unique constraint of ``model`` knows
    already is left as it is.
    """
    fields = [model._meta.get_field(name) for name in columns]
    values = {
        f"column_{number}": _as_expression(value, field)
        for number, (field, value) in enumerate(zip(fields, columns.values(), strict=True))
    }
    rows = found.order_by().annotate(**values).values_list(*values)
    try:
        select, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return 0
    operations = connection.ops
    statement = " ".join(
        [
            operations.insert_statement(on_conflict=OnConflict.IGNORE),
            operations.quote_name(model._meta.db_table),
            f"({', '.join(operations.quote_name(field.column) for field in fields)})",
            select,
            operations.on_conflict_suffix_sql(fields, OnConflict.IGNORE, [], []),
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount


def _as_expression(value, field: Field):
    if hasattr(value, "resolve_expression"):
        return value
    return Value(value, output_field=field.target_field if field.is_relation else field)
