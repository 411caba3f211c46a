"""Two connections reorganise at once: a plan is carried out once, one unit goes one way, the tree stays whole.

Collected on PostgreSQL only (see tests/conftest.py).
"""

from datetime import date

import pytest
from django.db import transaction

from models_dv.domain.reorganisation.applying import apply
from models_dv.domain.reorganisation.undoing import undo
from models_dv.domain.units import rebuild_paths
from models_dv.enums import ReorganisationState
from models_dv.models import AuditEntry, Reorganisation, Unit, UnitPath, UnitSuccession, UnitVersion
from tests.factories.land import make_land
from tests.models_dv.domain.reorganisation.test_applying import MERGED, draft, effects_of
from tests.postgresql.test_races import outcome, race

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def land():
    return make_land()


def applying(land, row):
    seen, revision = effects_of(row).fingerprint(), row.revision

    def act():
        mine = Reorganisation.objects.get(pk=row.pk)
        return apply(mine, revision=revision, seen=seen, role_ids=set(), actor=land.admin)

    return act


def test_one_plan_twice_at_once(land):
    act = applying(land, draft(land, MERGED))
    assert outcome(race(act, act)) == (2, 0)
    assert Unit.objects.filter(code="an-binh-xa-phu-hoa").count() == 1
    assert UnitSuccession.objects.filter(kind="merge", on=date(2026, 12, 1)).count() == 2
    assert AuditEntry.objects.filter(action="Áp dụng sắp xếp đơn vị").count() == 1


def test_two_plans_for_one_unit(land):
    acts = [applying(land, draft(land, f"Nhập xã Phú Lâm vào {name}.")) for name in ("xã Đổi", "xã Tân Hoà")]
    assert outcome(race(*acts)) == (1, 1)
    assert UnitSuccession.objects.filter(predecessor=land["phu-lam"]).count() == 1
    states = sorted(Reorganisation.objects.values_list("state", flat=True))
    assert states == [ReorganisationState.APPLIED, ReorganisationState.DRAFT]


def test_one_undo_twice_at_once(land):
    row = draft(land, MERGED)
    applying(land, row)()

    def act():
        return undo(Reorganisation.objects.get(pk=row.pk), revision=1, actor=land.admin)

    assert outcome(race(act, act)) == (2, 0)
    assert not Unit.objects.filter(code="an-binh-xa-phu-hoa").exists()
    assert AuditEntry.objects.filter(action="Hoàn tác sắp xếp đơn vị").count() == 1


def test_two_moves_of_one_branch_leave_the_tree_as_its_versions_say(land):
    district, commune = land["vu-thu"], land["lap-vu-thu"]
    aside = land["hung-ha"]

    def move(unit, parent):
        def act():
            with transaction.atomic():
                UnitVersion.objects.filter(unit=unit).update(parent=parent)
                return rebuild_paths([unit.pk])

        return act

    race(move(district, land["binh-yen"]), move(commune, aside))
    by_branch = sorted(UnitPath.objects.values_list("unit_id", "path"))
    rebuild_paths()
    assert by_branch == sorted(UnitPath.objects.values_list("unit_id", "path"))
