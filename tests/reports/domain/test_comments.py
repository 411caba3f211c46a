"""What is said about a report: who speaks and hears, where it is pinned, answered, mended, and who is told."""

import pytest

from models_dv.enums import NotificationKind, Role
from models_dv.errors import MissingInput, NotAllowed
from models_dv.models import Notification, UnitRole, User
from reports.domain import comments, contributing, sharing
from reports.domain.rounds import close_round
from reports.enums import Action, Audience, ShareScope
from reports.errors import StepNotPossible
from reports.models import Comment
from reports.permissions import reach_of
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
TEXT = "Đoạn đầu.\n\nĐến nay có 41 mô hình.\n- ý một"


def say(world, text="Nêu rõ số liệu", *, by=None, part="S2.1", at="", audience="", edition=None):
    edition = edition or world.edition()
    pin = comments.pin_at(edition, part, at)
    return comments.add(edition, pin, text, audience=audience, actor=by or world.approver)


def texts(world, user, edition=None) -> list[str]:
    edition = edition or world.edition()
    voice = comments.voice_of(user, edition)
    if voice is None:
        return ["unheard"]
    return [thread.first.text for thread in comments.threads_of(voice, edition.report_id)]


class TestWhere:
    def test_on_the_whole_part(self, world):
        world.write(text=TEXT)
        made = say(world)
        assert (made.part_code, made.paragraph, made.indicator_code, made.quote) == ("S2.1", None, "", "")
        assert comments.place_of(made).endswith(f"/phan/S2.1/#gop-y-{made.pk}")

    def test_on_a_paragraph_with_its_words(self, world):
        world.write(text=TEXT)
        made = say(world, at=f"p2-{comments.mark_of('Đến nay có 41 mô hình.')}")
        assert (made.paragraph, made.quote) == (2, "Đến nay có 41 mô hình.")
        assert comments.place_of(made).endswith(f"/phan/S2.1/#p2-{made.pk}")

    def test_on_a_paragraph_that_has_moved(self, world):
        world.write(text="Đến nay có 41 mô hình.")
        made = say(world, at=f"p2-{comments.mark_of('Đến nay có 41 mô hình.')}")
        assert made.paragraph == 1

    def test_on_a_paragraph_that_was_changed_meanwhile(self, world):
        world.write(text="Đến nay có 43 mô hình.")
        with pytest.raises(MissingInput) as refused:
            say(world, at=f"p1-{comments.mark_of('Đến nay có 41 mô hình.')}")
        assert refused.value.field == "at"

    @pytest.mark.parametrize("at", ["K4", "k4", " K4 "])
    def test_on_a_figure_by_its_code(self, world, at):
        world.write(K4=250)
        made = say(world, part="SL", at=at)
        assert made.indicator_code == "K4"
        assert comments.place_of(made).endswith("/phan/SL/#ct-K4")

    @pytest.mark.parametrize(("part", "at"), [("SL", "Z9"), ("S9.9", ""), ("S2", ""), ("S3.4", "")])
    def test_not_on_what_there_is_not(self, world, part, at):
        with pytest.raises(MissingInput):
            say(world, part=part, at=at)


