"""Registering a model and mending what was entered."""

from datetime import date
from decimal import Decimal

import pytest

from models_dv.domain.dan_van_kheo import ResultFigure, copy_values, edit, register, results_of
from models_dv.enums import FactKind, KheoField
from models_dv.errors import MissingInput, NotAllowed, StaleObject
from models_dv.models import AuditEntry, DanVanKheo
from tests.factories.kheo import VALUES, facts_of, make_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


def test_registering_writes_the_fact_and_an_audit_row(world):
    results = [ResultFigure("hộ hiến đất", Decimal(42), "hộ"), ResultFigure("đất", Decimal("1250.5"), "m²")]
    model = register(
        unit=world.communes[0],
        values=VALUES,
        results=results,
        registered_on=date(2026, 2, 5),
        actor=world.author,
    )
    [fact] = model.facts.all()
    assert (fact.kind, fact.on, fact.year_only, fact.recorded_by) == (
        FactKind.REGISTERED,
        date(2026, 2, 5),
        False,
        world.author,
    )
    assert results_of(model) == results
    entry = AuditEntry.objects.get(action="Đăng ký mô hình")
    assert entry.after["kết quả bằng số"] == ["42 hộ hộ hiến đất", "1.250,5 m² đất"]
    assert entry.actor == world.author


def test_without_a_day_only_the_year_is_known(world):
    model = register(unit=world.communes[0], values=VALUES, actor=world.author)
    [fact] = model.facts.all()
    assert (fact.on, fact.year_only, fact.when) == (date(2026, 12, 31), True, "năm 2026")


@pytest.mark.parametrize("who", ["clerk", "reader", "reviewer", "stranger", "province_author"])
def test_only_who_keeps_the_units_registry_registers(world, who):
    with pytest.raises(NotAllowed):
        register(unit=world.communes[0], values=VALUES, actor=getattr(world, who))
    assert DanVanKheo.objects.count() == 0


def test_an_address_of_blanks_is_none(world):
    with pytest.raises(MissingInput) as error:
        register(unit=world.communes[0], values={**VALUES, "address": "  "}, actor=world.author)
    assert error.value.field == "address"


def test_editing_says_what_changed(world, model):
    edit(model, values={"field": KheoField.ECONOMY}, results=[], actor=world.approver)
    model.refresh_from_db()
    assert (model.field, model.revision) == (KheoField.ECONOMY, 1)
    entry = AuditEntry.objects.get(action="Sửa mô hình")
    assert (entry.before, entry.after) == (
        {"lĩnh vực": "Văn hoá – xã hội"},
        {"lĩnh vực": "Kinh tế"},
    )


def test_the_search_text_follows(world, model):
    edit(model, values={"name": "Thắp sáng đường quê"}, results=[], actor=world.author)
    assert DanVanKheo.objects.filter(search_text__words=["thap", "sang"]).get() == model


def test_who_saves_over_somebody_elses_save_is_told(world, model):
    seen = DanVanKheo.objects.get(pk=model.pk)
    edit(model, values={"name": "Tên mới"}, results=[], actor=world.author)
    with pytest.raises(StaleObject):
        edit(seen, values={"name": "Tên khác"}, results=[], actor=world.approver)
    assert DanVanKheo.objects.get().name == "Tên mới"


def test_a_copy_names_its_origin_and_no_circle_comes_of_it(world, model):
    values = {**VALUES, **copy_values(model), "address": "Thôn Hạ"}
    copy = register(unit=world.communes[1], values=values, actor=world.author_of(world.communes[1]))
    second = make_model(world.communes[0], world.author, origin=copy)
    assert (copy.origin, copy.name, copy.method) == (model, model.name, model.method)
    with pytest.raises(MissingInput) as error:
        edit(model, values={"origin": second}, results=[], actor=world.author)
    assert error.value.field == "origin"
    assert DanVanKheo.objects.get(pk=model.pk).origin is None


def test_a_model_is_no_copy_of_itself(world, model):
    with pytest.raises(MissingInput):
        edit(model, values={"origin": model}, results=[], actor=world.author)


def test_a_failed_registration_leaves_nothing(world):
    with pytest.raises(MissingInput):
        register(unit=world.communes[0], values={**VALUES, "address": ""}, actor=world.author)
    assert (DanVanKheo.objects.count(), AuditEntry.objects.filter(action="Đăng ký mô hình").count()) == (0, 0)


def test_facts_of_a_new_model(world, model):
    assert facts_of(model) == [FactKind.REGISTERED]
