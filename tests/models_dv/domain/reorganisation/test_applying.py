"""Carrying out a plan: what is written, once, and only while everything is as the dry run saw it."""

from datetime import date

import pytest

from models_dv import clock
from models_dv.domain.reorganisation.applying import apply
from models_dv.domain.reorganisation.drafts import change_plan, frame_of, plan_of, start
from models_dv.domain.reorganisation.effects import dry_run
from models_dv.domain.tasks import TaskValues, edit_task, may_close, may_steer, reporting_unit_ids
from models_dv.domain.units import heir_of
from models_dv.enums import Organ, PostRank, ReorganisationState, Role
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import (
    Appointment,
    AuditEntry,
    Official,
    Reorganisation,
    SigningDelegation,
    Task,
    Unit,
    UnitPath,
    UnitRole,
    UnitSuccession,
    UnitVersion,
    User,
)
from models_dv.scopes import paths_of, unit_ids_kept
from tests.factories.land import BASIS, ON
from tests.factories.world import local, make_user
from tests.models_dv.domain.reorganisation.dumps import dump

MERGED = "Hợp nhất xã Phú Lâm và xã Tân Hoà thành xã Phú Hoà."


def draft(land, text: str, **options) -> Reorganisation:
    """A stored draft with what the text proposes."""
    values = {"legal_basis": BASIS, "effective_on": ON, "scope": land.scope, "source_text": text, **options}
    return start(Reorganisation(title="Sắp xếp năm 2026", **values), actor=land.admin)


def effects_of(reorganisation):
    return dry_run(plan_of(reorganisation), frame_of(reorganisation))


def carry_out(land, reorganisation, *, roles=(), busy=()) -> Reorganisation:
    """Apply as the page does after its dry run."""
    return apply(
        reorganisation,
        revision=reorganisation.revision,
        seen=effects_of(reorganisation).fingerprint(),
        role_ids={role.pk for role in roles},
        actor=land.admin,
        busy_units=frozenset(land[code].pk for code in busy),
    )


def version_of(unit, day=ON) -> UnitVersion:
    return UnitVersion.objects.as_of(day).get(unit=unit)


def edges() -> list[tuple[str, str, str]]:
    rows = UnitSuccession.objects.filter(on=ON).order_by("predecessor__code", "successor__code")
    return list(rows.values_list("predecessor__code", "successor__code", "kind"))


def test_a_merger(land):
    done = carry_out(land, draft(land, MERGED))
    assert (done.state, done.applied_by, done.revision) == (ReorganisationState.APPLIED, land.admin, 1)
    new = Unit.objects.get(code="an-binh-xa-phu-hoa")
    row = version_of(new)
    assert (row.name, row.valid_from, row.legal_basis, row.symbol, row.parent, row.name_folded) == (
        "Đảng uỷ xã Phú Hoà",
        ON,
        BASIS,
        "ĐU",
        land.scope,
        "dang uy xa phu hoa xa phu hoa dang uy xa phu hoa",
    )
    assert (new.illustrative, new.ended_on) == (True, None)
    for code in ("phu-lam", "tan-hoa"):
        unit = Unit.objects.get(code=code)
        assert (unit.ended_on, unit.end_basis) == (ON, BASIS)
        assert paths_of([unit.pk], ON) == []
        assert len(paths_of([unit.pk], date(2026, 11, 30))) == 1
    assert edges() == [
        ("phu-lam", "an-binh-xa-phu-hoa", "merge"),
        ("tan-hoa", "an-binh-xa-phu-hoa", "merge"),
    ]
    assert paths_of([new.pk], ON) == [f"{land.scope.pk:08d}{new.pk:08d}"]


def test_one_unit_takes_another_in_and_stays_itself(land):
    carry_out(land, draft(land, "Nhập xã Phú Lâm vào xã Tân Hoà và đổi tên thành xã Phú Hoà."))
    unit = Unit.objects.get(code="tan-hoa")
    assert unit.ended_on is None
    assert [row.name for row in unit.versions.order_by("valid_from")] == [
        "Đảng uỷ xã Tân Hòa",
        "Đảng uỷ xã Phú Hoà",
    ]
    assert edges() == [("phu-lam", "tan-hoa", "merge")]
    assert Unit.objects.count() == 14


def test_a_new_name_and_a_new_kind_are_versions(land):
    text = "1. Đổi tên xã Phú Lâm thành xã Phú Sơn.\n2. Chuyển xã Tân Hoà thành phường Tân Hoà."
    carry_out(land, draft(land, text))
    assert [version_of(land[code]).name for code in ("phu-lam", "tan-hoa")] == [
        "Đảng uỷ xã Phú Sơn",
        "Đảng uỷ phường Tân Hòa",
    ]
    assert version_of(land["tan-hoa"]).type == "ward"
    assert (edges(), Unit.objects.filter(ended_on=ON).count()) == ([], 0)


