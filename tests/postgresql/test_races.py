"""Two real connections race every step: exactly one wins, the other gets a clear error, nothing is torn.

Collected on PostgreSQL only (see tests/conftest.py); SQLite lets one writer in at a time.
"""

import threading

import pytest
from django.db import connection, connections

from models_dv.enums import Role
from models_dv.errors import ExpectedError
from reports.documents.issuing import issue
from reports.domain import autosave, filling, publishing, transitions
from reports.domain.publication_content import FigureChoice
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, PublicationAction, State, ValueState
from reports.errors import SaveConflict
from reports.models import (
    DocumentNumber,
    EditionEvent,
    Figure,
    PublicationEvent,
    PublicationVersion,
    Report,
    ReportEdition,
    SaveReceipt,
    SectionText,
)
from tests.factories.world import local, make_user, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    assert connection.vendor == "postgresql"
    return make_world()


def race(*acts):
    """Run the acts at once, each on its own connection; returns their results or expected errors in order."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            barrier.wait(timeout=10)
            results[index] = act()
        except ExpectedError as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def outcome(results):
    """How many won, how many were told."""
    return (
        sum(not isinstance(result, ExpectedError) and result is not None for result in results),
        sum(isinstance(result, ExpectedError) for result in results),
    )


def step(edition_pk, action, actor, key, note="", details=None):
    """A step from a page that was read before the race, as people's pages are."""
    edition = ReportEdition.objects.get(pk=edition_pk)
    return lambda: transitions.perform(edition, action, actor=actor, key=key, note=note, details=details)


PARTS = ReturnDetails(parts={"S2.1": "Sửa"}, due_at=local(2100, 1, 1))
PREPARE = {
    Action.SUBMIT: ("write", "author", None),
    Action.WITHDRAW: ("submitted", "author", None),
    Action.RETURN: ("submitted", "approver", None),
    Action.APPROVE: ("submitted", "approver", None),
    Action.RECALL: ("issued", "approver", None),
    Action.ACCEPT: ("issued", "reviewer", None),
    Action.SEND_BACK: ("issued", "reviewer", PARTS),
    Action.CORRECT: ("accepted", "approver", None),
}


def prepare(world, how):
    if how == "submitted":
        world.write(A1=3)
        world.do(Action.SUBMIT, world.author)
    else:
        getattr(world, how)(A1=3)


@pytest.mark.parametrize("action", PREPARE)
def test_the_same_step_twice_at_once_happens_once(world, action):
    how, actor, details = PREPARE[action]
    prepare(world, how)
    edition, person = world.edition(), getattr(world, actor)
    results = race(
        step(edition.pk, action, person, "one", "lý do", details),
        step(edition.pk, action, person, "two", "lý do", details),
    )
    assert outcome(results) == (1, 1)
    assert EditionEvent.objects.filter(edition=edition, action=action).count() == 1
    report = world.report()
    assert report.editions.count() == (
        2 if action in (Action.RECALL, Action.SEND_BACK, Action.CORRECT) else 1
    )


@pytest.mark.parametrize("action", PREPARE)
def test_a_double_click_gets_one_receipt(world, action):
    how, actor, details = PREPARE[action]
    prepare(world, how)
    edition, person = world.edition(), getattr(world, actor)
    results = race(*[step(edition.pk, action, person, "same", "lý do", details) for _click in range(2)])
    assert outcome(results) == (2, 0)
    assert results[0].receipt == results[1].receipt


@pytest.mark.parametrize(
    ("first", "second", "how", "actors"),
    [
        (Action.APPROVE, Action.RETURN, "submitted", ("approver", "approver")),
        (Action.APPROVE, Action.WITHDRAW, "submitted", ("approver", "author")),
        (Action.ACCEPT, Action.RECALL, "issued", ("reviewer", "approver")),
        (Action.ACCEPT, Action.SEND_BACK, "issued", ("reviewer", "reviewer")),
    ],
)
def test_two_different_steps_at_once(world, first, second, how, actors):
    prepare(world, how)
    edition = world.edition()
    results = race(
        step(edition.pk, first, getattr(world, actors[0]), "one", "lý do", PARTS),
        step(edition.pk, second, getattr(world, actors[1]), "two", "lý do", PARTS),
    )
    assert outcome(results) == (1, 1)
    assert edition.events.filter(action__in=[first, second]).count() == 1


def test_a_save_and_a_submission_at_once(world):
    world.write(A1=3)
    edition = world.edition()
    entry = {world.indicator("A1").pk: filling.FigureEntry(ValueState.NUMBER, value=9, base_revision=1)}

    def save():
        return filling.save_figures(ReportEdition.objects.get(pk=edition.pk), entry, actor=world.author)

    race(save, step(edition.pk, Action.SUBMIT, world.author, "one"))
    fresh = world.edition()
    value = Figure.objects.get(edition=edition).value
    saved_first = value == 9
    if fresh.state == State.IN_REVIEW and saved_first:
        submitted = EditionEvent.objects.get(edition=edition, action=Action.SUBMIT)
        assert Figure.objects.get(edition=edition).updated_at <= submitted.at
    assert (fresh.state, saved_first) != (State.DRAFTING, False)


