"""What hangs on the day of a conference: its people's posts, its difficulties, its conclusions (domain.md §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_dv.domain.posts_of_day import PostsOfDay, posts_on, rank_at
from models_dv.enums import NoticeState
from models_dv.errors import MissingInput
from models_dv.models import ConclusionNotice, Conference, ConferencePerson, Difficulty
from models_dv.vietnamese.dates import format_date

SIGNED_BEFORE = (
    "Kết luận của hội nghị đã ký ngày {day}, trước ngày này. Kiểm tra ngày tổ chức, hoặc mở lại kết luận để "
    "sửa ngày ký"
)
SETTLED_BEFORE = (
    "Vướng mắc “{text}” đã ghi giải quyết ngày {day}, trước ngày này. Kiểm tra ngày tổ chức, hoặc theo dõi lại "
    "vướng mắc đó"
)
OUT_OF_ORDER = (
    "Vướng mắc “{text}” nối với lần nêu ngày {day}, ngày tổ chức này làm đảo thứ tự. Kiểm tra ngày tổ chức, "
    "hoặc sửa lần nêu trước"
)


@dataclass(frozen=True)
class NewPosts:
    """Somebody whose posts were looked up anew for the new day: those before, and those now (one a line)."""

    person: ConferencePerson
    before: str
    now: str


def require_day_that_fits(conference: Conference) -> None:
    """MissingInput for a day after the conclusions were signed, or that turns the story of a difficulty round."""
    day = conference.held_on
    if day is None:
        return
    notices = ConclusionNotice.objects.filter(conference=conference, state=NoticeState.SIGNED)
    signed = notices.filter(signed_on__lt=day).first()
    if signed:
        raise MissingInput(SIGNED_BEFORE.format(day=format_date(signed.signed_on)), "held_on")
    for row in conference.difficulties.select_related("continues").prefetch_related("continued_by"):
        if row.settled_on and row.settled_on < day:
            words = SETTLED_BEFORE.format(text=row.text[:80], day=format_date(row.settled_on))
            raise MissingInput(words, "held_on")
        wrong = [row.continues.raised_on] if _is_after(row.continues, day) else []
        wrong += [later.raised_on for later in row.continued_by.all() if _is_before(later, day)]
        if wrong:
            raise MissingInput(OUT_OF_ORDER.format(text=row.text[:80], day=format_date(wrong[0])), "held_on")


def _is_after(difficulty: Difficulty | None, day: date) -> bool:
    return bool(difficulty and difficulty.raised_on and difficulty.raised_on > day)


def _is_before(difficulty: Difficulty, day: date) -> bool:
    return bool(difficulty.raised_on and difficulty.raised_on < day)


def follow_day(conference: Conference, before: date) -> list[NewPosts]:
    """After ``Conference.day`` moved from ``before``: difficulties take the day, people the posts of the new one.

    What a person typed over the posts of the old day stays.
    """
    conference.difficulties.update(raised_on=conference.held_on)
    people = list(conference.people.filter(official__isnull=False).select_related("official"))
    old, new = (_posts(conference, people, day) for day in (before, conference.day))
    renewed = []
    for person in people:
        was, now = (posts.get(person.official_id, PostsOfDay()) for posts in (old, new))
        if person.posts != was.text or now.text == was.text:
            continue
        renewed.append(NewPosts(person, person.posts, now.text))
        if person.rank == rank_at(conference, was, before):
            person.rank = rank_at(conference, now)
        person.posts = now.text
        if person.order == was.order:
            person.order = now.order
        person.save()
    return renewed


def words_of(renewed: Iterable[NewPosts]) -> tuple[dict, dict]:
    """Both sides for the audit row: {“chức vụ khi đó: Đỗ Thị Mẫu”: posts}."""
    rows = [(f"chức vụ khi đó: {one.person.name}", one) for one in renewed]
    return {name: one.before for name, one in rows}, {name: one.now for name, one in rows}


def told_otherwise(conference: Conference, people: Iterable[ConferencePerson]) -> dict[int, str]:
    """{person's id: the register's posts of the day} of the officials in whose row other posts stand."""
    known = [person for person in people if person.official_id]
    held = _posts(conference, known, conference.day)
    found = ((person, held.get(person.official_id, PostsOfDay())) for person in known)
    return {person.pk: "; ".join(posts.lines) for person, posts in found if not posts.says(person.post_lines)}


def _posts(conference: Conference, people: list[ConferencePerson], day: date) -> dict[int, PostsOfDay]:
    return posts_on([one.official for one in people], day, seen_from=conference.unit_id) if people else {}
