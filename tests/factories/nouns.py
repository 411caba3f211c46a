"""Nouns for the world of the tests: tasks and officials, made through the domain."""

from datetime import date, timedelta

from models_dv import clock
from models_dv.domain.officials import Post, add_official
from models_dv.domain.tasks import TaskValues, create_task
from models_dv.enums import ConferenceKind, NoticeState, Organ, PostRank
from models_dv.models import Conclusion, ConclusionNotice, Conference, Official, Task, Unit


def make_task(world, lead: Unit | None = None, *, actor=None, giver: Unit | None = None, **values) -> Task:
    """A task that the province gives to a commune (the first one), due in 30 days, if nothing else is said."""
    conclusion = values.pop("conclusion", None)
    days = values.pop("due_in", 30)
    day = clock.today() + timedelta(days=days) if days is not None else None
    given_on = values.pop("given_on", min(clock.today(), day) if day else clock.today())
    values = {"title": "Rà soát mô hình", "due_on": day, "given_on": given_on, **values}
    return create_task(
        TaskValues(lead_unit=lead or world.communes[0], **values),
        giving_unit=giver or world.province,
        actor=actor or world.province_author,
        conclusion=conclusion,
    )


def make_conclusion(unit: Unit, *, signed=True, text="Rà soát các mô hình trong tỉnh", held_on=None):
    """A conclusion of a conference of the unit, of a signed notice or of a draft."""
    conference = Conference.objects.create(
        unit=unit,
        kind=ConferenceKind.SO_KET,
        title="Hội nghị sơ kết 6 tháng",
        year=2026,
        held_on=held_on or date(2026, 7, 3),
    )
    notice = ConclusionNotice(conference=conference)
    if signed:
        notice.state, notice.number = NoticeState.SIGNED, "12-TB/TU"
        notice.signed_on, notice.signer_name = conference.held_on, "Nguyễn Văn Mẫu"
    notice.save()
    return Conclusion.objects.create(conference=conference, text=text)


def make_official(name: str, unit: Unit, post="Phó Bí thư", *, actor, **values) -> Official:
    """An official with one post in the unit, held since 01/07/2025 if nothing else is said."""
    contact = {key: values.pop(key) for key in ("work_phone", "work_email") if key in values}
    return add_official(name=name, posts=[make_post(unit, post, **values)], actor=actor, **contact)


def make_post(unit: Unit, post="Phó Bí thư", **values) -> Post:
    """A post of a unit, as the domain takes it."""
    start = {} if "attested_on" in values else {"from_on": date(2025, 7, 1)}
    values = {"organ": Organ.COMMITTEE, "rank": PostRank.DEPUTY_SECRETARY, **start, **values}
    return Post(unit=unit, post=post, **values)
