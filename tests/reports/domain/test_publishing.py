"""Publishing: nothing by default, a second person confirms, corrections and withdrawals leave their trace."""

import pytest

from models_dv.errors import NotAllowed
from reports.domain import publishing
from reports.domain.publication_content import FigureChoice, SectionChoice, candidates
from reports.enums import Action, PublicationAction, PublicationState
from reports.errors import MissingInput, StaleEdition, StepNotPossible
from reports.models import Publication, PublicationVersion
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    world.issued(world.province, number=3, A1=5, K4=("gan", 250), K3a=300, K3b=10, B3=2)
    return world


def draft(world):
    return publishing.start(world.report(world.province), actor=world.publisher)


def filled(world, version=None):
    version = version or draft(world)
    return publishing.save_version(
        version,
        title="Kết quả công tác dân vận 6 tháng đầu năm 2026",
        lead="Lời dẫn.",
        sections=[SectionChoice("S2.1", "Cấp uỷ lãnh đạo", "Lời công khai.")],
        figures=[FigureChoice("K4", is_key=True), FigureChoice("A1")],
        correction_note="Sửa số" if version.number > 1 else "",
        base_revision=version.revision,
        actor=world.publisher,
    )


def published(world):
    version = filled(world)
    publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")
    version.refresh_from_db()
    publishing.step(version, PublicationAction.PUBLISH, actor=world.second_publisher, key="publish")
    version.refresh_from_db()
    return version


def test_nothing_is_chosen_by_default(world):
    version = draft(world)
    assert (version.sections.count(), version.figures.count(), version.state) == (0, 0, "draft")
    assert not Publication.objects.published().exists()


def test_internal_parts_and_figures_are_no_candidates(world):
    found = candidates(world.edition(world.province))
    assert [section.code for section, _text in found.sections] == ["S2.1"]
    codes = [indicator.code for indicator, _total in found.figures]
    assert "K4" in codes and "B3" not in codes


def test_figures_are_copied_never_typed(world):
    version = filled(world)
    rows = [(f.code, f.value, f.qualifier, f.is_key) for f in version.figures.all()]
    assert rows == [("A1", 5, "", False), ("K4", 250, "gan", True)]


def test_an_internal_figure_asked_for_by_its_code_is_not_copied(world):
    version = draft(world)
    publishing.save_version(
        version,
        title="t",
        lead="l",
        sections=[],
        figures=[FigureChoice("B3")],
        base_revision=0,
        actor=world.publisher,
    )
    assert version.figures.count() == 0


def test_a_second_person_confirms(world):
    version = filled(world)
    publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")
    version.refresh_from_db()
    with pytest.raises(NotAllowed):
        publishing.step(version, PublicationAction.PUBLISH, actor=world.publisher, key="self")
    with pytest.raises(NotAllowed):
        publishing.step(version, PublicationAction.PUBLISH, actor=world.stranger, key="other")
    publishing.step(version, PublicationAction.PUBLISH, actor=world.second_publisher, key="ok")
    assert Publication.objects.published().get().current_id == version.pk


def test_incomplete_words_are_asked_for(world):
    version = draft(world)
    with pytest.raises(MissingInput) as missing:
        publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")
    assert missing.value.field == "lead"


def test_stale_save_is_refused(world):
    version = draft(world)
    filled(world, version)
    stale = PublicationVersion.objects.get(pk=version.pk)
    with pytest.raises(StaleEdition):
        publishing.save_version(
            stale, title="x", lead="", sections=[], figures=[], base_revision=0, actor=world.publisher
        )


def test_correction_leaves_the_old_version_readable(world):
    first = published(world)
    publication = Publication.objects.get()
    new = publishing.start_correction(publication, actor=world.publisher)
    assert (new.number, new.sections.count(), new.figures.count()) == (2, 1, 2)
    assert Publication.objects.published().get().current_id == first.pk
    new = filled(world, new)
    publishing.step(new, PublicationAction.ASK, actor=world.publisher, key="ask2")
    new.refresh_from_db()
    publishing.step(new, PublicationAction.PUBLISH, actor=world.second_publisher, key="publish2")
    first.refresh_from_db()
    assert (first.state, Publication.objects.get().current_id) == (PublicationState.SUPERSEDED, new.pk)


def test_withdrawal_keeps_the_address(world):
    version = published(world)
    with pytest.raises(MissingInput):
        publishing.step(version, PublicationAction.WITHDRAW, actor=world.publisher, key="w")
    publishing.step(version, PublicationAction.WITHDRAW, actor=world.publisher, key="w", note="Sai ảnh")
    publication = Publication.objects.get()
    assert publication.current.state == PublicationState.WITHDRAWN
    assert not Publication.objects.published().exists()


def test_only_a_report_in_force_is_published(world):
    with pytest.raises(StepNotPossible):
        publisher = world.publisher
        world.issued(world.communes[0])
        from models_dv.enums import Role
        from models_dv.models import UnitRole

        UnitRole.objects.create(user=publisher, unit=world.communes[0], role=Role.PUBLISHER)
        publisher._held = None
        publishing.start(world.report(world.communes[0]), actor=publisher)


def test_published_stays_while_the_report_is_corrected(world):
    version = published(world)
    world.do(Action.CORRECT, world.province_approver, world.province, note="Sửa")
    assert Publication.objects.published().get().current_id == version.pk


def test_an_internal_part_asked_for_by_its_code_is_not_copied(world):
    version = draft(world)
    version = publishing.save_version(
        version,
        title="t",
        lead="l",
        sections=[SectionChoice("S1", "Tình hình Nhân dân", "kín")],
        figures=[],
        base_revision=0,
        actor=world.publisher,
    )
    assert version.sections.count() == 0


def test_a_draft_from_a_replaced_edition_does_not_go_out(world):
    version = filled(world)
    world.do(Action.CORRECT, world.province_approver, world.province, note="Sửa")
    world.do(Action.SUBMIT, world.province_author, world.province)
    world.do(Action.APPROVE, world.province_approver, world.province)
    world.issue(world.province, number=4)
    with pytest.raises(StepNotPossible):
        publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="ask")


def test_a_key_is_not_used_for_another_act(world):
    version = filled(world)
    publishing.step(version, PublicationAction.ASK, actor=world.publisher, key="once")
    version.refresh_from_db()
    with pytest.raises(StepNotPossible):
        publishing.step(version, PublicationAction.RETURN, actor=world.publisher, key="once", note="Sửa")
    version.refresh_from_db()
    assert version.state == PublicationState.IN_REVIEW
