"""What the public may read of a conference: what is offered, what was chosen, the content frozen from it.

The identity (title, kind, day, place, form, unit) is always public; people, difficulties, conclusions with
their tasks, awards, papers and photos are chosen one by one, agenda and summary as a whole, and nothing is
chosen by default.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from models_dv.enums import NoticeState, TaskState
from models_dv.errors import ExpectedError
from models_dv.models import Conference, ConferencePhoto, ConferencePublication, Task
from models_dv.vietnamese.personal_data import find_personal_data

AGENDA, SUMMARY = "agenda", "summary"
TEXT_PARTS = {AGENDA: "Chương trình", SUMMARY: "Nội dung chính"}
#: Parts whose rows are chosen one by one, in the order of the page.
ROW_PARTS = ("people", "difficulties", "conclusions", "tasks", "awards", "papers", "photos")
PHOTO_LACKS = "Ảnh còn thiếu: {names}. Bổ sung ở trang Ảnh rồi chọn."
UNSIGNED = "Kết luận chưa ký, ban hành nên chưa công bố được."


@dataclass(frozen=True)
class Choice:
    """What the public is to read besides the identity: codes of TEXT_PARTS and ids of rows."""

    lead: str = ""
    texts: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    difficulties: tuple[int, ...] = ()
    conclusions: tuple[int, ...] = ()
    tasks: tuple[int, ...] = ()
    awards: tuple[int, ...] = ()
    papers: tuple[int, ...] = ()
    photos: tuple[int, ...] = ()

    @classmethod
    def of(cls, publication: ConferencePublication | None) -> "Choice":
        """What was chosen last; nothing at first."""
        if publication is None:
            return cls()
        stored = publication.content.get("choice", {})
        rows = {part: tuple(stored.get(part, ())) for part in ROW_PARTS}
        return cls(lead=publication.lead, texts=tuple(stored.get("texts", ())), **rows)


@dataclass(frozen=True)
class Offer:
    """What may be chosen of a conference, in lists of rows; ``why_not`` says why a row may not be."""

    conference: Conference
    people: list
    difficulties: list
    conclusions: list
    tasks: list
    awards: list
    papers: list
    photos: list
    texts: dict[str, str] = field(default_factory=dict)
    why_not: dict[tuple[str, int], str] = field(default_factory=dict)

    def all_of(self) -> Choice:
        """A choice of everything that may be chosen (loaders, demo data)."""
        rows = {
            part: tuple(row.pk for row in getattr(self, part) if (part, row.pk) not in self.why_not)
            for part in ROW_PARTS
        }
        return Choice(texts=tuple(self.texts), **rows)


def offer(conference: Conference) -> Offer:
    """Everything of the conference that may be chosen; nine queries at most."""
    conclusions = list(conference.conclusions.all())
    notice = getattr(conference, "notice", None)
    photos = list(conference.photos.all())
    why_not = {("photos", photo.pk): reason for photo in photos if (reason := why_no_photo(photo))}
    if notice is not None and notice.state == NoticeState.DRAFT:
        why_not |= {("conclusions", row.pk): UNSIGNED for row in conclusions}
    texts = {AGENDA: conference.agenda, SUMMARY: conference.summary}
    return Offer(
        conference=conference,
        people=list(conference.people.all()),
        difficulties=list(conference.difficulties.prefetch_related("topics")),
        conclusions=conclusions,
        tasks=list(
            Task.objects.filter(conclusion__conference=conference)
            .prefetch_related("lead_unit__versions")
            .order_by("conclusion__order", "pk")
        ),
        awards=list(conference.awards.all()),
        papers=list(conference.papers.all()),
        photos=photos,
        texts={code: text for code, text in texts.items() if text},
        why_not=why_not,
    )


def why_no_photo(photo: ConferencePhoto) -> str:
    """Why a photo may not be put before the public; "" when it may."""
    names = ", ".join(photo.missing_for_publication)
    return PHOTO_LACKS.format(names=names) if names else ""


def content_of(offered: Offer, choice: Choice) -> dict:
    """The frozen content, JSON values only. ExpectedError for a row that may not be chosen."""
    conference = offered.conference
    chosen = {part: set(getattr(choice, part)) for part in ROW_PARTS}
    for (part, pk), reason in offered.why_not.items():
        if pk in chosen[part]:
            raise ExpectedError(reason)
    rows = {part: [row for row in getattr(offered, part) if row.pk in chosen[part]] for part in ROW_PARTS}
    return {
        **_identity(conference),
        "agenda": _lines(conference.agenda) if AGENDA in choice.texts else [],
        "summary": conference.summary if SUMMARY in choice.texts else "",
        "people": [
            {"name": row.name, "posts": row.post_lines, "duties": row.duties, "rank": row.rank}
            for row in rows["people"]
        ],
        "difficulties": [_difficulty(row) for row in rows["difficulties"]],
        "conclusions": [_conclusion(row, rows["tasks"]) for row in rows["conclusions"]],
        "notice": _notice(conference) if rows["conclusions"] else None,
        "awards": [_award(row) for row in rows["awards"]],
        "papers": [_paper(row) for row in rows["papers"]],
        "photos": [_photo(row) for row in rows["photos"]],
        "choice": {"texts": [code for code in TEXT_PARTS if code in choice.texts]}
        | {part: [row.pk for row in rows[part]] for part in ROW_PARTS},
    }


def _identity(conference: Conference) -> dict:
    version = conference.unit.version_on(conference.day)
    above = version.parent.version_on(conference.day) if version.parent else None
    return {
        "uid": event_uid(conference),
        "state": conference.state,
        "organiser": conference.organiser or version.issuer_full_name,
        "above": above.name if above else "",
        "period": conference.period.label if conference.period else "",
        "starts_at": f"{conference.starts_at:%H:%M}" if conference.starts_at else "",
        "form": conference.form,
        "online_points": conference.online_points,
        "place": conference.place,
    }


def event_uid(conference: Conference) -> str:
    """Names the conference in calendars, the same for every version of its page."""
    made = f"hoi-nghi:{conference.pk}:{conference.created_at.timestamp()}"
    return str(uuid.uuid5(uuid.NAMESPACE_OID, made))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _difficulty(row) -> dict:
    return {
        "text": row.text,
        "raised_by": row.raised_by,
        "topics": [topic.name for topic in row.topics.all()],
        "settled_on": row.settled_on.isoformat() if row.settled_on else "",
        "settled_note": row.settled_note,
    }


def _conclusion(row, tasks) -> dict:
    return {
        "heading": row.heading,
        "text": row.text,
        "tasks": [
            {
                "title": task.title,
                "lead": task.lead_unit.version_on(task.given_on).name,
                "lead_post": task.lead_post,
                "due_on": task.due_on.isoformat() if task.due_on else "",
                "done_on": task.ended_on.isoformat() if task.state == TaskState.DONE else "",
            }
            for task in tasks
            if task.conclusion_id == row.pk
        ],
    }


def _notice(conference: Conference) -> dict | None:
    notice = getattr(conference, "notice", None)
    if notice is None:
        return None
    return {
        "number": notice.number,
        "signed_on": notice.signed_on.isoformat(),
        "signer_name": notice.signer_name,
        "signer_post": notice.signer_post,
    }


def _award(row) -> dict:
    return {
        "kind": row.kind,
        "issuer": row.issuer,
        "subject": row.subject,
        "count": row.count,
        "recipients": _lines(row.recipients),
        "decision": row.decision,
    }


def _paper(row) -> dict:
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.paper_kind,
        "stage": row.stage,
        "number": row.number,
        "dated": row.dated.isoformat() if row.dated else "",
        "file": row.file,
        "name": row.original_name,
        "type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
    }


def _photo(row) -> dict:
    names = ("small", "large", "width", "height", "sha256", "caption", "alt", "credit")
    return {"id": row.pk} | {name: getattr(row, name) for name in names}


def cautions(content: dict, lead: str = "") -> list[str]:
    """What a person should look at before the public does: digits that may be personal data."""
    found = []
    for text in (lead, *texts_of(content)):
        for item in find_personal_data(text):
            found.append(f"“{item.found}” có thể là {item.kind}. Kiểm tra trước khi công bố")
    return list(dict.fromkeys(found))


def texts_of(content: dict) -> Iterable[str]:
    """Every text a person wrote that stands in the content."""
    yield from content["agenda"]
    yield content["summary"]
    yield content["place"]
    yield content["organiser"]
    for person in content["people"]:
        yield person["name"]
        yield from person["posts"]
    for row in content["difficulties"]:
        yield from (row["text"], row["raised_by"], row["settled_note"])
    for row in content["conclusions"]:
        yield from (row["heading"], row["text"])
        for task in row["tasks"]:
            yield from (task["title"], task["lead"], task["lead_post"])
    for row in content["awards"]:
        yield from (row["issuer"], row["decision"], *row["recipients"])
    for row in content["papers"]:
        yield from (row["title"], row["number"])
    for row in content["photos"]:
        yield from (row["caption"], row["credit"], row["alt"])


def counts(content: dict) -> dict:
    """How much of each part is public, for the audit row and for the question before publishing."""
    choice = content["choice"]
    return {part: len(choice[part]) for part in ("texts", *ROW_PARTS)}
