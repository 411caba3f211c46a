"""What refers to an object: asked before deleting, in counts, never in lists of thousands."""

from django.db.models import CASCADE

Parts = tuple[type, ...]


def references(obj, parts: Parts = ()) -> dict[str, int]:
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


def _collect(obj, model, way: str, parts: Parts, found: dict[str, int], seen: set) -> None:
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.is_relation):
            continue
        field, other = relation.field, relation.related_model
        if relation.many_to_many or (field, way) in seen or other._meta.auto_created:
            continue
        seen.add((field, way))
        path = f"{field.name}__{way}" if way else field.name
        if other in parts and relation.on_delete is CASCADE:
            if other is not model:
                _collect(obj, other, path, parts, found, seen)
            continue
        rows = other._base_manager.filter(**{path: obj})
        for part in parts:
            if part is other:
                rows = rows.exclude(**_own_rows(obj, other))
        name = str(other._meta.verbose_name_plural)
        found[name] = found.get(name, 0) + rows.distinct().count()


def _own_rows(obj, part) -> dict:
    """The condition that a row of ``part`` belongs to ``obj`` itself."""
    for field in part._meta.concrete_fields:
        if field.is_relation and field.related_model is type(obj) and field.remote_field.on_delete is CASCADE:
            return {field.name: obj}
    return {"pk__in": []}
