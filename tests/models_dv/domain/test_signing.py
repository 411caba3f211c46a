"""Who signs on a day: the head, the deputies, and those delegated for some days."""

from datetime import date

import pytest

from models_dv import clock
from models_dv.domain import signing
from models_dv.enums import Organ, PostRank
from models_dv.errors import ExpectedError, MissingInput, NotAllowed
from models_dv.models import AuditEntry, SigningDelegation
from tests.factories.nouns import make_official
from tests.factories.world import local, make_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def scene(rows_of_module):
    with clock.fixed(local(2026, 11, 22)):
        return make_world()


@pytest.fixture
def world(world):
    with clock.fixed(local(2026, 11, 22)):
        yield world


@pytest.fixture
def people(world):
    """The secretary, a deputy and a member of the first commune."""
    rows = (
        ("Hà Thị Bí", "Bí thư Đảng uỷ", PostRank.SECRETARY),
        ("Lý Văn Phó", "Phó Bí thư Thường trực", PostRank.STANDING_DEPUTY),
        ("Mai Thị Viên", "Uỷ viên Ban Thường vụ", PostRank.STANDING_MEMBER),
    )
    return [
        make_official(name, world.communes[0], post, actor=world.author, rank=rank)
        for name, post, rank in rows
    ]


def delegate(world, official, first=date(2026, 11, 20), last=date(2026, 11, 25), **changes):
    values = {
        "post": "Uỷ viên Ban Thường vụ",
        "from_on": first,
        "to_on": last,
        "decision": "05-UQ/ĐU",
        "actor": world.author,
    }
    return signing.delegate_signing(world.communes[0], official, **{**values, **changes})


def signers(world, day=TODAY, unit=None):
    return [
        (signer.name, signer.label, signer.is_deputy)
        for signer in signing.signers_on(unit or world.communes[0], day)
    ]


def test_a_committee_is_signed_for_by_secretary_and_deputies(world, people):
    assert signers(world) == [
        ("Hà Thị Bí", "Bí thư Đảng uỷ", False),
        ("Lý Văn Phó", "Phó Bí thư Thường trực", True),
    ]


def test_a_ban_is_signed_for_by_its_own_head_and_deputies(world):
    rows = (
        ("Trần Văn Trưởng", "Trưởng ban", Organ.MOBILISATION, PostRank.HEAD),
        ("Lê Thị Phó", "Phó Trưởng ban", Organ.MOBILISATION, PostRank.DEPUTY_HEAD),
        ("Đỗ Văn Tổ", "Trưởng ban Tổ chức Tỉnh uỷ", Organ.PARTY_BODY, PostRank.HEAD),
    )
    for name, post, organ, rank in rows:
        make_official(name, world.province, post, actor=world.province_author, organ=organ, rank=rank)
    assert signers(world, unit=world.province) == [
        ("Trần Văn Trưởng", "Trưởng ban", False),
        ("Lê Thị Phó", "Phó Trưởng ban", True),
    ]


def test_a_delegate_signs_on_his_days_only(world, people):
    delegate(world, people[2])
    own = ("Mai Thị Viên", "Uỷ viên Ban Thường vụ (uỷ quyền theo 05-UQ/ĐU)", True)
    for day, is_there in ((19, False), (20, True), (25, True), (26, False)):
        assert (own in signers(world, date(2026, 11, day))) is is_there


def test_a_deputy_who_is_delegated_stands_once(world, people):
    delegate(world, people[1], post="Phó Bí thư Thường trực")
    assert signers(world)[1:] == [("Lý Văn Phó", "Phó Bí thư Thường trực (uỷ quyền theo 05-UQ/ĐU)", True)]


def test_delegations_of_the_same_days_are_allowed_and_pointed_out(world, people):
    assert delegate(world, people[1]).warning == ""
    second = delegate(world, people[2], date(2026, 11, 25), date(2026, 11, 30), decision="06-UQ/ĐU")
    assert second.warning == (
        "Trong những ngày này đơn vị còn uỷ quyền ký cho Lý Văn Phó (từ 20/11/2026 đến 25/11/2026). "
        "Kiểm tra lại nếu không chủ ý."
    )
    assert delegate(world, people[2], date(2026, 12, 1), date(2026, 12, 2)).warning == ""


def test_the_same_delegation_twice_is_refused(world, people):
    delegate(world, people[1])
    with pytest.raises(ExpectedError, match="đã được ghi"):
        delegate(world, people[1])
    with pytest.raises(ExpectedError, match="từ 20/11/2026 đến 25/11/2026"):
        delegate(world, people[1], date(2026, 11, 25), date(2026, 11, 30))
    assert SigningDelegation.objects.count() == 1


def test_the_head_signs_without_being_delegated(world, people):
    with pytest.raises(MissingInput) as refused:
        delegate(world, people[0])
    assert refused.value.message == "Hà Thị Bí đứng đầu đơn vị nên ký không cần uỷ quyền. Chọn người khác."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"post": ""}, "post"),
        ({"decision": " "}, "decision"),
        ({"to_on": date(2026, 11, 1)}, "to_on"),
        ({"from_on": date(2020, 1, 1)}, "delegate"),
    ],
)
def test_a_delegation_that_cannot_be_names_its_field(world, people, values, field):
    with pytest.raises(MissingInput) as refused:
        delegate(world, people[1], **values)
    assert refused.value.field == field


@pytest.mark.parametrize("who", ["clerk", "reader", "reviewer", "stranger"])
def test_only_who_keeps_the_unit_enters_and_revokes(world, people, who):
    actor = getattr(world, who)
    with pytest.raises(NotAllowed):
        delegate(world, people[1], actor=actor)
    delegation = delegate(world, people[1]).delegation
    with pytest.raises(NotAllowed):
        signing.revoke_delegation(delegation, revoked_on=TODAY, actor=actor)


def test_a_revoked_delegate_signs_no_more_from_that_day(world, people):
    delegation = delegate(world, people[2]).delegation
    assert signing.can_revoke(delegation)
    signing.revoke_delegation(delegation, revoked_on=TODAY, actor=world.approver)
    assert [name for name, *_rest in signers(world, TODAY)] == ["Hà Thị Bí", "Lý Văn Phó"]
    assert len(signers(world, date(2026, 11, 21))) == 3
    assert not signing.can_revoke(delegation)
    with pytest.raises(ExpectedError, match="đã thôi trước đó"):
        signing.revoke_delegation(delegation, revoked_on=TODAY, actor=world.approver)
    assert AuditEntry.objects.filter(action="Thôi uỷ quyền ký").count() == 1


def test_a_delegation_is_not_revoked_outside_its_days(world, people):
    delegation = delegate(world, people[2]).delegation
    with pytest.raises(MissingInput):
        signing.revoke_delegation(delegation, revoked_on=date(2026, 11, 26), actor=world.author)
