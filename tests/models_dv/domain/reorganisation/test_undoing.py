"""Taking a reorganisation back: to the byte, and only while nothing was built on it."""

from datetime import date

import pytest

from models_dv.domain.reorganisation.drafts import draft_again
from models_dv.domain.reorganisation.undoing import StandsInTheWay, obstacles, undo
from models_dv.enums import ReorganisationState, Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import AuditEntry, CommitteeTerm, Unit, UnitRole, UnitSuccession, UnitVersion
from tests.factories.land import ON
from tests.models_dv.domain.reorganisation.dumps import difference, dump
from tests.models_dv.domain.reorganisation.test_applying import (
    MERGED,
    appointment,
    carry_out,
    delegation,
    draft,
    task,
)

TEXTS = {
    "merger": MERGED,
    "taking in": "Nhập xã Phú Lâm vào xã Tân Hoà và đổi tên thành xã Phú Hoà.",
    "new name": "Đổi tên xã Phú Lâm thành xã Phú Sơn.",
    "division": "Chia xã Phú Lâm thành xã Phú Lâm Đông và xã Phú Lâm Tây.",
    "districts": "Hợp nhất huyện Vũ Thư và huyện Hưng Hà thành huyện Vũ Hà.",
    "many": (
        "1. Sắp xếp toàn bộ diện tích tự nhiên của xã Phú Lâm và một phần diện tích tự nhiên của xã Đổi thành xã A.\n"
        "2. Nhập phần còn lại của xã Đổi vào xã Bình Minh.\n"
        "3. Hợp nhất huyện Vũ Thư và huyện Hưng Hà thành huyện Vũ Hà.\n"
        "4. Chuyển xã Tân Hoà thành phường Tân Hoà."
    ),
}


@pytest.fixture
def peopled(land):
    """With people, appointments and tasks in Phú Lâm and in the district."""
    roles = [land.role("phu-lam"), land.role("vu-thu"), land.role("doi", Role.VIEWER)]
    appointment(land)
    appointment(land, "vu-thu")
    task(land)
    task(land, "vu-thu")
    task(land, "doi", giving_unit=land["phu-lam"])
    delegation(land)
    return land, roles


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_undo_leaves_every_row_as_it_was(peopled, text):
    land, roles = peopled
    before = dump()
    done = carry_out(land, draft(land, text), roles=roles, busy=["phu-lam"])
    assert dump() != before
    assert obstacles(done) == []
    undo(done, revision=1, actor=land.admin)
    assert difference(before, dump()) == {}
    assert (done.state, done.undone_by, done.revision) == (ReorganisationState.UNDONE, land.admin, 2)


def test_it_can_be_done_again_from_a_new_draft(land):
    done = carry_out(land, draft(land, MERGED))
    with pytest.raises(ExpectedError):
        draft_again(done, actor=land.admin)
    undo(done, revision=1, actor=land.admin)
    again = draft_again(done, actor=land.admin)
    assert (again.state, again.plan, again.revision) == (ReorganisationState.DRAFT, done.plan, 0)
    carry_out(land, again)
    assert Unit.objects.filter(code="an-binh-xa-phu-hoa").exists()


def new_unit() -> Unit:
    return Unit.objects.get(code="an-binh-xa-phu-hoa")


def later_version(land, unit) -> None:
    row = UnitVersion.objects.as_of(ON).get(unit=unit)
    row.pk, row.valid_from, row.name = None, date(2027, 5, 1), "Đảng uỷ xã Mới"
    row.save()


