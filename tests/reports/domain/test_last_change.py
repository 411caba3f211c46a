"""A step that comes too late is told who did what, and when."""

import pytest

from models_dv import clock
from reports.domain import filling
from reports.domain.last_change import last_change, last_step
from reports.domain.transitions import perform
from reports.enums import Action
from reports.errors import StaleEdition, StepNotPossible
from tests.factories.world import local

pytestmark = pytest.mark.django_db


def rewrite(world, text: str) -> None:
    stored = world.edition().texts.get()
    filling.save_section(
        world.edition(),
        stored.section,
        text=text,
        done=True,
        base_revision=stored.revision,
        actor=world.author,
    )


def test_nothing_was_done(world):
    assert (last_step(world.edition()), last_change(world.edition())) == ("", "")


def test_the_last_step(world):
    with clock.fixed(local(2026, 11, 20, 14)):
        world.write()
    with clock.fixed(local(2026, 11, 20, 14, 32)):
        world.do(Action.SUBMIT, world.author)
    told = f"{world.author} đã trình duyệt lúc 14:32 ngày 20/11/2026."
    assert (last_step(world.edition()), last_change(world.edition())) == (told, told)


def test_the_last_save_where_it_came_after_the_step(world):
    with clock.fixed(local(2026, 11, 20, 8)):
        world.write(K4=3)
    with clock.fixed(local(2026, 11, 20, 9)):
        world.do(Action.SUBMIT, world.author)
        world.do(Action.RETURN, world.approver, note="Sửa")
    with clock.fixed(local(2026, 11, 20, 10, 5)):
        rewrite(world, "Hai")
    assert last_change(world.edition()) == f"{world.author} đã sửa nội dung lúc 10:05 ngày 20/11/2026."
    assert last_step(world.edition()) == f"{world.approver} đã trả lại để bổ sung lúc 09:00 ngày 20/11/2026."


def test_an_accept_form_opened_before_somebody_else_returned_the_report(world):
    world.issued()
    seen = world.edition()
    with clock.fixed(local(2040, 1, 5, 8, 15)):
        world.do(Action.RECALL, world.approver, note="Sửa")
    with pytest.raises(StepNotPossible) as late:
        perform(seen, Action.ACCEPT, actor=world.reviewer, key="late")
    assert late.value.message.startswith(
        f"{world.approver} đã thu hồi báo cáo lúc 08:15 ngày 05/01/2040. Báo cáo"
    )


def test_an_approval_on_a_page_opened_before_the_text_changed(world):
    world.write()
    world.do(Action.SUBMIT, world.author)
    seen = world.edition()
    world.do(Action.RETURN, world.approver, note="Sửa")
    with clock.fixed(local(2026, 11, 20, 10, 5)):
        rewrite(world, "Hai")
        world.do(Action.SUBMIT, world.author)
    with pytest.raises(StaleEdition) as late:
        perform(seen, Action.APPROVE, actor=world.approver, key="late")
    assert " đã " in late.value.message.split(". ")[0]