def test_a_part_goes_and_the_rest_stays_as_chosen(land):
    text = "Nhập một phần diện tích tự nhiên của xã Phú Lâm và toàn bộ xã Đổi vào xã Tân Hoà."
    stays = draft(land, text)
    carry_out(land, stays)
    assert edges() == [("doi", "tan-hoa", "merge"), ("phu-lam", "tan-hoa", "partial")]
    assert Unit.objects.get(code="phu-lam").ended_on is None


def test_a_part_goes_and_the_rest_ends_as_chosen(land):
    ends = draft(land, "Nhập một phần diện tích tự nhiên của xã Phú Lâm vào xã Tân Hoà.")
    unit = land["phu-lam"].pk
    change_plan(ends, lambda plan: plan.ends.update({unit: True}), revision=0, actor=land.admin)
    carry_out(land, ends)
    assert Unit.objects.get(pk=unit).ended_on == ON


def test_a_division(land):
    carry_out(land, draft(land, "Chia xã Phú Lâm thành xã Phú Lâm Đông và xã Phú Lâm Tây."))
    assert edges() == [
        ("phu-lam", "an-binh-xa-phu-lam-dong", "split"),
        ("phu-lam", "an-binh-xa-phu-lam-tay", "split"),
    ]
    assert Unit.objects.get(code="phu-lam").ended_on == ON


def test_those_below_an_ended_unit_go_under_its_successor(land):
    carry_out(land, draft(land, "Hợp nhất huyện Vũ Thư và huyện Hưng Hà thành huyện Vũ Hà."))
    new = Unit.objects.get(code="an-binh-huyen-vu-ha")
    below = UnitVersion.objects.as_of(ON).filter(parent=new).order_by("unit__code")
    assert [(row.unit.code, row.name, row.valid_from) for row in below] == [
        ("lap-hung-ha", "Đảng uỷ xã Tân Lập", ON),
        ("lap-vu-thu", "Đảng uỷ xã Tân Lập", ON),
    ]
    path = f"{land.scope.pk:08d}{new.pk:08d}{land['lap-vu-thu'].pk:08d}"
    assert paths_of([land["lap-vu-thu"].pk], ON) == [path]
    assert UnitPath.objects.current(ON).filter(depth=1).count() == 2


def test_the_line_of_the_body_above_follows_its_name(land):
    made = draft(land, "Nhập tỉnh Bình Yên vào tỉnh An Bình.", scope=None)
    carry_out(land, made)
    row = version_of(land["phu-lam-khac"])
    assert (row.parent, row.header_superior) == (land.scope, "Đảng bộ tỉnh An Bình")


def test_a_kept_unit_below_a_merged_one_goes_with_it(land):
    text = (
        "1. Hợp nhất huyện Vũ Thư và huyện Hưng Hà thành huyện Vũ Hà.\n"
        "2. Đổi tên xã Tân Lập (huyện Vũ Thư) thành xã Lập."
    )
    carry_out(land, draft(land, text))
    row = version_of(land["lap-vu-thu"])
    assert (row.name, row.parent.code) == ("Đảng uỷ xã Lập", "an-binh-huyen-vu-ha")


# --- people and tasks ----------------------------------------------------------------------------------


def test_roles_go_along_only_where_that_was_ticked(land):
    moved, stays = land.role("phu-lam"), land.role("tan-hoa")
    carry_out(land, draft(land, MERGED), roles=[moved])
    moved.refresh_from_db()
    stays.refresh_from_db()
    assert (moved.unit.code, stays.unit.code) == ("an-binh-xa-phu-hoa", "tan-hoa")
    assert AuditEntry.objects.get(action="Chuyển vai trò").object_id == str(moved.user_id)


def test_a_role_that_the_person_holds_already_is_left_where_it_is(land):
    role = land.role("phu-lam")
    UnitRole.objects.create(user=role.user, unit=land["tan-hoa"], role=Role.AUTHOR)
    made = draft(land, "Nhập xã Phú Lâm vào xã Tân Hoà.")
    (touched,) = effects_of(made).roles
    assert touched.held == "Đã có vai trò này ở đơn vị mới"
    carry_out(land, made, roles=[role])
    role.refresh_from_db()
    assert role.unit == land["phu-lam"]


def test_roles_of_a_divided_unit_are_listed_and_stay(land):
    role = land.role("phu-lam")
    made = draft(land, "Chia xã Phú Lâm thành xã Phú Lâm Đông và xã Phú Lâm Tây.")
    (touched,) = effects_of(made).roles
    assert (touched.row, touched.number) == (role, None)
    carry_out(land, made, roles=[role])
    role.refresh_from_db()
    assert role.unit == land["phu-lam"]


