"""The column of words: the same answers on both databases, through an index, kept by every kind of write."""

import pytest
from django.apps import apps
from django.db import connection

from models_dv.enums import TaskState
from models_dv.models import DanVanKheo, Task, Unit
from models_dv.models.search_text import SearchTextField
from models_dv.vietnamese.fold import fold

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return Unit.objects.create(code="xa-1", illustrative=True)


def task(unit, title: str) -> Task:
    return Task(title=title, giving_unit=unit, lead_unit=unit)


def found(*words: str) -> set[str]:
    return set(Task.objects.filter(search_text__words=words).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["khao", "sat"], {"Khảo sát đường làng"}),
        (["duong"], {"Khảo sát đường làng", "Thắp sáng đường quê"}),
        (["uon"], {"Khảo sát đường làng", "Thắp sáng đường quê"}),
        (["q"], {"Thắp sáng đường quê"}),
        (["la"], {"Khảo sát đường làng"}),
        (["ng"], set()),
        (["duong", "khong"], set()),
        (["100%"], {"Vận động 100% hộ, không sót"}),
        (["0_o"], set()),
        ([fold('"hai"')], {'Việc "hai"'}),
        ([], {"Khảo sát đường làng", "Thắp sáng đường quê", "Vận động 100% hộ, không sót", 'Việc "hai"'}),
    ],
)
def test_words(unit, words, titles):
    for title in ("Khảo sát đường làng", "Thắp sáng đường quê", "Vận động 100% hộ, không sót", 'Việc "hai"'):
        task(unit, title).save()
    assert found(*words) == titles
    read = Task.objects.filter(search_text__read_words=words)
    assert set(read.values_list("title", flat=True)) == titles


def test_every_kind_of_write_is_followed(unit):
    one, two = task(unit, "Một việc"), task(unit, "Hai việc")
    for row in (one, two):
        row.set_keys()
    Task.objects.bulk_create([one, two])
    assert found("viec") == {"Một việc", "Hai việc"}
    one = Task.objects.get(title="Một việc")
    one.title = "Ba chuyện"
    one.save()
    assert (found("viec"), found("chuyen")) == ({"Hai việc"}, {"Ba chuyện"})
    Task.objects.filter(title="Hai việc").update(search_text="  bon", state=TaskState.OPEN)
    assert found("bon") == {"Hai việc"}
    Task.objects.filter(title="Ba chuyện").delete()
    assert found("chuyen") == set()


def tables() -> list[str]:
    """Tables with a column of words."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, SearchTextField) for field in model._meta.fields)
    )


def test_every_column_of_words_has_its_index():
    """On SQLite a migration that copies a table drops its triggers: it must make the index again."""
    assert len(tables()) >= 6
    with connection.cursor() as cursor:
        for table in tables():
            if connection.vendor == "postgresql":
                cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [f"{table}_words"])
                assert "gin_trgm_ops" in cursor.fetchone()[0]
                continue
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            names = {name for (name,) in cursor.fetchall()}
            assert names == {f"{table}_words_{end}" for end in ("added", "changed", "removed")}


def test_the_question_goes_through_the_index(unit):
    rows = [
        DanVanKheo(
            unit=unit,
            name=f"Tổ tự quản số {n}",
            kind="mo_hinh",
            subject="collective",
            field="economy",
            level="commune",
            year=2026,
            address="Thôn 1",
        )
        for n in range(3_000)
    ]
    for row in rows:
        row.set_keys()
    DanVanKheo.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # what autovacuum does after many rows
            cursor.execute("SELECT gin_clean_pending_list('models_dv_danvankheo_words')")
        cursor.execute("ANALYZE")
    plan = DanVanKheo.objects.filter(search_text__words=["2999"]).explain()
    assert "models_dv_danvankheo_words" in plan
    assert "Seq Scan" not in plan
    assert "SCAN models_dv_danvankheo\n" not in f"{plan}\n"