class TestWho:
    def test_the_unit_speaks_among_its_own_while_it_writes(self, world):
        world.write()
        for person in (world.author, world.approver, world.clerk):
            assert say(world, str(person), by=person).audience == Audience.UNIT
        assert len(texts(world, world.reader)) == 3
        assert texts(world, world.reviewer) == ["unheard"]
        assert texts(world, world.stranger) == ["unheard"]

    @pytest.mark.parametrize(
        "person", ["reader", "reviewer", "publisher", "province_author", "stranger", "admin"]
    )
    def test_these_do_not_speak_of_a_draft(self, world, person):
        world.write()
        with pytest.raises(NotAllowed):
            say(world, by=getattr(world, person))
        assert not Comment.objects.exists()

    def test_of_a_sent_report_the_body_above_speaks_and_hears_what_is_said_to_it(self, world):
        world.issued()
        say(world, "trong nhà", by=world.author)
        say(world, "cấp trên hỏi", by=world.reviewer)
        say(world, "đơn vị nói", by=world.author, audience=Audience.SHARED)
        assert texts(world, world.reviewer) == ["cấp trên hỏi", "đơn vị nói"]
        assert texts(world, world.author) == ["trong nhà", "cấp trên hỏi", "đơn vị nói"]
        assert Comment.objects.get(text="cấp trên hỏi").unit_id == world.province.pk

    def test_who_receives_elsewhere_and_only_reads_here_does_not_speak(self, world):
        world.issued()
        person = make_user("nguoi-doc", "Người đọc", world.province, Role.VIEWER, below=True)
        UnitRole.objects.create(user=person, unit=world.communes[1], role=Role.REVIEWER, covers_below=True)
        voice = comments.voice_of(person, world.edition())
        assert (voice.unit_id, voice.inside) == (None, False)
        UnitRole.objects.filter(unit=world.communes[1], user=person).update(unit=world.province)
        person = User.objects.get(pk=person.pk)
        assert comments.voice_of(person, world.edition()).unit_id == world.province.pk

    def test_a_draft_goes_no_further_than_the_unit(self, world):
        world.write()
        with pytest.raises(MissingInput) as refused:
            say(world, by=world.author, audience=Audience.SHARED)
        assert refused.value.field == "audience"

    def test_a_shared_draft_is_spoken_of_by_both(self, world):
        world.write(K4=3)
        sharing.share(world.report(), scope=ShareScope.FIGURES, actor=world.author)
        say(world, "bảng", by=world.reviewer, part="SL", at="K4")
        say(world, "trả lời", by=world.author, part="SL", audience=Audience.SHARED)
        with pytest.raises(NotAllowed):
            say(world, by=world.reviewer, part="S2.1")
        assert texts(world, world.reviewer) == ["bảng", "trả lời"]

    def test_where_the_figures_alone_are_shared_the_texts_go_no_further_than_the_unit(self, world):
        world.write(K4=3)
        sharing.share(world.report(), scope=ShareScope.FIGURES, actor=world.author)
        with pytest.raises(MissingInput) as refused:
            say(world, by=world.author, part="S2.1", audience=Audience.SHARED)
        assert refused.value.field == "audience"

    def test_a_contributor_takes_part_in_what_was_given_to_him(self, world):
        other = world.communes[1]
        given = contributing.Task(parts=("S2.1",), groups=("K",))
        contributing.assign(world.report(), given, unit=other, actor=world.author)
        world.write(code="S2.2")
        say(world, "của phần", by=world.author)
        say(world, "nhóm K", by=world.author, part="SL", at="K4")
        say(world, "nhóm A", by=world.author, part="SL", at="A1")
        say(world, "phần khác", by=world.author, part="S2.2")
        contributor, edition = world.author_of(other), world.edition()
        edition.reach = reach_of(contributor, edition.report_id)
        assert texts(world, contributor, edition) == ["của phần", "nhóm K"]
        assert say(world, "tôi hỏi", by=contributor, edition=edition).unit_id == other.pk
        with pytest.raises(NotAllowed):
            say(world, by=contributor, part="S2.2", edition=edition)
        with pytest.raises(NotAllowed):
            say(world, by=contributor, part="SL", at="A1", edition=edition)

    def test_nobody_once_the_round_is_closed(self, world):
        world.accepted()
        close_round(world.round, actor=world.admin)
        with pytest.raises(StepNotPossible):
            say(world, by=world.author)


class TestThreads:
    def test_answers_stand_under_the_first_and_go_to_the_same_people(self, world):
        world.issued()
        first = say(world, "hỏi", by=world.reviewer)
        comments.reply(first, world.edition(), "  đã rõ ", actor=world.author)
        (thread,) = comments.threads_of(comments.voice_of(world.reviewer, world.edition()), first.report_id)
        assert [(reply.text, reply.audience) for reply in thread.replies] == [("đã rõ", Audience.SHARED)]

    def test_mended_and_open_again(self, world):
        world.write()
        first = say(world)
        voice = comments.voice_of(world.author, world.edition())
        assert comments.open_by_part(comments.threads_of(voice, first.report_id)) == {"S2.1": 1}
        assert comments.resolve(first, world.edition(), actor=world.author) is True
        assert comments.resolve(first, world.edition(), actor=world.approver) is False
        first.refresh_from_db()
        assert first.resolved_by == world.author
        assert comments.open_by_part(comments.threads_of(voice, first.report_id)) == {}
        assert comments.reopen(first, world.edition(), actor=world.approver) is True
        assert comments.reopen(first, world.edition(), actor=world.approver) is False
        first.refresh_from_db()
        assert (first.resolved_at, first.resolved_by) == (None, None)

    def test_who_only_reads_closes_nothing(self, world):
        world.write()
        first = say(world)
        with pytest.raises(NotAllowed):
            comments.resolve(first, world.edition(), actor=world.reader)

    def test_pressed_twice_it_is_said_once(self, world):
        world.write()
        assert say(world) == say(world)
        assert say(world, "khác") != say(world)
        assert Comment.objects.count() == 2

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * (comments.LONGEST + 1)])
    def test_words_are_asked_for_and_not_too_many(self, world, text):
        world.write()
        with pytest.raises(MissingInput):
            say(world, text)