def test_who_still_has_to_send_something_keeps_the_role_and_gets_it_in_the_successor_too(land):
    busy, idle = land.role("phu-lam"), land.role("tan-hoa")
    carry_out(land, draft(land, MERGED), roles=[busy, idle], busy=["phu-lam"])
    rows = UnitRole.objects.filter(user__in=[busy.user, idle.user]).order_by("user", "unit__code")
    assert list(rows.values_list("user", "unit__code", "role")) == [
        (busy.user_id, "an-binh-xa-phu-hoa", busy.role),
        (busy.user_id, "phu-lam", busy.role),
        (idle.user_id, "an-binh-xa-phu-hoa", idle.role),
    ]
    assert AuditEntry.objects.get(action="Thêm vai trò").object_id == str(busy.user_id)


def appointment(land, code="phu-lam", **more) -> Appointment:
    values = {
        "from_on": date(2025, 7, 1),
        "organ": Organ.COMMITTEE,
        "post": "Bí thư",
        "rank": PostRank.SECRETARY,
    }
    official = Official.objects.create(name="Lê Thị Mẫu")
    return Appointment.objects.create(official=official, unit=land[code], **(values | more))


def test_appointments_of_ended_units_end_that_day(land):
    held, over = appointment(land), appointment(land, to_on=date(2026, 1, 1))
    elsewhere, later = appointment(land, "doi"), appointment(land, from_on=date(2027, 1, 1))
    made = draft(land, MERGED)
    assert [bool(touched.held) for touched in effects_of(made).appointments] == [False, True]
    carry_out(land, made)
    for row in (held, over, elsewhere, later):
        row.refresh_from_db()
    assert (held.to_on, held.end_reason) == (ON, f"Sắp xếp năm 2026 ({BASIS})")
    assert (over.to_on, elsewhere.to_on, later.to_on) == (date(2026, 1, 1), None, None)


def delegation(land, code="phu-lam", **more) -> SigningDelegation:
    values = {
        "delegate": Official.objects.create(name="Lê Thị Mẫu"),
        "post": "Phó Bí thư",
        "from_on": date(2026, 11, 1),
        "to_on": date(2027, 1, 31),
        "decision": "02-UQ/ĐU",
    }
    return SigningDelegation.objects.create(unit=land[code], **(values | more))


def test_nobody_signs_for_an_ended_unit(land):
    running, to_come = delegation(land), delegation(land, from_on=date(2027, 1, 1))
    over = delegation(land, to_on=date(2026, 11, 30))
    revoked = delegation(land, revoked_on=date(2026, 11, 20))
    elsewhere = delegation(land, "doi")
    carry_out(land, draft(land, MERGED))
    rows = [SigningDelegation.objects.get(pk=row.pk) for row in (running, to_come, over, revoked, elsewhere)]
    assert [row.revoked_on for row in rows] == [ON, ON, None, date(2026, 11, 20), None]
    assert AuditEntry.objects.filter(action="Thôi uỷ quyền ký").count() == 2


def task(land, code="phu-lam", **more) -> Task:
    values = {"title": "Lập danh sách", "giving_unit": land.scope, "given_on": date(2026, 7, 1)}
    return Task.objects.create(lead_unit=land[code], **(values | more))


def test_tasks_stay_with_who_was_given_them_and_the_successor_goes_on(land):
    """Decision 0029: what was reported on them stays true, and the last report of the old unit tells of them."""
    led, given = task(land), task(land, "doi", giving_unit=land["phu-lam"])
    given.joining_units.add(land["tan-hoa"])
    seen = effects_of(draft(land, MERGED))
    assert [(one.row.pk, one.number) for one in (*seen.tasks, *seen.given)] == [(led.pk, 0), (given.pk, 0)]
    assert [(one.row.task, one.number) for one in seen.joined] == [(given, 0)]
    carry_out(land, draft(land, MERGED))
    new = Unit.objects.get(code="an-binh-xa-phu-hoa")
    user = make_user("moi", "Người mới", new, Role.AUTHOR, Role.APPROVER)
    assert set(Task.objects.visible_to(user)) == {led, given}
    assert reporting_unit_ids(user, led) == [land["phu-lam"].pk]
    assert may_close(user, led) and may_steer(user, given)
    again = Task.objects.get(pk=given.pk)
    joining = tuple(again.joining_units.all())  # it has ended, and stays
    changed = TaskValues(title="Lập danh sách mới", lead_unit=land["doi"], joining_units=joining)
    edit_task(again, changed, revision=0, actor=user)
    led_still = Task.objects.get(pk=led.pk)
    values = TaskValues(title="Lập lại danh sách", lead_unit=led_still.lead_unit)
    edit_task(led_still, values, revision=0, actor=make_user("tinh", "Tỉnh", land.scope, Role.AUTHOR))
    assert heir_of(Unit.objects.get(pk=led.lead_unit_id)) == new


