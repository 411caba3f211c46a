"""A draft shown to the body above for advice: who reads it then, how long, and who is told."""

import pytest

from models_dv.enums import NotificationKind, Role
from models_dv.errors import NotAllowed
from models_dv.models import Notification
from reports import permissions
from reports.domain import sharing
from reports.enums import Action, ShareScope
from reports.errors import MissingInput, StepNotPossible
from reports.models import DraftShare
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(world):
    world.write(K4=250)
    return world


def share(world, scope=ShareScope.ALL, actor=None, unit=None):
    return sharing.share(world.report(unit), scope=scope, note="Góp ý giúp", actor=actor or world.author)


class TestSharing:
    def test_who_receives_above_reads_it_and_is_told(self, world):
        made = share(world)
        assert permissions.share_for(world.reviewer, world.edition()) == made
        told = Notification.objects.get(recipient=world.reviewer)
        assert (told.kind, told.note) == (NotificationKind.ADVICE, "Góp ý giúp")
        assert told.url == f"/lam-viec/bao-cao/{world.report().pk}/ban/1/"
        assert told.text == "Soạn xa-1 xin ý kiến cả bản dự thảo."

    def test_nobody_else_does(self, world):
        viewer = make_user("viewer", "Xem cấp dưới", world.province, Role.VIEWER, below=True)
        share(world)
        for user in (
            world.province_author,
            world.publisher,
            world.stranger,
            viewer,
            world.author_of(world.communes[1]),
        ):
            assert permissions.share_for(user, world.edition()) is None

    def test_comments_on_what_is_shown(self, world):
        share(world, ShareScope.FIGURES)
        allowed = [
            permissions.may_comment_shared(world.reviewer, world.edition(), code) for code in ("SL", "S2.1")
        ]
        assert allowed == [True, False]
        sharing.withdraw(world.report(), actor=world.author)
        share(world)
        assert permissions.may_comment_shared(world.reviewer, world.edition(), "S2.1") is True

    def test_one_at_a_time(self, world):
        share(world)
        with pytest.raises(StepNotPossible):
            share(world)
        assert DraftShare.objects.count() == 1

    def test_withdrawn(self, world):
        share(world)
        assert sharing.withdraw(world.report(), actor=world.author) is True
        assert sharing.withdraw(world.report(), actor=world.author) is False
        assert permissions.share_for(world.reviewer, world.edition()) is None

    def test_only_the_unit_s_author(self, world):
        for user in (world.approver, world.reviewer, world.stranger):
            with pytest.raises(NotAllowed):
                share(world, actor=user)
        share(world)
        for user in (world.approver, world.reviewer, world.stranger):
            with pytest.raises(NotAllowed):
                sharing.withdraw(world.report(), actor=user)

    def test_while_it_waits_for_approval_it_stays_open_and_ends_when_issued(self, world):
        share(world)
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        assert sharing.open_share(world.report()) is not None
        world.issue()
        assert sharing.open_share(world.report()) is None
        assert permissions.share_for(world.reviewer, world.edition()) is None

    def test_what_cannot_be_shared(self, world):
        with pytest.raises(StepNotPossible):
            share(world, unit=world.communes[1], actor=world.author_of(world.communes[1]))
        world.write(world.province)
        with pytest.raises(StepNotPossible):
            share(world, unit=world.province, actor=world.province_author)
        with pytest.raises(MissingInput):
            share(world, scope="nothing")

    def test_not_what_was_sent(self, world):
        world.do(Action.SUBMIT, world.author)
        world.do(Action.APPROVE, world.approver)
        world.issue()
        with pytest.raises(StepNotPossible):
            share(world)
