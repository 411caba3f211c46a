"""Conferences of An Bình, each act at its own day, each through the domain (data: ``an_binh_conferences.toml``)."""

import tomllib
from datetime import date, time
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from models_dv import clock
from models_dv.domain import conclusions, conference_files, difficulties
from models_dv.domain.conference_content import Choice, content_of, offer
from models_dv.domain.conference_people import add_person, posts_on
from models_dv.domain.conference_publishing import publication_of, publish, seen_code
from models_dv.domain.conferences import save_award, save_conference
from models_dv.enums import ConferenceState
from models_dv.models import Conference, ConferenceAward, Difficulty, DifficultyTopic, Official, Task
from reports.domain import conference_links
from reports.management.archive import period_for
from reports.management.demo.acts import at, days
from reports.management.demo.cast import Cast

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "an_binh_conferences.toml"
WORDS = ("kind", "title", "form", "online_points", "place", "agenda", "summary")
WALL, CURTAIN, STAGE, HEADS = (238, 232, 220), (150, 32, 34), (120, 88, 62), (70, 84, 120)


def load_conferences(cast: Cast, today: date) -> None:
    """Lay out every conference, oldest first, as of ``today``."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    topics = {topic.name: topic for topic in DifficultyTopic.objects.all()}
    raised: dict[str, Difficulty] = {}
    for row in data["conferences"]:
        _Row(cast, today, row, data["people"]).lay_out(topics, raised)
    for row in data["conferences"]:
        for item in row.get("difficulties", ()):
            if "settled" in item:
                _settle(cast, row["unit"], raised[item["key"]], item["settled"])


def publish_tasks(cast: Cast) -> None:
    """Publish again, with the tasks, what was published before tasks came out of its conclusions."""
    given = Task.objects.filter(conclusion__conference__publication__isnull=False)
    for pk in set(given.values_list("conclusion__conference", flat=True)):
        conference = Conference.objects.select_related("unit", "period").get(pk=pk)
        last = max(given.filter(conclusion__conference=pk).values_list("given_on", flat=True))
        publisher = cast.author("anbinh") if conference.unit == cast.province else None
        if publisher is not None:
            with clock.fixed(at(last + days(1), 10)):
                _publish(conference, conference.publication.lead, publisher)


def _publish(conference: Conference, lead: str, actor) -> None:
    """Everything that may be chosen."""
    offered = offer(conference)
    choice = Choice(**(vars(offered.all_of()) | {"lead": lead}))
    seen = seen_code(publication_of(conference), content_of(offered, choice), lead)
    publish(conference, choice, seen=seen, actor=actor)


class _Row:
    """One conference of the data file."""

    def __init__(self, cast: Cast, today: date, row: dict, people: dict):
        self.cast, self.row, self.people = cast, row, people
        held_on = row["held_on"]
        self.day = held_on if isinstance(held_on, date) else today + days(held_on)
        self.is_planned = self.day > today
        self.author, self.leader = cast.author(row["unit"]), cast.leader(row["unit"])
        self.written_on = today - days(3) if self.is_planned else self.day + days(1)

    def lay_out(self, topics: dict, raised: dict) -> None:
        """Entered the day after, concluded, signed, published: as far as the data say."""
        row = self.row
        with clock.fixed(at(self.written_on, 9)):
            conference = self._entered()
            for person in row.get("people", ()):
                self._add(conference, person)
            for item in row.get("difficulties", ()):
                raised[item["key"]] = self._raise(conference, item, topics, raised)
            for award in row.get("awards", ()):
                values = {"count": None, "recipients": "", "decision": ""} | award
                save_award(ConferenceAward(conference=conference), values, actor=self.author)
            for group in row.get("conclusions", ()):
                for text in group["items"]:
                    conclusions.add_conclusion(
                        conference, text=text, heading=group["heading"], actor=self.author
                    )
            if "links" in row:
                self._link(conference)
            if "photo" in row:
                self._photo(conference)
        if "signed" in row:
            self._sign(conference, row["signed"])
        if "published" in row:
            conference = Conference.objects.select_related("unit", "period").get(pk=conference.pk)
            with clock.fixed(at(row["published"], 15)):
                _publish(conference, row["lead"], self.leader)

    def _entered(self) -> Conference:
        row = self.row
        period = period_for(row["period"]["kind"], row["period"]["year"]) if "period" in row else None
        values = {
            name: row[name].strip() if isinstance(row[name], str) else row[name]
            for name in WORDS
            if name in row
        }
        values |= {
            "period": period,
            "year": period.year if period else self.day.year,
            "held_on": self.day,
            "starts_at": time.fromisoformat(row["starts_at"]),
            "state": ConferenceState.PLANNED if self.is_planned else ConferenceState.HELD,
        }
        return save_conference(Conference(unit=self.cast.unit(row["unit"])), values, actor=self.author)

    def _add(self, conference: Conference, person: dict) -> None:
        """As an official where the demo has him in office that day, else by hand."""
        known = self.people[person["who"]]
        official = (
            Official.objects.present().filter(name=known["name"], illustrative=True).order_by("pk").first()
        )
        in_office = official and posts_on([official], conference.day)
        add_person(
            conference,
            official=official,
            name=known["name"],
            posts="" if in_office else known["posts"],
            rank=None if in_office else known["rank"],
            duties=person["duties"],
            actor=self.author,
        )

    def _raise(self, conference: Conference, item: dict, topics: dict, raised: dict) -> Difficulty:
        return difficulties.save_difficulty(
            Difficulty(conference=conference, unit=conference.unit),
            text=item["text"],
            raised_by=item["raised_by"],
            topics=[topics[name] for name in item["topics"]],
            continues=raised.get(item.get("continues", "")),
            actor=self.author,
        )

    def _link(self, conference: Conference) -> None:
        """To the unit's report of the same period."""
        reports = [
            target
            for target in conference_links.targets(conference)
            if target.kind == conference_links.REPORT and conference.period.label in target.words
        ]
        if reports:
            conference_links.link(conference, reports[0].code, actor=self.author)

    def _photo(self, conference: Conference) -> None:
        words = {
            "caption": "Quang cảnh hội nghị. Ảnh minh hoạ.",
            "alt": "Hình vẽ hội trường: phông đỏ, bục phát biểu và các hàng ghế đại biểu.",
            "credit": "hình vẽ minh hoạ",
            "consent": True,
            "consent_note": "Hình vẽ, không có người thật.",
        }
        conference_files.add_photo(conference, _picture(), words, actor=self.author)

    def _sign(self, conference: Conference, signed: dict) -> None:
        notice = conclusions.notice_of(conference)
        with clock.fixed(at(signed["on"], 10)):
            conclusions.sign(
                notice,
                number=signed["number"],
                signed_on=signed["on"],
                signer_name=signed["name"],
                signer_post=signed["post"],
                revision=notice.revision,
                actor=self.leader,
            )


def _settle(cast: Cast, key: str, difficulty: Difficulty, settled: dict) -> None:
    with clock.fixed(at(settled["on"], 11)):
        difficulties.settle(difficulty, on=settled["on"], note=settled["note"], actor=cast.author(key))


def _picture() -> SimpleUploadedFile:
    """A drawn hall: nobody real is in it."""
    picture = Image.new("RGB", (1200, 800), WALL)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 60, 1080, 380), fill=CURTAIN)
    draw.rectangle((0, 380, 1200, 450), fill=STAGE)
    draw.rectangle((560, 300, 640, 400), fill=STAGE)
    for line in range(4):
        for seat in range(12):
            x, y = 60 + seat * 96 + (line % 2) * 40, 520 + line * 80
            draw.ellipse((x, y - 40, x + 44, y + 4), fill=HEADS)
            draw.rectangle((x - 12, y, x + 56, y + 60), fill=HEADS)
    data = BytesIO()
    picture.save(data, "JPEG", quality=85)
    return SimpleUploadedFile("hoi-nghi.jpg", data.getvalue(), content_type="image/jpeg")
