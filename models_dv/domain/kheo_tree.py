"""Which model was copied from which: the line of origins above one, and all copies below it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from models_dv.models import DanVanKheo, KheoPublication

#: A tree shows no more than this; a line of origins is never followed further.
MOST_NODES = 200
DEEPEST = 30


@dataclass
class Node:
    """One model of a tree: ``item`` is what the caller shows of it."""

    item: object
    is_here: bool = False
    copies: list["Node"] = field(default_factory=list)


def ancestors(model_id: int) -> list[int]:
    """Ids of the model itself, its origin, the origin of that …, as far as they go (a circle ends once)."""
    return _line(DanVanKheo._meta.db_table, "id", "origin_id", "", model_id)


def registry_ids(model_id: int) -> dict[int, int | None]:
    """{model id: id of its origin} of the whole family of a model, in the registry."""
    table = DanVanKheo._meta.db_table
    root = _line(table, "id", "origin_id", "", model_id)[-1:]
    return _family(table, "id", "origin_id", "", root[0]) if root else {}


def published_ids(model_id: int) -> dict[int, int | None]:
    """The same of what is published now: {model id: id of the model that it was published as a copy of}."""
    table, now = KheoPublication._meta.db_table, "withdrawn_at IS NULL"
    root = _line(table, "model_id", "origin_id", now, model_id)[-1:]
    return _family(table, "model_id", "origin_id", now, root[0]) if root else {}


def as_tree(parents: dict[int, int | None], items: Iterable, key, here: int) -> Node | None:
    """The family as a tree of ``items`` (``key``: the id of one); None where there is nobody but ``here``.

    Items come in the order in which copies shall stand.
    """
    nodes = {key(item): Node(item, key(item) == here) for item in items}
    if len(nodes) < 2:
        return None
    top = None
    for pk, node in nodes.items():
        above = nodes.get(parents.get(pk))
        if above is None or above is node:
            top = top or node
        else:
            above.copies.append(node)
    return top


def _line(table: str, key: str, origin: str, where: str, start: int) -> list[int]:
    condition = f"AND t.{where}" if where else ""
    query = f"""
        WITH RECURSIVE line(id, origin, step) AS (
            SELECT t.{key}, t.{origin}, 0 FROM {table} t WHERE t.{key} = %s {condition}
            UNION
            SELECT t.{key}, t.{origin}, line.step + 1 FROM {table} t JOIN line ON t.{key} = line.origin
            WHERE line.step < {DEEPEST} {condition}
        ) SELECT id FROM line ORDER BY step"""
    return list(dict.fromkeys(pk for (pk,) in _rows(query, [start])))


def _family(table: str, key: str, origin: str, where: str, root: int) -> dict[int, int | None]:
    condition = f"AND t.{where}" if where else ""
    query = f"""
        WITH RECURSIVE family(id, origin, step) AS (
            SELECT t.{key}, CAST(NULL AS BIGINT), 0 FROM {table} t WHERE t.{key} = %s {condition}
            UNION
            SELECT t.{key}, t.{origin}, family.step + 1 FROM {table} t JOIN family ON t.{origin} = family.id
            WHERE family.step < {DEEPEST} AND t.{key} <> %s {condition}
        ) SELECT id, origin FROM family ORDER BY step, id LIMIT {MOST_NODES}"""
    found: dict[int, int | None] = {}
    for pk, parent in _rows(query, [root, root]):
        found.setdefault(pk, parent)
    return found


def _rows(query: str, params: list) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()
