"""The demo as a whole: the real archive and An Bình in every state, each reached by ``perform``."""

from collections import Counter
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Sum

from models_dv import clock
from models_dv.domain.signing import signers_on
from models_dv.models import (
    AuditEntry,
    ConclusionNotice,
    Conference,
    ConferencePublication,
    Difficulty,
    Official,
    Task,
    Unit,
    User,
)
from reports.domain.checks import check_edition
from reports.enums import State
from reports.models import (
    Comment,
    ConferenceLink,
    EditionEvent,
    Figure,
    FrozenTotal,
    Publication,
    Report,
    ReportEdition,
    TaskLink,
)
from reports.workflow import MOVES

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO_PASSWORD = "Mau-thu-nghiem-2026"
    call_command("load_demo", today=None, verbosity=0)


def latest(code, year, kind):
    return ReportEdition.objects.get(
        pk=Report.objects.get(unit__code=code, round__period__year=year, round__period__kind=kind).latest_id
    )


def test_the_story(demo, capsys):
    check_states()
    check_every_state_was_performed()
    check_totals()
    check_numbers_are_clean()
    check_publications()
    check_conferences()
    check_tasks_and_officials()
    check_talk()
    check_a_second_load_changes_nothing()


def check_states():
    """The half-year of 2026 shows every state beside the others."""
    reports = Report.objects.filter(round__root_unit__code="an-binh", round__period__kind="half_year")
    states = Counter(reports.filter(round__period__year=2026).values_list("latest__state", flat=True))
    assert states == Counter(
        accepted=3, drafting=3, not_started=1, returned=1, issued=1, in_review=1, approved=1
    )
    assert latest("an-binh-namcuong", 2026, "half_year").replaces.state == State.CORRECTED
    assert latest("an-binh-tanhoa", 2026, "half_year").replaces.state == State.SENT_BACK
    assert latest("ha-tinh", 2026, "annual").state == State.NOT_STARTED


def check_talk():
    """A report that was returned, mended and sent again; comments that wait and comments that are done."""
    again = latest("an-binh-hoalac", 2026, "half_year")
    assert (again.state, again.phase) == (State.IN_REVIEW, 2)
    first, second = (event.milestone for event in again.events.filter(action="submit").order_by("at"))
    changed = {code for code, text in second.texts.items() if first.texts[code] != text}
    assert changed == {"S2.1"}
    assert first.figures["C8"] != second.figures["C8"]
    asked = Comment.objects.filter(parent=None)
    assert (asked.count(), asked.filter(resolved_at=None).count()) == (6, 3)


def check_every_state_was_performed():
    """Each edition's state is the end of a chain of events, each a row of the table (or its replacement)."""
    allowed = {(move.source, move.action, move.target) for move in MOVES}
    allowed |= {(state, "replace", State.CORRECTED) for state in (State.ACCEPTED, State.ISSUED)}
    for edition in ReportEdition.objects.prefetch_related("events"):
        events = list(edition.events.all())
        assert {(e.from_state, e.action, e.to_state) for e in events} <= allowed
        changes = [event for event in events if event.from_state != event.to_state]
        if changes:
            assert changes[-1].to_state == edition.state
    assert EditionEvent.objects.values("actor").distinct().count() > 20
    assert AuditEntry.objects.count() >= EditionEvent.objects.count()


def check_totals():
    """The province's issued total is its own plus its communes', the missing one named."""
    edition = latest("an-binh", 2025, "half_year")
    assert edition.coverage == {"expected": 10, "accepted": 9, "missing": ["Xã Thượng Giang"]}
    for code in ("A1", "C8", "G5", "K3a"):
        frozen = FrozenTotal.objects.get(edition=edition, indicator__code=code)
        figures = Figure.objects.filter(indicator__code=code, edition__report__round=edition.report.round)
        below = figures.exclude(edition=edition).aggregate(sum=Sum("value"))["sum"]
        own = figures.get(edition=edition).value
        assert (frozen.own, frozen.below, frozen.total) == (own, below, own + below)


def check_numbers_are_clean():
    """No hard error stands in any demo report, and a carried-over count continues the one before."""
    for code in ("an-binh-phulam", "an-binh-binhminh", "an-binh-yenkhe"):
        found = check_edition(latest(code, 2026, "half_year"))
        assert [finding for finding in found if finding.is_hard] == []
    before = FrozenTotal.objects.get(edition=latest("an-binh-binhminh", 2025, "annual"), indicator__code="B4")
    opening = latest("an-binh-binhminh", 2026, "half_year").figures.get(indicator__code="B1")
    assert opening.value == before.own


def check_publications():
    """Five press pieces and the province's own, one of them corrected, one commune's withdrawn."""
    published = Publication.objects.published()
    assert published.filter(citation__isnull=False).count() == 5
    assert published.filter(report__isnull=False).count() == 3
    corrected = Publication.objects.get(slug="tinh-an-binh-nam-2025")
    first, second = corrected.versions.all()
    assert (first.state, second.state) == ("superseded", "published")
    old, new = (version.figures.get(code="C8").value for version in (first, second))
    assert new != old
    assert Publication.objects.get(slug="phuong-trung-tam-nam-2025").current.state == "withdrawn"
    real = Unit.objects.filter(illustrative=False)
    assert not Figure.objects.filter(edition__report__unit__in=real).exists()


def check_conferences():
    """An Bình's conferences: one signed after another, a difficulty followed through three of them, one to come."""
    held = Conference.objects.filter(unit__illustrative=True).order_by("held_on")
    assert Counter(held.values_list("state", flat=True)) == Counter(held=5, planned=1)
    assert ConclusionNotice.objects.filter(state="signed").count() == 3
    water = Difficulty.objects.filter(first__text__startswith="Nước sạch").order_by("raised_on")
    assert [row.conference.kind for row in water] == ["tong_ket", "giao_ban"]
    assert ConferencePublication.objects.published().count() == 9
    reviewed = ConferenceLink.objects.filter(report__publication__current__state="published")
    assert reviewed.count() == 2


def check_tasks_and_officials():
    """Tasks of every state and source, some overdue; people of every commune they are said of, one delegated."""
    tasks = Task.objects.filter(giving_unit__code__startswith="an-binh")
    assert Counter(tasks.values_list("state", flat=True)) == Counter(open=11, done=3, cancelled=1)
    assert tasks.overdue(clock.today()).count() == 5
    assert tasks.filter(conclusion__isnull=False).count() == 5
    assert TaskLink.objects.count() == 1
    assert tasks.filter(extensions__isnull=False).count() == 1
    people = Official.objects.filter(illustrative=True)
    assert (people.count(), people.filter(user__isnull=False).count()) == (16, 5)
    unit = Unit.objects.get(code="an-binh")
    signers = [(signer.name, bool(signer.decision)) for signer in signers_on(unit, clock.today())]
    assert signers == [
        ("Phạm Thị Minh Hoạ", False),
        ("Nguyễn Văn An Bình", False),
        ("Đặng Thị Giả Định", True),
    ]


def check_a_second_load_changes_nothing():
    before = (Unit.objects.count(), User.objects.count(), EditionEvent.objects.count())
    call_command("load_demo", verbosity=0)
    assert (Unit.objects.count(), User.objects.count(), EditionEvent.objects.count()) == before
    assert Figure.objects.filter(value__lt=Decimal(0)).count() == 0
