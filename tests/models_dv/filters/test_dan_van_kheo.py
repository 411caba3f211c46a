"""The registry's list is answered through the indexes."""

import pytest
from django.db import connection
from django.http import QueryDict

from models_dv import clock
from models_dv.enums import Role
from models_dv.filters.dan_van_kheo import KheoFilter, KheoPublicFilter
from models_dv.management.scale import make_models, make_units
from models_dv.models import DanVanKheo, KheoPublication, Unit, search_text
from models_dv.models.search_text import are_common
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    """Somebody who reads a whole province of generated models."""
    communes = make_units(30)
    make_models(communes, 3_000)
    rows = DanVanKheo.objects.filter(publication=None)
    KheoPublication.objects.bulk_create(
        KheoPublication(
            model=model,
            slug=f"mo-hinh-{model.pk}",
            unit_id=model.unit_id,
            name=model.name,
            kind=model.kind,
            field=model.field,
            year=model.year,
            published_at=clock.now(),
            search_text=model.search_text,
        )
        for model in rows
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # what autovacuum does after many rows
            for table in ("danvankheo", "kheopublication"):
                cursor.execute(f"SELECT gin_clean_pending_list('models_dv_{table}_words')")
        cursor.execute("ANALYZE")
    return make_user("doc", "Người đọc", Unit.objects.get(code="mh-01"), Role.VIEWER, below=True)


def plan_of(rows, on_postgresql) -> str:
    """How the database would answer; on PostgreSQL also whether it reads the whole table."""
    plan = rows.explain()
    return plan if on_postgresql else f"{plan}\n"


def test_a_keyword_in_the_registry_goes_through_the_index_of_words(reader, on_postgresql):
    visible = DanVanKheo.objects.visible_to(reader)
    rows = KheoFilter(QueryDict("q=so+2999"), queryset=visible).qs
    plan = plan_of(rows, on_postgresql)
    assert "models_dv_danvankheo_words" in plan
    assert "Seq Scan on models_dv_danvankheo" not in plan
    assert "SCAN models_dv_danvankheo\n" not in plan


def test_words_that_stand_nearly_everywhere_are_read_along_the_order_of_the_list(
    reader, on_postgresql, monkeypatch
):
    monkeypatch.setattr(search_text, "MANY", 1_000)
    assert not are_common(DanVanKheo, ["so", "2999"])
    assert are_common(DanVanKheo, ["so"]) is not on_postgresql
    visible = DanVanKheo.objects.visible_to(reader, in_order=True)
    read = KheoFilter(QueryDict("q=so"), queryset=visible, common=True).qs
    looked_up = KheoFilter(QueryDict("q=so"), queryset=DanVanKheo.objects.visible_to(reader)).qs
    assert list(read.values_list("pk", flat=True)) == list(looked_up.values_list("pk", flat=True))
    if not on_postgresql:
        assert "SCAN models_dv_danvankheo USING INDEX kheo_newest" in plan_of(read[:20], on_postgresql)


def test_a_keyword_in_the_gallery_goes_through_the_index_of_words(reader, on_postgresql):
    rows = KheoPublicFilter(QueryDict("q=so+2991"), queryset=KheoPublication.objects.published()).qs
    plan = plan_of(rows, on_postgresql)
    assert "models_dv_kheopublication_words" in plan
    assert "SCAN models_dv_kheopublication\n" not in plan
