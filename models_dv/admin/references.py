"""What refers to an object: asked before deleting, in counts, never in lists of thousands."""

from django.db.models import CASCADE


def references(obj, parts: tuple[type, ...] = ()) -> dict[str, int]:
    """{plural name: how many} of the rows that point at ``obj`` or at one of its parts.

    ``parts`` are the models whose rows belong to the object and go with it; every other row counts,
    whatever the database would do with it.
    """
    found: dict[str, int] = {}
    _collect(obj, type(obj), "", parts, found, set())
    return {name: count for name, count in found.items() if count}


def sentence(counts: dict[str, int]) -> str:
    """“12 phiên bản đơn vị, 3 báo cáo”."""
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _collect(obj, model, way: str, parts, found: dict[str, int], visited: set) -> None:
    """Add the rows that point at ``model``; ``way`` is the path of lookups from it to ``obj``."""
    visited.add(model)
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        field, other = relation.field, relation.related_model
        if relation.many_to_many or other._meta.auto_created:
            continue
        path = f"{field.name}__{way}" if way else field.name
        if other in parts and relation.on_delete is CASCADE:
            if other not in visited:
                _collect(obj, other, path, parts, found, visited)
            continue
        name = str(other._meta.verbose_name_plural)
        found[name] = found.get(name, 0) + other._base_manager.filter(**{path: obj}).count()