def test_until_the_day_nothing_is_handed_on(land):
    """Carried out weeks before: the old units stand, and their people keep what they have."""
    role = land.role("phu-lam")
    task(land)
    with clock.fixed(local(2026, 11, 20)):
        carry_out(land, draft(land, MERGED), roles=[role])
        new = Unit.objects.get(code="an-binh-xa-phu-hoa")
        units = list(UnitRole.objects.filter(user=role.user).values_list("unit", flat=True))
        assert sorted(units) == sorted([land["phu-lam"].pk, new.pk])
        other = make_user("khac", "Người của xã khác", new, Role.AUTHOR)
        assert unit_ids_kept(other) == {new.pk}
        assert not Task.objects.visible_to(other).exists()
        assert heir_of(Unit.objects.get(pk=land["phu-lam"].pk)) == land["phu-lam"]
    assert unit_ids_kept(User.objects.get(pk=other.pk)) >= {new.pk, land["phu-lam"].pk}


# --- once, and as seen ---------------------------------------------------------------------------------


def test_a_repeated_call_changes_nothing(land):
    made = draft(land, MERGED)
    seen = effects_of(made).fingerprint()
    apply(made, revision=0, seen=seen, role_ids=set(), actor=land.admin)
    before, written = dump(), AuditEntry.objects.count()
    again = apply(made, revision=0, seen=seen, role_ids=set(), actor=land.admin)
    assert again.state == ReorganisationState.APPLIED
    assert (dump(), AuditEntry.objects.count()) == (before, written)


@pytest.mark.parametrize(
    "what", ["a role", "a new name", "an end", "a task", "an unsettled plan", "nothing seen"]
)
def test_nothing_is_written_when_something_has_changed(land, what):
    made = draft(land, MERGED)
    seen = effects_of(made).fingerprint()
    if what == "a role":
        land.role("phu-lam")
    elif what == "a new name":
        UnitVersion.objects.filter(unit=land["phu-lam"]).update(name="Đảng bộ xã Phú Lâm")
    elif what == "an end":
        Unit.objects.filter(code="phu-lam").update(ended_on=date(2026, 11, 30))
    elif what == "a task":
        task(land)
    elif what == "an unsettled plan":
        Unit.objects.create(code="an-binh-xa-phu-hoa")
    else:
        seen = "0" * 32
    before = dump()
    with pytest.raises(ExpectedError) as error:
        apply(made, revision=0, seen=seen, role_ids=set(), actor=land.admin)
    assert error.value.message == "Dữ liệu đã thay đổi sau khi xem trước. Xem trước lại rồi áp dụng."
    made.refresh_from_db()
    assert (made.state, made.applied_at, dump()) == (ReorganisationState.DRAFT, None, before)


def test_an_older_revision_is_refused(land):
    made = draft(land, MERGED)
    seen = effects_of(made).fingerprint()
    change_plan(made, lambda plan: None, revision=0, actor=land.admin)
    with pytest.raises(ExpectedError):
        apply(made, revision=0, seen=seen, role_ids=set(), actor=land.admin)


def test_administrators_only(land):
    made = draft(land, MERGED)
    somebody = land.role("phu-lam").user
    with pytest.raises(NotAllowed):
        apply(made, revision=0, seen=effects_of(made).fingerprint(), role_ids=set(), actor=somebody)


def test_what_is_written_down(land):
    made = draft(land, MERGED)
    AuditEntry.objects.all().delete()
    carry_out(land, made)
    rows = AuditEntry.objects.order_by("pk").values_list("action", "object_type", "object_label")
    assert sorted(rows) == [
        ("Kết thúc đơn vị", "models_dv.Unit", "Đảng uỷ xã Phú Lâm"),
        ("Kết thúc đơn vị", "models_dv.Unit", "Đảng uỷ xã Tân Hòa"),
        ("Lập đơn vị", "models_dv.Unit", "Đảng uỷ xã Phú Hoà"),
        ("Áp dụng sắp xếp đơn vị", "models_dv.Reorganisation", "Sắp xếp năm 2026"),
    ]
    whole = AuditEntry.objects.get(action="Áp dụng sắp xếp đơn vị")
    assert whole.after["đơn vị lập mới"] == ["Đảng uỷ xã Phú Hoà"]
    assert whole.after["đơn vị kết thúc"] == ["Đảng uỷ xã Phú Lâm", "Đảng uỷ xã Tân Hòa"]
