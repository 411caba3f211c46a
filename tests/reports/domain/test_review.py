"""Looking a report over: what changed since it was last sent and for whom, ticks, and giving back with a file."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from models_dv import clock
from models_dv.domain.file_refusals import FileRefused
from models_dv.errors import NotAllowed
from reports.domain import comments, filling, review
from reports.domain.milestones import Cell, Content, content_of
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, AttachmentPurpose, Audience, State, ValueState
from reports.errors import StepNotPossible
from reports.models import Milestone, ReportAttachment, SeenPart
from tests.factories.world import local
from tests.models_dv.domain.uploaded import PDF, brought

pytestmark = pytest.mark.django_db


def earlier(world, *, inside: bool):
    edition = world.edition()
    return review.earlier_content(edition, review.events_of(edition), inside=inside)


def rewrite(world, text: str, code: str = "S2.1") -> None:
    stored = world.edition().texts.get(section__code=code)
    filling.save_section(
        world.edition(),
        stored.section,
        text=text,
        done=True,
        base_revision=stored.revision,
        actor=world.author,
    )


def give_back(world, uploaded=None, *, actor=None, action=Action.RETURN, key="k"):
    due = timezone.now() + timedelta(days=5)
    return review.give_back(
        world.edition(),
        action,
        actor=actor or world.approver,
        key=key,
        note="Bổ sung",
        details=ReturnDetails({"S2.1": "Ghi rõ"}, due),
        uploaded=uploaded,
    )


class TestWhatItIsComparedWith:
    def test_nothing_the_first_time(self, world):
        world.write(text="Một")
        assert earlier(world, inside=True) is None
        world.do(Action.SUBMIT, world.author)
        assert earlier(world, inside=True) is None
        assert earlier(world, inside=False) is None

    def test_the_submission_before_for_the_units_own(self, world):
        world.write(text="Một")
        world.do(Action.SUBMIT, world.author)
        give_back(world)
        rewrite(world, "Hai")
        assert earlier(world, inside=True).content.texts == {"S2.1": "Một"}
        world.do(Action.SUBMIT, world.author)
        found = earlier(world, inside=True)
        assert (found.content.texts, found.is_other_edition) == ({"S2.1": "Một"}, False)
        assert found.event.action == Action.SUBMIT
        world.do(Action.APPROVE, world.approver)
        assert earlier(world, inside=True).content.texts == {"S2.1": "Một"}

    def test_the_edition_sent_before_for_those_above_and_at_first_for_the_unit(self, world):
        world.issued(K4=3)
        assert earlier(world, inside=False) is None
        give_back(world, actor=world.reviewer, action=Action.SEND_BACK)
        rewrite(world, "Hai")
        world.do(Action.SUBMIT, world.author)
        for inside in (True, False):
            found = earlier(world, inside=inside)
            assert (found.content.texts["S2.1"], found.is_other_edition) == ("Nội dung phần này.", True)
            assert found.event.action == Action.ISSUE
        world.do(Action.RETURN, world.approver, note="Sửa")
        rewrite(world, "Ba")
        world.do(Action.SUBMIT, world.author)
        assert earlier(world, inside=True).content.texts["S2.1"] == "Hai"
        assert earlier(world, inside=False).content.texts["S2.1"] == "Nội dung phần này."

    def test_an_edition_sent_before_contents_were_kept(self, world):
        world.issued(K4=3)
        Milestone.objects.all().delete()
        content = content_of(world.edition().pk)
        give_back(world, actor=world.reviewer, action=Action.SEND_BACK)
        assert earlier(world, inside=False).content == content


def test_what_changed():
    old = Content(
        {"S1": "một", "S2.1": "hai", "S3.1": "ba bốn\nnăm"},
        {"K4": Cell(ValueState.NUMBER, Decimal(40)), "A1": Cell(ValueState.NONE, Decimal(0))},
    )
    new = Content(
        {"S1": "một", "S4": "ba", "S3.1": "\nba  bốn\n\nnăm "},
        {
            "K4": Cell(ValueState.NUMBER, Decimal(50)),
            "A1": Cell(ValueState.NONE, Decimal(0)),
            "A2": Cell(ValueState.NO_DATA, note="chờ"),
        },
    )
    assert review.changed_texts(old, new) == {"S2.1", "S4"}
    changes = review.changed_figures(old, new)
    assert set(changes) == {"K4", "A2"}
    assert (changes["K4"].percent, changes["A2"].percent) == (25, None)
    assert changes["A2"].old == Cell()


class TestTicks:
    def test_of_who_approves_and_who_receives(self, world):
        world.issued()
        for person in (world.approver, world.reviewer):
            review.mark_seen(world.edition(), ["S1", "S2.1"], seen=True, actor=person)
            assert set(review.seen_by(person, world.edition())) == {"S1", "S2.1"}
        review.mark_seen(world.edition(), ["S1"], seen=False, actor=world.reviewer)
        assert set(review.seen_by(world.reviewer, world.edition())) == {"S2.1"}
        assert SeenPart.objects.count() == 3

    @pytest.mark.parametrize(
        "person", ["author", "clerk", "reader", "province_approver", "publisher", "stranger"]
    )
    def test_not_of_others(self, world, person):
        world.issued()
        with pytest.raises(NotAllowed):
            review.mark_seen(world.edition(), ["S1"], seen=True, actor=getattr(world, person))

    def test_ticked_again_it_counts_from_then(self, world):
        world.issued()
        for day in (1, 2):
            with clock.fixed(local(2026, 11, day)):
                review.mark_seen(world.edition(), ["S1"], seen=True, actor=world.reviewer)
        assert review.seen_by(world.reviewer, world.edition()) == {"S1": local(2026, 11, 2)}


class TestWordsToMend:
    def say(self, world, text, by, part="S2.1", at="", audience=""):
        pin = comments.pin_at(world.edition(), part, at)
        return comments.add(world.edition(), pin, text, audience=audience, actor=by)

    def test_of_the_side_that_gives_back(self, world):
        world.issued(K4=3)
        self.say(world, "trong nhà", world.approver)
        self.say(world, "rõ hơn", world.reviewer, at=f"p1-{comments.mark_of('Nội dung phần này.')}")
        self.say(world, "soát", world.reviewer, part="SL", at="K4")
        self.say(world, "đơn vị", world.author, audience=Audience.SHARED)
        assert review.words_to_mend(world.reviewer, world.edition()) == {
            "S2.1": "Đoạn 1: rõ hơn",
            "SL": "K4: soát",
        }
        assert review.words_to_mend(world.approver, world.edition()) == {"S2.1": "trong nhà"}

    def test_without_what_is_mended(self, world):
        world.write()
        said = self.say(world, "rõ hơn", world.approver)
        comments.resolve(said, world.edition(), actor=world.author)
        assert review.words_to_mend(world.approver, world.edition()) == {}


class TestGivingBack:
    def test_with_the_leaders_file(self, world):
        world.write()
        world.do(Action.SUBMIT, world.author)
        event = give_back(world, brought(PDF))
        kept = ReportAttachment.objects.get()
        assert (kept.event, kept.purpose, kept.uploaded_by) == (
            event,
            AttachmentPurpose.MARKED_UP,
            world.approver,
        )
        assert (kept.edition, world.edition().state) == (world.edition(), State.RETURNED)

    def test_pressed_twice_the_file_is_kept_once(self, world):
        world.write()
        world.do(Action.SUBMIT, world.author)
        assert give_back(world, brought(PDF)) == give_back(world, brought(PDF))
        assert ReportAttachment.objects.count() == 1

    def test_a_file_that_is_refused_stops_the_return(self, world):
        world.write()
        world.do(Action.SUBMIT, world.author)
        with pytest.raises(FileRefused):
            give_back(world, brought(b"MZ khong phai tep Word"))
        assert world.edition().state == State.IN_REVIEW

    def test_a_return_that_is_refused_keeps_no_file(self, world):
        world.write()
        with pytest.raises(StepNotPossible):
            give_back(world, brought(PDF))
        assert not ReportAttachment.objects.exists()
