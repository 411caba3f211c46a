"""Which model was copied from which."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.domain.kheo_tree import ancestors, as_tree, published_ids, registry_ids
from models_dv.models import DanVanKheo
from tests.factories.kheo import make_model, make_publisher, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world):
    """a → b → c, a → d, each in the same unit; e stands alone."""
    unit, author = world.communes[0], world.author
    a = make_model(unit, author, name="a")
    b = make_model(unit, author, name="b", origin=a)
    c = make_model(unit, author, name="c", origin=b)
    d = make_model(unit, author, name="d", origin=a)
    e = make_model(unit, author, name="e")
    return a, b, c, d, e


def shape(node):
    return {node.item.name: [shape(copy) for copy in node.copies]} if node else None


def test_the_line_above(family):
    a, b, c, *_ = family
    assert ancestors(c.pk) == [c.pk, b.pk, a.pk]
    assert ancestors(a.pk) == [a.pk]


def test_the_family_is_the_same_from_every_member(family):
    a, b, c, d, e = family
    expected = {a.pk: None, b.pk: a.pk, d.pk: a.pk, c.pk: b.pk}
    assert [registry_ids(model.pk) for model in (a, b, c, d)] == [expected] * 4
    assert registry_ids(e.pk) == {e.pk: None}


def test_a_circle_in_the_data_ends(family):
    a, b, c, *_ = family
    DanVanKheo.objects.filter(pk=a.pk).update(origin=c)
    assert set(ancestors(b.pk)) == {a.pk, b.pk, c.pk}
    assert {a.pk, b.pk, c.pk} <= set(registry_ids(b.pk))


def test_as_a_tree(family):
    a, _b, c, *_ = family
    ids = registry_ids(c.pk)
    tree = as_tree(ids, DanVanKheo.objects.filter(pk__in=ids).order_by("name"), lambda m: m.pk, c.pk)
    assert shape(tree) == {"a": [{"b": [{"c": []}]}, {"d": []}]}
    assert tree.copies[0].copies[0].is_here
    assert as_tree({a.pk: None}, [a], lambda m: m.pk, a.pk) is None


def test_the_public_family_holds_published_copies_only(world, family):
    a, b, c, d, _e = family
    publisher = make_publisher(world.communes[0], world.author)
    for model in (a, c, d):
        publish(model, publisher, parts=("problem", "origin"))
    assert published_ids(a.pk) == {a.pk: None, d.pk: a.pk}
    assert published_ids(c.pk) == {c.pk: None}
    publish(b, publisher, parts=("problem", "origin"))
    assert published_ids(c.pk) == {a.pk: None, b.pk: a.pk, d.pk: a.pk, c.pk: b.pk}
    publish(d, publisher, parts=("problem",))
    assert d.pk not in published_ids(a.pk)


def test_one_or_two_queries_whatever_the_depth(family):
    with CaptureQueriesContext(connection) as queries:
        registry_ids(family[2].pk)
    assert len(queries) == 2
