"""Saving while somebody types: what becomes of each field, one save sent twice, and how many statements it takes."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from models_dv import clock
from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.models import UnitRole, User
from reports.domain.autosave import TextEntry, autosave
from reports.domain.filling import FigureEntry
from reports.domain.writers import wrote_alone
from reports.enums import Action, State, ValueState
from reports.errors import StaleEdition, StepNotPossible
from reports.models import Figure, ReportEdition, SaveReceipt, SectionText, Writing
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(world):
    return make_user("colleague", "Lê Thị Hai", world.communes[0], Role.AUTHOR)


def number(value, base=0, note="") -> FigureEntry:
    return FigureEntry(ValueState.NUMBER, Decimal(value), note=note, base_revision=base)


def save(world, *, key=None, actor=None, text=None, base=0, done=False, **figures):
    texts = [] if text is None else [TextEntry(world.section("S2.1"), text, done, base)]
    entries = {world.indicator(code).pk: entry for code, entry in figures.items()}
    return autosave(world.edition(), texts, entries, actor=actor or world.author, key=key or world.key())


def stored(world) -> dict[str, tuple]:
    rows = Figure.objects.filter(edition=world.edition()).select_related("indicator")
    return {row.indicator.code: (row.value, row.revision, str(row.updated_by)) for row in rows}


def by_code(world, revisions) -> dict[str, int]:
    return {
        code: revisions[world.indicator(code).pk]
        for code in ("A1", "A2", "A6")
        if world.indicator(code).pk in revisions
    }


def test_a_part_and_cells_are_saved_together(world):
    outcome = save(world, text="một", done=True, A1=number(3), A2=number(4))
    assert outcome.texts == {"S2.1": 1}
    assert by_code(world, outcome.figures) == {"A1": 1, "A2": 1}
    assert not outcome.has_conflicts
    assert stored(world) == {"A1": (3, 1, "Soạn xa-1"), "A2": (4, 1, "Soạn xa-1")}
    text = SectionText.objects.get()
    assert (text.text, text.done, text.revision) == ("một", True, 1)
    assert world.edition().state == State.DRAFTING


def test_the_same_save_again_writes_nothing_and_answers_the_same(world):
    first = save(world, key="save-one", text="một", A1=number(3))
    before = world.edition().revision
    again = save(world, key="save-one", text="một", A1=number(3))
    assert (again.at, again.texts, again.figures) == (first.at, first.texts, first.figures)
    assert world.edition().revision == before
    assert stored(world) == {"A1": (3, 1, "Soạn xa-1")}


def test_a_retry_after_somebody_else_went_on_does_not_undo_him(world, colleague):
    save(world, key="save-one", text="một", A1=number(3))
    save(world, actor=colleague, text="hai", base=1, A1=number(9, base=1))
    again = save(world, key="save-one", text="một", A1=number(3))
    assert (again.texts, by_code(world, again.figures)) == ({"S2.1": 1}, {"A1": 1})
    assert not again.has_conflicts
    assert SectionText.objects.get().text == "hai"
    assert stored(world) == {"A1": (9, 2, "Lê Thị Hai")}


def test_a_key_used_for_other_words_answers_with_the_first_save(world):
    first = save(world, key="save-one", A1=number(3))
    again = save(world, key="save-one", A2=number(4))
    assert again.figures == first.figures
    assert list(stored(world)) == ["A1"]


def test_a_key_of_another_report_is_refused(world):
    UnitRole.objects.create(user=world.author, unit=world.communes[1], role=Role.AUTHOR)
    save(world, key="save-one", A1=number(3))
    author = User.objects.get(pk=world.author.pk)
    entries = {world.indicator("A1").pk: number(5)}
    with pytest.raises(StepNotPossible):
        autosave(world.edition(world.communes[1]), [], entries, actor=author, key="save-one")
    assert Figure.objects.count() == 1


def test_what_another_changed_is_shown_and_the_rest_is_saved(world, colleague):
    save(world, text="một", A1=number(3), A2=number(4))
    save(world, actor=colleague, text="hai", base=1, A1=number(9, base=1))
    outcome = save(world, text="ba", base=1, A1=number(5, base=1), A2=number(6, base=1))
    assert outcome.texts == {}
    assert by_code(world, outcome.figures) == {"A2": 2}
    theirs = outcome.their_texts["S2.1"]
    assert (theirs.text, theirs.revision, str(theirs.updated_by)) == ("hai", 2, "Lê Thị Hai")
    [cell] = outcome.their_figures.values()
    assert (cell.value, cell.revision, str(cell.updated_by)) == (9, 2, "Lê Thị Hai")
    assert stored(world) == {"A1": (9, 2, "Lê Thị Hai"), "A2": (6, 2, "Soạn xa-1")}
    assert SectionText.objects.get().text == "hai"


def test_two_who_say_the_same_do_not_stand_against_each_other(world, colleague):
    save(world, text="một", A1=number(3))
    outcome = save(world, actor=colleague, text="một", A1=number(3))
    assert (outcome.texts, by_code(world, outcome.figures)) == ({"S2.1": 1}, {"A1": 1})
    assert not outcome.has_conflicts
    assert SaveReceipt.objects.count() == 1


def test_a_save_without_a_change_leaves_the_edition_as_it_was(world):
    outcome = save(world, text="", A1=FigureEntry(ValueState.EMPTY))
    assert (outcome.texts, by_code(world, outcome.figures)) == ({"S2.1": 0}, {"A1": 0})
    edition = world.edition()
    assert (edition.state, edition.revision, SaveReceipt.objects.count()) == (State.NOT_STARTED, 0, 0)


def test_everything_or_nothing(world, monkeypatch):
    save(world, text="một", A1=number(3))

    def broken(*args, **kwargs):
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(SaveReceipt.objects, "create", broken)
    with pytest.raises(RuntimeError):
        save(world, text="hai", base=1, A1=number(4, base=1))
    assert SectionText.objects.get().text == "một"
    assert stored(world) == {"A1": (3, 1, "Soạn xa-1")}


@pytest.mark.parametrize("actor", ["reader", "reviewer", "stranger", "approver", "admin"])
def test_only_authors_save(world, actor):
    with pytest.raises(NotAllowed):
        save(world, actor=getattr(world, actor), text="chữ")
    assert (SectionText.objects.count(), SaveReceipt.objects.count()) == (0, 0)


def test_not_while_it_waits_for_approval(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(StaleEdition):
        save(world, text="sửa lén", base=1)


def test_not_in_a_part_that_was_not_returned(world):
    world.write()
    ReportEdition.objects.update(state=State.RETURNED, unlocked_parts=["S2.2"])
    with pytest.raises(StaleEdition):
        save(world, text="sửa", base=1)
    with pytest.raises(StaleEdition):
        save(world, A1=number(3))


def test_three_cells_take_six_statements(world, django_assert_num_queries):
    save(world, A1=number(1), A2=number(2), A6=number(3))
    edition = world.edition()
    pks = [world.indicator(code).pk for code in ("A1", "A2", "A6")]
    with django_assert_num_queries(6):  # two of them mark the savepoint
        autosave(edition, [], {pk: number(7, base=1) for pk in pks}, actor=world.author, key="three")


def test_three_cells_never_written_take_seven(world, django_assert_num_queries):
    save(world, A1=number(1))
    edition = world.edition()
    edition.report.round.outline_version  # noqa: B018 (read with the report by the view)
    pks = [world.indicator(code).pk for code in ("A2", "A3", "A6")]
    with django_assert_num_queries(7):
        autosave(edition, [], {pk: number(7) for pk in pks}, actor=world.author, key="three")


def test_who_wrote_where_is_remembered(world, colleague):
    save(world, text="một", A1=number(3))
    save(world, text="một nữa", base=1)
    save(world, actor=colleague, text="hai", base=2)
    edition = world.edition()
    rows = {(row.place, row.user.username): row.last_at for row in Writing.objects.select_related("user")}
    assert set(rows) == {("S2.1", "author-xa-1"), ("A1", "author-xa-1"), ("S2.1", "colleague")}
    assert rows["S2.1", "author-xa-1"] < rows["S2.1", "colleague"] == SectionText.objects.get().updated_at
    assert not wrote_alone(edition, world.author)
    assert not wrote_alone(edition, colleague)


def test_old_receipts_are_removed_and_young_ones_stay(world):
    with clock.fixed(clock.now() - timedelta(days=8)):
        save(world, key="old-save", A1=number(3))
    save(world, key="new-save", A2=number(3))
    said = StringIO()
    call_command("tidy_saves", stdout=said)
    assert said.getvalue() == "Đã xoá 1 biên nhận lưu\n"
    assert list(SaveReceipt.objects.values_list("key", flat=True)) == ["new-save"]