BUILT = {
    "a later version": (
        lambda land: later_version(land, new_unit()),
        ["“Đảng uỷ xã Mới” có phiên bản mới từ ngày sắp xếp.", "1 phiên bản đơn vị gắn với đơn vị mới."],
    ),
    "an edge": (
        lambda land: UnitSuccession.objects.create(
            predecessor=new_unit(), successor=land["doi"], kind="merge", on=date(2027, 1, 1)
        ),
        ["Có kế thừa mới: Đảng uỷ xã Phú Hoà → Đảng uỷ xã Đổi.", "1 kế thừa đơn vị gắn với đơn vị mới."],
    ),
    "a role": (
        lambda land: UnitRole.objects.create(user=land.admin, unit=new_unit(), role=Role.VIEWER),
        ["1 vai trò trong đơn vị gắn với đơn vị mới."],
    ),
    "an appointment": (
        lambda land: setattr(land, "row", appointment(land, from_on=date(2027, 1, 1))) or _move(land.row),
        ["1 chức vụ gắn với đơn vị mới."],
    ),
    "a task": (
        lambda land: _join(task(land, "doi")),
        ["1 nhiệm vụ gắn với đơn vị mới."],
    ),
    "a term": (
        lambda land: CommitteeTerm.objects.create(unit=new_unit(), name="2026 - 2030", starts_on=ON),
        ["1 nhiệm kỳ gắn với đơn vị mới."],
    ),
    "a correction": (
        lambda land: Unit.objects.filter(pk=new_unit().pk).update(territory_code="00004"),
        ["Đã sửa đơn vị “Đảng uỷ xã Phú Hoà” sau khi áp dụng."],
    ),
    "another end": (
        lambda land: Unit.objects.filter(code="phu-lam").update(ended_on=date(2026, 12, 2)),
        ["Đã sửa đơn vị “Đảng uỷ xã Phú Lâm” sau khi áp dụng."],
    ),
    "an edge that is gone": (
        lambda land: UnitSuccession.objects.filter(predecessor=land["phu-lam"]).delete(),
        ["Đã xoá một kế thừa đơn vị của phương án."],
    ),
}


def _move(row) -> None:
    row.unit = new_unit()
    row.save()


def _join(row) -> None:
    row.joining_units.add(new_unit())


@pytest.mark.parametrize(("build", "reasons"), BUILT.values(), ids=BUILT)
def test_what_was_built_on_it_stands_in_the_way(land, build, reasons):
    done = carry_out(land, draft(land, MERGED))
    build(land)
    before = dump()
    assert obstacles(done) == reasons
    with pytest.raises(StandsInTheWay) as error:
        undo(done, revision=1, actor=land.admin)
    assert error.value.reasons == reasons
    done.refresh_from_db()
    assert (done.state, dump()) == (ReorganisationState.APPLIED, before)


def test_a_moved_role_that_was_changed_stands_in_the_way(land):
    role = land.role("phu-lam")
    done = carry_out(land, draft(land, MERGED), roles=[role])
    assert obstacles(done) == []
    UnitRole.objects.filter(pk=role.pk).update(unit=land["doi"])
    assert obstacles(done) == ["Đã sửa vai trò trong đơn vị “Người phu-lam – Soạn thảo” sau khi áp dụng."]


def test_a_repeated_call_changes_nothing(land):
    done = carry_out(land, draft(land, MERGED))
    undo(done, revision=1, actor=land.admin)
    written = AuditEntry.objects.count()
    assert undo(done, revision=1, actor=land.admin).state == ReorganisationState.UNDONE
    assert AuditEntry.objects.count() == written


def test_a_draft_is_not_undone(land):
    with pytest.raises(ExpectedError):
        undo(draft(land, MERGED), revision=0, actor=land.admin)


def test_administrators_only(land):
    done = carry_out(land, draft(land, MERGED))
    with pytest.raises(NotAllowed):
        undo(done, revision=1, actor=land.role("doi").user)


def test_what_is_written_down(land):
    done = carry_out(land, draft(land, MERGED))
    AuditEntry.objects.all().delete()
    undo(done, revision=1, actor=land.admin)
    rows = sorted(AuditEntry.objects.values_list("action", "object_label"))
    assert rows == [
        ("Hoàn tác kết thúc đơn vị", "Đảng uỷ xã Phú Lâm"),
        ("Hoàn tác kết thúc đơn vị", "Đảng uỷ xã Tân Hòa"),
        ("Hoàn tác sắp xếp đơn vị", "Sắp xếp năm 2026"),
    ]
