"""Conclusions: drafted, signed, binding; opened again only with a reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from models_dv.domain.changes import fingerprint
from models_dv.domain.conclusions import (
    add_conclusion,
    add_conclusions,
    change_conclusion,
    move_conclusion,
    notice_of,
    remove_conclusion,
    reopen,
    sign,
)
from models_dv.domain.tasks import TaskValues, create_task
from models_dv.errors import ExpectedError, MissingInput, NotAllowed, StaleObject
from models_dv.models import Conclusion
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
SIGNED = {
    "number": "25-TB/BTGDVTU",
    "signed_on": made.DAY,
    "signer_name": "Nguyễn Văn Mẫu",
    "signer_post": "Trưởng ban",
}


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


def add(world, conference, text="Tổ chức đối thoại mỗi quý."):
    return add_conclusion(conference, text=text, actor=world.province_author)


def texts(conference) -> list[str]:
    return list(conference.conclusions.values_list("text", flat=True))


def test_several_at_once_stand_at_the_end_of_their_group(world, conference):
    for heading, told in (("Nhiệm vụ", ["một"]), ("Ý kiến", ["ba"]), ("Nhiệm vụ", ["hai", "hai nữa"])):
        add_conclusions(conference, texts=told, heading=heading, actor=world.province_author)
    assert list(conference.conclusions.values_list("heading", "text", "order")) == [
        ("Nhiệm vụ", "một", 1),
        ("Nhiệm vụ", "hai", 2),
        ("Nhiệm vụ", "hai nữa", 3),
        ("Ý kiến", "ba", 4),
    ]
    with pytest.raises(MissingInput):
        add_conclusions(conference, texts=[], actor=world.province_author)


def test_conclusions_are_drafted_after_the_conference(world, conference):
    assert notice_of(conference) is None
    first, second = add(world, conference, "một"), add(world, conference, "hai")
    move_conclusion(second, up=True, actor=world.province_author)
    change_conclusion(
        Conclusion.objects.get(pk=first.pk),
        seen=fingerprint(Conclusion.objects.get(pk=first.pk)),
        text="một, sửa",
        heading="Nhiệm vụ",
        actor=world.province_approver,
    )
    assert texts(conference) == ["hai", "một, sửa"]
    remove_conclusion(Conclusion.objects.get(pk=second.pk), actor=world.province_author)
    assert texts(conference) == ["một, sửa"]
    assert notice_of(conference).written_by == world.province_author


def test_signed_conclusions_bind(world, conference):
    row = add(world, conference)
    notice = made.sign(world, conference, "hai")
    assert notice.is_signed
    for change in (
        lambda: add(world, conference, "ba"),
        lambda: change_conclusion(
            row, seen=fingerprint(row), text="x", heading="", actor=world.province_author
        ),
        lambda: remove_conclusion(row, actor=world.province_approver),
        lambda: move_conclusion(row, up=False, actor=world.province_author),
    ):
        with pytest.raises(ExpectedError, match="đã ký, ban hành"):
            change()
    assert texts(conference) == ["Tổ chức đối thoại mỗi quý.", "hai"]


def test_the_audit_row_keeps_what_was_signed(world, conference):
    made.sign(world, conference, "một", "hai")
    entry = made.audit()[-1]
    assert (entry.action, entry.actor) == ("Ký, ban hành kết luận hội nghị", world.province_approver)
    assert entry.after["số, ký hiệu"] == "25-TB/BTGDVTU"
    assert entry.after["kết luận"] == ["1. một", "2. hai"]


@pytest.mark.parametrize("who", ["province_author", "publisher", "reviewer", "stranger"])
def test_who_does_not_sign(world, conference, who):
    add(world, conference)
    notice = notice_of(conference)
    with pytest.raises(NotAllowed):
        sign(notice, **SIGNED, revision=notice.revision, actor=getattr(world, who))


def test_the_clerk_enters_the_signature(world, conference):
    add(world, conference)
    notice = notice_of(conference)
    assert sign(notice, **SIGNED, revision=notice.revision, actor=world.province_clerk).is_signed


def test_what_was_written_meanwhile_is_not_signed_unseen(world, conference):
    add(world, conference)
    notice = notice_of(conference)
    add(world, conference, "thêm sau khi trang đã mở")
    with pytest.raises(StaleObject):
        sign(notice, **SIGNED, revision=notice.revision, actor=world.province_approver)
    assert not notice_of(conference).is_signed


@pytest.mark.parametrize("day", [made.DAY - timedelta(days=1), timezone.localdate() + timedelta(days=1)])
def test_the_day_of_signing_makes_sense(world, conference, day):
    add(world, conference)
    notice = notice_of(conference)
    with pytest.raises(MissingInput):
        sign(notice, **(SIGNED | {"signed_on": day}), revision=notice.revision, actor=world.province_approver)


def test_nothing_is_signed_where_there_is_nothing(world, conference):
    remove_conclusion(add(world, conference), actor=world.province_author)
    notice = notice_of(conference)
    with pytest.raises(ExpectedError, match="Chưa có kết luận"):
        sign(notice, **SIGNED, revision=notice.revision, actor=world.province_approver)


def test_the_approver_opens_again_with_a_reason(world, conference):
    notice = made.sign(world, conference)
    with pytest.raises(MissingInput):
        reopen(notice, reason="", revision=notice.revision, actor=world.province_approver)
    for actor in (world.province_author, world.province_clerk, world.stranger):
        with pytest.raises(NotAllowed):
            reopen(notice, reason="Sai số", revision=notice.revision, actor=actor)
    reopen(notice, reason="Sai số hiệu", revision=notice.revision, actor=world.province_approver)
    entry = made.audit()[-1]
    assert (entry.action, entry.note) == ("Mở lại kết luận hội nghị đã ký", "Sai số hiệu")
    assert entry.before["kết luận"] == ["1. Tổ chức đối thoại mỗi quý."]
    add(world, conference, "thêm")
    assert not notice_of(conference).is_signed


def test_two_who_open_again_at_once(world, conference):
    notice = made.sign(world, conference)
    other = notice_of(conference)
    reopen(other, reason="một", revision=other.revision, actor=world.province_approver)
    with pytest.raises(StaleObject):
        reopen(notice, reason="hai", revision=notice.revision, actor=world.province_approver)


def test_a_conclusion_with_a_task_is_not_removed(world, conference):
    notice = made.sign(world, conference)
    conclusion = conference.conclusions.get()
    values = TaskValues(title="Đối thoại", lead_unit=world.communes[0], due_on=date(2099, 1, 1))
    create_task(values, giving_unit=world.province, actor=world.province_author, conclusion=conclusion)
    reopen(notice, reason="Sửa lời", revision=notice.revision, actor=world.province_approver)
    with pytest.raises(ExpectedError, match="đã giao thành nhiệm vụ"):
        remove_conclusion(conclusion, actor=world.province_author)


def test_others_write_nothing(world, conference):
    for actor in (world.stranger, world.reviewer, world.province_clerk):
        with pytest.raises(NotAllowed):
            add_conclusion(conference, text="x", actor=actor)
    assert texts(conference) == [] and notice_of(conference) is None
