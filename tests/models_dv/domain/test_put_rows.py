"""Rows written over those that stand there, in one statement, on both databases."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models_dv.domain.put_rows import put_rows
from reports.enums import FigureSource, ValueState
from reports.models import Figure

pytestmark = pytest.mark.django_db
KEYS = ["edition", "indicator", "source"]
NAMES = [*KEYS, "value_state", "value", "text", "revision", "updated_at", "updated_by", "qualifier", "note"]
AT = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=UTC)


def row(world, code, value, *, text="", revision=1) -> list:
    state = ValueState.EMPTY if value is None else ValueState.NUMBER
    place = [world.report().latest_id, world.indicator(code).pk, FigureSource.OWN]
    return [*place, state, value, text, revision, AT, world.author.pk, "", ""]


def stored() -> dict:
    rows = Figure.objects.order_by("indicator__order").select_related("indicator")
    return {r.indicator.code: (r.value_state, r.value, r.text, r.revision, r.updated_at) for r in rows}


def test_new_rows_and_rows_over_others_in_one_statement(world, django_assert_num_queries):
    put_rows(Figure, NAMES, KEYS, [row(world, "A1", Decimal("6.125")), row(world, "A2", None)])
    first = Figure.objects.get(indicator__code="A1").pk
    rows = [
        row(world, "A1", Decimal("1743"), text="Ý kiến 100%: “đúng”", revision=2),
        row(world, "A3", Decimal("123456789.125")),
    ]
    with django_assert_num_queries(1):
        put_rows(Figure, NAMES, KEYS, rows)
    assert stored() == {
        "A1": ("number", Decimal("1743"), "Ý kiến 100%: “đúng”", 2, AT),
        "A2": ("empty", None, "", 1, AT),
        "A3": ("number", Decimal("123456789.125"), "", 1, AT),
    }
    assert Figure.objects.get(indicator__code="A1").pk == first


def test_no_rows_no_statement(world, django_assert_num_queries):
    with django_assert_num_queries(0):
        put_rows(Figure, NAMES, KEYS, [])
