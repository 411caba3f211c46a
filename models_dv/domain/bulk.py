"""Thousands of rows in a few statements, on both databases, without an object for each.

``bulk_create`` of 10,000 models of 26 columns spends nine tenths of its time on objects and on putting the
statement together. What is written here goes past ``Model.save``: the caller fills in stored keys himself.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

#: PostgreSQL gets so many rows in one statement.
ROWS_A_STATEMENT = 5_000
#: Fields whose values both drivers take as they are.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.ForeignKey)


def insert(model: type[models.Model], rows: Sequence[Mapping]) -> list[int]:
    """Insert rows, in the caller's transaction; their ids in the same order.

    A row maps names of columns (``unit_id``) to values; what it leaves out has the field's default.
    """
    if not rows:
        return []
    ids = _new_ids(model, len(rows))
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns = [(field.attname, field.get_default(), _prepare(field)) for field in fields]
    values = [
        (pk, *(prepare(row.get(name, default)) for name, default, prepare in columns))
        for pk, row in zip(ids, rows, strict=True)
    ]
    names = [model._meta.pk.column, *(field.column for field in fields)]
    _write(model._meta.db_table, names, values)
    return ids


def _prepare(field: models.Field):
    """What makes of a value what the driver takes."""
    if isinstance(field, PLAIN):
        return lambda value: value
    database = transaction.get_connection()
    return lambda value: field.get_db_prep_save(value, database)


def _new_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that nobody else gets: of PostgreSQL's sequence, or after SQLite's last, whose only writer we are."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), model._meta.pk.column, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone() or (0,)
    return list(range(last + 1, last + 1 + count))


def _write(table: str, names: Sequence[str], values: Sequence[tuple]) -> None:
    quote = connection.ops.quote_name
    head = f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))}) VALUES "
    row = f"({', '.join(['%s'] * len(names))})"
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.executemany(head + row, values)
            return
        for start in range(0, len(values), ROWS_A_STATEMENT):
            piece = values[start : start + ROWS_A_STATEMENT]
            flat = [value for one in piece for value in one]
            cursor.execute(head + ", ".join([row] * len(piece)), flat)


@contextmanager
def wide_statements() -> Iterator[None]:
    """Let Django's statements carry as many values as the database takes.

    It counts on 999 for SQLite, which since version 3.32 takes 32,766 and as Debian builds it 250,000.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    features = connection.features
    features.max_query_params = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    try:
        yield
    finally:
        del features.max_query_params
