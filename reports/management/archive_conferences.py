"""Loading the conferences of the real archive: people with the posts of that day, what was raised and concluded."""

import tomllib
from pathlib import Path

from django.db import transaction

from models_dv.domain.conference_content import content_of, offer
from models_dv.domain.conference_publishing import put_up
from models_dv.enums import Organ, UnitLevel
from models_dv.models import (
    Appointment,
    Conclusion,
    Conference,
    ConferenceAward,
    ConferencePerson,
    Difficulty,
    DifficultyTopic,
    Official,
    Unit,
)
from reports.models import ConferenceLink, Publication

FILE = Path(__file__).resolve().parent.parent / "data" / "archive_conferences.toml"
#: Where a post in a body below stands among those of the body that met.
RANK_FROM_BELOW = 60


@transaction.atomic
def load_conferences() -> int:
    """Load what is not there yet; returns the number of conferences made. A second call changes nothing."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    topics = {name: make_topic(name, order) for order, name in enumerate(data["topics"], start=1)}
    made = 0
    for row in data["conferences"]:
        piece = Publication.objects.select_related("unit", "period").get(slug=row["of"])
        if not ConferenceLink.objects.filter(publication=piece).exists():
            _load(row, piece, topics, data)
            made += 1
    return made


def make_topic(name: str, order: int) -> DifficultyTopic:
    """The topic of difficulties, made where it is not there."""
    topic, _created = DifficultyTopic.objects.get_or_create(name=name, defaults={"order": order * 10})
    return topic


def _load(row, piece: Publication, topics, data) -> None:
    conference = Conference.objects.create(
        unit=piece.unit,
        kind=row["kind"],
        title=row["title"],
        period=piece.period,
        year=piece.period.year,
        held_on=row.get("held_on"),
        form=row.get("form", ""),
        place=row.get("place", ""),
        organiser=row.get("organiser", ""),
        summary=row["summary"].strip(),
    )
    ConferenceLink.objects.create(conference=conference, publication=piece)
    for order, person in enumerate(row["people"], start=1):
        _add_person(conference, person, order, row, data)
    for order, item in enumerate(row.get("difficulties", ()), start=1):
        difficulty = Difficulty.objects.create(
            unit=conference.unit,
            conference=conference,
            text=item["text"],
            raised_on=conference.held_on,
            order=order,
        )
        difficulty.topics.set(topics[name] for name in item["topics"])
    items = [(group["heading"], text) for group in row.get("conclusions", ()) for text in group["items"]]
    for order, (heading, text) in enumerate(items, start=1):
        Conclusion.objects.create(conference=conference, heading=heading, text=text, order=order)
    for award in row.get("awards", ()):
        ConferenceAward.objects.create(conference=conference, **award)
    offered = offer(conference)
    put_up(conference, content_of(offered, offered.all_of()), lead=row["lead"], slug=piece.slug)


def _add_person(conference: Conference, person, order: int, row, data) -> None:
    units = [_unit(post, conference) for post in person["posts"]]
    official = _official(person["name"], units)
    ranks = []
    for post, unit in zip(person["posts"], units, strict=True):
        _attest(official, unit, post, order, row, data)
        ranks.append(post["rank"] if unit == conference.unit else max(post["rank"], RANK_FROM_BELOW))
    ConferencePerson.objects.create(
        conference=conference,
        official=official,
        name=official.name,
        posts="\n".join(post["post"] for post in person["posts"]),
        duties=person["duties"],
        rank=min(ranks),
        order=order,
    )


def _unit(post, conference: Conference) -> Unit:
    """The body in which the post is held: the one that met, or a district by its official code."""
    if "district" not in post:
        return conference.unit
    districts = Unit.objects.filter(illustrative=False, versions__level=UnitLevel.DISTRICT)
    return districts.filter(territory_code=post["district"]).distinct().get()


def _official(name: str, units: list[Unit]) -> Official:
    """The person of this name in one of the units, made where there is none."""
    known = Official.objects.present().filter(name=name, illustrative=False, appointments__unit__in=units)
    return known.first() or Official.objects.create(name=name)


def _attest(official: Official, unit: Unit, post, order: int, row, data) -> None:
    """The post as the piece names it on the day of the conference; its real beginning and end are not known."""
    ended_on, reason = unit.ended_on, data["unit_end"] if unit.ended_on else ""
    if ended_on is None and post["organ"] == Organ.MOBILISATION:
        ended_on, reason = data["body_ended_on"], data["body_end"]
    Appointment.objects.get_or_create(
        official=official,
        unit=unit,
        organ=post["organ"],
        post=post["post"],
        defaults={
            "rank": post["rank"],
            "order": order,
            "attested_on": row.get("attested_on") or row["held_on"],
            "decision": row.get("attested_note", ""),
            "to_on": ended_on,
            "end_reason": reason,
        },
    )