def test_one_automatic_save_sent_twice_at_once_is_one_save(world):
    world.write(A1=3)
    edition, pk = world.edition(), world.indicator("A1").pk
    entry = filling.FigureEntry(ValueState.NUMBER, value=9, base_revision=1)

    def save():
        seen = ReportEdition.objects.get(pk=edition.pk)
        return autosave.autosave(seen, [], {pk: entry}, actor=world.author, key="one-save")

    first, second = race(save, save)
    assert first.figures == second.figures == {pk: 2}
    assert first.at == second.at
    assert (Figure.objects.get(edition=edition).revision, SaveReceipt.objects.count()) == (2, 1)


def test_two_automatic_saves_of_one_cell_keep_one_and_show_both(world):
    world.write(A1=3)
    edition, pk = world.edition(), world.indicator("A1").pk

    def save(value):
        entry = filling.FigureEntry(ValueState.NUMBER, value=value, base_revision=1)
        return lambda: autosave.autosave(
            ReportEdition.objects.get(pk=edition.pk), [], {pk: entry}, actor=world.author, key=f"save-{value}"
        )

    results = race(save(8), save(9))
    kept, lost = sorted(results, key=lambda outcome: outcome.has_conflicts)
    assert (kept.figures, lost.figures) == ({pk: 2}, {})
    assert lost.their_figures[pk].value == Figure.objects.get(edition=edition).value


def test_two_saves_of_one_part_keep_one_and_show_both(world):
    world.write(text="nền")
    edition, section = world.edition(), world.section("S2.1")

    def save(text):
        return lambda: filling.save_section(
            ReportEdition.objects.get(pk=edition.pk),
            section,
            text=text,
            done=True,
            base_revision=1,
            actor=world.author,
        )

    results = race(save("của tôi"), save("của bạn tôi"))
    assert outcome(results) == (1, 1)
    lost = next(result for result in results if isinstance(result, SaveConflict))
    kept = next(result for result in results if not isinstance(result, SaveConflict))
    assert {lost.mine, kept.text} == {"của tôi", "của bạn tôi"}
    assert lost.theirs.text == kept.text


def test_the_portals_series_has_no_gap_and_no_double(world):
    for unit in world.communes:
        world.approved(unit)
    unit = world.communes[0]
    type(unit).objects.update(portal_numbers=True)
    edition = world.edition(unit)

    def issuing(key):
        def act():
            fresh = ReportEdition.objects.select_related("report__unit", "report__unit_version").get(
                pk=edition.pk
            )
            return issue(
                fresh,
                number=None,
                issued_on=local(2026, 6, 15).date(),
                signer_name="Nguyễn Văn Mẫu",
                signer_post="Phó Bí thư",
                signer_is_deputy=True,
                actor=world.clerk,
                key=key,
            )

        return act

    results = race(issuing("one"), issuing("two"))
    assert outcome(results) == (1, 1)
    assert list(DocumentNumber.objects.values_list("number", flat=True)) == [1]


def test_two_confirmations_of_one_publication(world):
    world.issued(world.province, number=3, A1=5)
    report = Report.objects.get(round=world.round, unit=world.province)
    version = publishing.start(report, actor=world.publisher)
    version = publishing.save_version(
        version,
        title="Kết quả",
        lead="Lời dẫn",
        sections=[],
        figures=[FigureChoice("A1")],
        base_revision=0,
        actor=world.publisher,
    )
    publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")
    version.refresh_from_db()

    def confirm(key):
        return lambda: publishing.step(
            version, PublicationAction.PUBLISH, actor=world.second_publisher, key=key
        )

    assert outcome(race(confirm("one"), confirm("two"))) == (1, 1)
    assert PublicationEvent.objects.filter(action=PublicationAction.PUBLISH).count() == 1


def test_two_people_begin_one_publication(world):
    world.issued(world.province, number=3, A1=5)

    def begin(actor):
        report = Report.objects.select_related("unit", "unit_version", "round__period", "in_force")
        return lambda: publishing.start(report.get(round=world.round, unit=world.province), actor=actor)

    results = race(begin(world.publisher), begin(world.second_publisher))
    assert outcome(results) == (2, 0)
    assert results[0].pk == results[1].pk


def test_a_double_click_on_a_step_of_a_publication_gets_one_event(world):
    world.issued(world.province, K4=250)
    version = publishing.start(world.report(world.province), actor=world.publisher)

    def discard():
        seen = PublicationVersion.objects.get(pk=version.pk)
        return publishing.step(seen, PublicationAction.DISCARD, actor=world.publisher, key="click")

    first, second = race(discard, discard)
    assert first == second == PublicationEvent.objects.get()


def test_two_authors_begin_a_report_at_once_and_both_parts_are_kept(world):
    colleague = make_user("author-two", "Soạn hai", world.communes[0], Role.AUTHOR)
    seen = {actor: world.edition() for actor in (world.author, colleague)}

    def save(actor, code):
        return lambda: filling.save_section(
            seen[actor], world.section(code), text="chữ", done=False, base_revision=0, actor=actor
        )

    assert outcome(race(save(world.author, "S2.1"), save(colleague, "S2.2"))) == (2, 0)
    assert SectionText.objects.count() == 2
    assert EditionEvent.objects.filter(action=Action.BEGIN).count() == 1
