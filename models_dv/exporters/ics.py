"""A conference as a calendar file (RFC 5545): one event, in Việt Nam's time, whole-day where no hour is known."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models_dv import clock
from models_dv.domain.conference_content import event_uid
from models_dv.enums import ConferenceForm, ConferenceState
from models_dv.models import Conference

LINE_BYTES = 75
TZID = "Asia/Ho_Chi_Minh"
#: Việt Nam has had one offset since 1975 and no summer time.
TIMEZONE = (
    "BEGIN:VTIMEZONE",
    f"TZID:{TZID}",
    "BEGIN:STANDARD",
    "DTSTART:19750613T000000",
    "TZOFFSETFROM:+0700",
    "TZOFFSETTO:+0700",
    "TZNAME:+07",
    "END:STANDARD",
    "END:VTIMEZONE",
)
#: How a calendar names the states.
STATUS = {
    ConferenceState.PLANNED: "TENTATIVE",
    ConferenceState.HELD: "CONFIRMED",
    ConferenceState.CANCELLED: "CANCELLED",
}
#: How long it takes is not recorded: a calendar keeps some time free, and says that nobody knows.
DURATION = "DURATION:PT2H"
NO_END = "Giờ kết thúc chưa ghi, lịch tạm giữ 2 giờ."
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """What a calendar is told. ``uid`` stays when the event changes, ``sequence`` counts its changes."""

    uid: str
    title: str
    day: date
    starts_at: time | None = None
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    status: str = "CONFIRMED"
    stamp: datetime | None = None


def event_of(conference: Conference, *, url: str = "") -> Event | None:
    """The event of a conference; None while its day is not known."""
    if conference.held_on is None:
        return None
    form = ConferenceForm(conference.form).label if conference.form else ""
    version = conference.unit.version_on(conference.day)
    organiser = conference.organiser or version.issuer_full_name
    return Event(
        uid=event_uid(conference),
        title=conference.title,
        day=conference.held_on,
        starts_at=conference.starts_at,
        place=conference.place,
        description="\n".join(line for line in (organiser, form) if line),
        url=url,
        sequence=conference.revision,
        status=STATUS[ConferenceState(conference.state)],
    )


def calendar(event: Event) -> bytes:
    """The file: CRLF, lines folded at 75 bytes, never inside a letter."""
    timed = event.starts_at is not None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//danvan//hoi nghi//VI", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", *(TIMEZONE if timed else ()), "BEGIN:VEVENT", f"UID:{event.uid}"]
    stamp = (event.stamp or clock.now()).astimezone(UTC)
    lines += [f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}", f"SEQUENCE:{event.sequence}"]
    if timed:
        start = datetime.combine(event.day, event.starts_at)
        lines += [f"DTSTART;TZID={TZID}:{start:%Y%m%dT%H%M%S}", DURATION]
    else:
        next_day = event.day + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}", f"DTEND;VALUE=DATE:{next_day:%Y%m%d}"]
    lines.append(f"SUMMARY:{_text(event.title)}")
    description = "\n".join(filter(None, (event.description, NO_END if timed else "")))
    for name, text in (("LOCATION", event.place), ("DESCRIPTION", description)):
        if text:
            lines.append(f"{name}:{_text(text)}")
    if event.url:
        lines.append(f"URL:{event.url}")
    lines += [f"STATUS:{event.status}", "END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, each further one after a blank."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece += letter
        size += width
    return "\r\n".join([*pieces, piece])
