"""Saving parts and figures: the four states of a value, conflicts, locks, and at most ten queries."""

import pytest

from models_dv.errors import NotAllowed
from reports.domain import filling
from reports.domain.filling import FigureEntry
from reports.enums import Action, State, ValueState
from reports.errors import MissingInput, SaveConflict, StaleEdition
from reports.models import Figure, SectionText

pytestmark = pytest.mark.django_db


def save(world, text, base, actor=None, code="S2.1"):
    return filling.save_section(
        world.edition(),
        world.section(code),
        text=text,
        done=False,
        base_revision=base,
        actor=actor or world.author,
    )


def test_text_is_stored_in_nfc_with_the_right_d(world):
    stored = save(world, "Hội nghị ở Ða\u0323i Từ\r\nđoạn hai", 0)
    assert stored.text == "Hội nghị ở Đại Từ\nđoạn hai"


def test_two_saves_from_two_windows_keep_both_texts(world):
    save(world, "bản một", 0)
    save(world, "bản hai", 1)
    with pytest.raises(SaveConflict) as conflict:
        save(world, "bản ba", 1)
    assert (conflict.value.mine, conflict.value.theirs.text) == ("bản ba", "bản hai")
    assert SectionText.objects.get().text == "bản hai"


def test_people_on_different_parts_do_not_collide(world):
    save(world, "phần một", 0, code="S2.1")
    save(world, "phần hai", 0, code="S2.2")
    assert SectionText.objects.count() == 2


def test_the_same_text_again_changes_no_revision(world):
    save(world, "một", 0)
    assert save(world, "một", 0).revision == 1


@pytest.mark.parametrize("actor", ["reader", "reviewer", "stranger", "approver", "admin"])
def test_only_authors_write(world, actor):
    with pytest.raises(NotAllowed):
        save(world, "chữ", 0, actor=getattr(world, actor))
    assert SectionText.objects.count() == 0
    assert world.edition().state == State.NOT_STARTED


def test_nothing_is_written_while_in_review(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(StaleEdition):
        save(world, "sửa lén", 1)


def test_a_save_cannot_slip_behind_a_step(world):
    world.write()
    seen = world.edition()
    world.do(Action.SUBMIT, world.author)
    with pytest.raises(StaleEdition):
        filling.save_section(
            seen, world.section("S2.1"), text="x", done=False, base_revision=1, actor=world.author
        )


def test_four_states_are_four_things(world):
    world.enter(A1=0, A2="none", A3=("no_data", "Chưa tổng hợp"), A6=("gan", 5))
    rows = {f.indicator.code: f for f in Figure.objects.select_related("indicator")}
    seen = {code: (row.value_state, row.value, row.qualifier, row.note) for code, row in rows.items()}
    assert seen == {
        "A1": (ValueState.NUMBER, 0, "", ""),
        "A2": (ValueState.NONE, 0, "", ""),
        "A3": (ValueState.NO_DATA, None, "", "Chưa tổng hợp"),
        "A6": (ValueState.NUMBER, 5, "gan", ""),
    }


def test_no_data_needs_a_reason(world):
    with pytest.raises(MissingInput):
        world.enter(A3=("no_data", " "))
    assert Figure.objects.count() == 0


def test_cells_changed_by_another_are_shown_not_overwritten(world):
    pk = world.indicator("A1").pk
    world.enter(A1=3)
    world.enter(A1=4)
    entries = {pk: FigureEntry(ValueState.NUMBER, value=9, base_revision=1)}
    with pytest.raises(SaveConflict) as conflict:
        filling.save_figures(world.edition(), entries, actor=world.author)
    assert (conflict.value.mine[pk].value, conflict.value.theirs[pk].value) == (9, 4)
    assert Figure.objects.get().value == 4


def test_saving_a_part_takes_at_most_ten_queries(world, django_assert_max_num_queries):
    save(world, "một", 0)
    edition, section = world.edition(), world.section("S2.1")
    with django_assert_max_num_queries(10):
        filling.save_section(edition, section, text="hai", done=True, base_revision=1, actor=world.author)


def test_saving_sixty_figures_takes_at_most_ten_queries(world, django_assert_max_num_queries):
    world.enter(A1=1)
    edition = world.edition()
    typed = [i for i in world.round.outline_version.indicators.all() if i.is_typed and i.op != "text"][:60]
    entries = {
        i.pk: FigureEntry(ValueState.NUMBER, value=7, base_revision=1 if i.code == "A1" else 0) for i in typed
    }
    with django_assert_max_num_queries(10):
        filling.save_figures(edition, entries, actor=world.author)
    assert Figure.objects.filter(value=7).count() == 60


def test_a_window_opened_on_the_earlier_edition_overwrites_nothing_in_the_next(world):
    save(world, "bản một", 0)
    save(world, "bản hai", 1)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue()
    world.do(Action.RECALL, world.approver, note="Sửa")
    assert world.edition().number == 2
    with pytest.raises(SaveConflict):
        save(world, "gõ từ cửa sổ cũ", 1)
    assert world.edition().texts.get().text == "bản hai"


def test_two_authors_who_begin_at_once_both_save(world):
    seen_by_both = [world.edition(), world.edition()]
    for edition, code in zip(seen_by_both, ("S2.1", "S2.2"), strict=True):
        filling.save_section(
            edition, world.section(code), text="chữ", done=False, base_revision=0, actor=world.author
        )
    assert SectionText.objects.count() == 2
    assert world.edition().state == State.DRAFTING