class TestWhoIsTold:
    def told(self) -> set[tuple[str, str]]:
        rows = Notification.objects.filter(kind=NotificationKind.COMMENTED)
        return set(rows.values_list("recipient__username", "url"))

    def test_the_authors_of_the_unit_at_the_exact_place(self, world):
        world.write(text=TEXT)
        made = say(world, at=f"p2-{comments.mark_of('Đến nay có 41 mô hình.')}")
        assert self.told() == {("author-xa-1", comments.place_of(made))}
        note = Notification.objects.get(kind=NotificationKind.COMMENTED)
        assert note.text == f"{world.approver} góp ý về phần “{world.section('S2.1').title}”."
        assert note.note == "Nêu rõ số liệu"

    def test_who_asked_hears_the_answer(self, world):
        world.write()
        first = say(world)
        Notification.objects.all().delete()
        comments.reply(first, world.edition(), "Đã bổ sung", actor=world.author)
        assert self.told() == {("approver-xa-1", comments.place_of(first))}

    def test_the_body_above_of_what_is_said_to_it_alone(self, world):
        world.issued()
        Notification.objects.all().delete()
        say(world, "trong nhà", by=world.approver)
        assert {who for who, _url in self.told()} == {"author-xa-1"}
        made = say(world, "gửi cấp trên", by=world.approver, audience=Audience.SHARED)
        review = f"/lam-viec/bao-cao/{made.report_id}/xem-xet/#gop-y-{made.pk}"
        assert ("reviewer", review) in self.told()

    def test_a_draft_is_not_told_of_above(self, world):
        world.issued()
        first = say(world, "hỏi", by=world.reviewer)
        world.do(Action.RECALL, world.approver, note="Sửa")
        Notification.objects.all().delete()
        comments.reply(first, world.edition(), "đang sửa", actor=world.author)
        assert {who for who, _url in self.told()} == set()

    def test_a_contributor_hears_the_answer_at_his_part(self, world):
        other = world.communes[1]
        contributing.assign(
            world.report(), contributing.Task(parts=("S2.1",)), unit=other, actor=world.author
        )
        contributor, edition = world.author_of(other), world.edition()
        edition.reach = reach_of(contributor, edition.report_id)
        first = say(world, "tôi hỏi", by=contributor, edition=edition)
        Notification.objects.all().delete()
        comments.reply(first, world.edition(), "xin trả lời", actor=world.author)
        assert self.told() == {(contributor.username, comments.place_of(first))}

    def test_a_contributor_to_whom_the_part_is_given_no_more_hears_nothing(self, world):
        other = world.communes[1]
        given = contributing.assign(
            world.report(), contributing.Task(parts=("S2.1",)), unit=other, actor=world.author
        )
        contributor, edition = world.author_of(other), world.edition()
        edition.reach = reach_of(contributor, edition.report_id)
        first = say(world, "tôi hỏi", by=contributor, edition=edition)
        contributing.end(given, actor=world.author)
        Notification.objects.all().delete()
        comments.reply(first, world.edition(), "xin trả lời", actor=world.author)
        assert self.told() == set()

    def test_above_only_who_covers_the_units_below_is_told(self, world):
        world.issued()
        UnitRole.objects.filter(user=world.reviewer).update(covers_below=False)
        Notification.objects.all().delete()
        say(world, "gửi cấp trên", by=world.approver, audience=Audience.SHARED)
        assert {who for who, _url in self.told()} == {"author-xa-1"}

    def test_of_shared_figures_the_body_above_is_told_where_it_can_read(self, world):
        world.write(K4=3)
        sharing.share(world.report(), scope=ShareScope.FIGURES, actor=world.author)
        made = say(world, by=world.author, part="SL", at="K4", audience=Audience.SHARED)
        place = f"/lam-viec/bao-cao/{made.report_id}/gop-y/?phan=SL#gop-y-{made.pk}"
        assert self.told() == {("reviewer", place)}

    def test_a_role_without_a_holder_stops_nothing(self, world):
        world.write()
        UnitRole.objects.filter(unit=world.communes[0], role=Role.AUTHOR).delete()
        assert say(world).pk
