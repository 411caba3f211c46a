"""Long lists, read piece after piece."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

ROWS_AT_ONCE = 1_000


def in_pieces(found: QuerySet) -> Iterator[Any]:
    """The rows in their order, ROWS_AT_ONCE in memory; what is deleted meanwhile is left out.

    Each piece is read to its end before a row of it is given: between two rows nothing is open on the
    connection, so that who goes through them may write (SQLite lets no one write on a connection that still
    reads from before somebody else wrote).
    """
    keys = list(found.prefetch_related(None).values_list("pk", flat=True))
    for first in range(0, len(keys), ROWS_AT_ONCE):
        piece = keys[first : first + ROWS_AT_ONCE]
        rows = {row.pk: row for row in found.order_by().filter(pk__in=piece)}
        yield from (rows[pk] for pk in piece if pk in rows)
