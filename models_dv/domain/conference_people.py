"""Who was at a conference, with the posts held that day and what each did there (domain.md §6, §7)."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from models_dv.domain.audit import record
from models_dv.domain.changes import difference, exchanged, locked_as_seen
from models_dv.domain.conferences import require_keeper
from models_dv.domain.posts_of_day import PostsOfDay, posts_on, rank_at
from models_dv.domain.search import Query, word_beginnings
from models_dv.enums import Duty, PostRank
from models_dv.errors import ExpectedError, MissingInput
from models_dv.models import Appointment, Conference, ConferencePerson, Official

TWICE = "{name} đã có trong danh sách người dự. Thêm vai trò vào dòng đã có."
_DUTY_ORDER = {duty.value: place for place, duty in enumerate(Duty)}


def in_order(duties: Iterable[str]) -> list[str]:
    """Codes of Duty, each once, in the order in which pages name them; “Dự” where none is given."""
    known = sorted({duty for duty in duties if duty in _DUTY_ORDER}, key=_DUTY_ORDER.get)
    return known or [Duty.ATTEND.value]


@transaction.atomic
def add_person(
    conference: Conference,
    *,
    actor,
    duties: Iterable[str],
    official: Official | None = None,
    name: str = "",
    posts: str = "",
    rank: int | None = None,
) -> ConferencePerson:
    """Somebody more at the conference.

    An ``official`` brings his name and, where ``posts`` says nothing else, all posts in force that day with
    the rank of the highest (see ``rank_at``). Without one ``name`` is needed. ExpectedError for somebody who
    is there already.
    """
    require_keeper(conference, actor)
    of_day = PostsOfDay()
    if official:
        found = posts_on([official], conference.day, seen_from=conference.unit_id)
        of_day = found.get(official.pk, of_day)
    name = official.name if official else name
    if not name:
        raise MissingInput("Chưa nhập họ và tên", "name")
    person = ConferencePerson(
        conference=conference,
        official=official,
        name=name,
        posts=posts or of_day.text,
        duties=in_order(duties),
        rank=rank_at(conference, of_day) if rank is None else rank,
        order=of_day.order,
    )
    _require_once(person)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise ExpectedError(TWICE.format(name=name)) from error
    record(
        actor=actor, action="Thêm người dự hội nghị", obj=conference, after={"người dự": person_label(person)}
    )
    return person


@transaction.atomic
def add_officials(
    conference: Conference, duties: dict[Official, Iterable[str]], *, actor
) -> list[ConferencePerson]:
    """Several officials at once, each with his duties and the posts of that day; who is there already is left."""
    present = set(conference.people.values_list("official_id", flat=True))
    return [
        add_person(conference, official=official, duties=codes, actor=actor)
        for official, codes in duties.items()
        if official.pk not in present
    ]


def _require_once(person: ConferencePerson) -> None:
    """The same official, or the same name with the same posts, stands in the list once."""
    others = person.conference.people.exclude(pk=person.pk)
    if person.official_id:
        twice = others.filter(official=person.official_id).exists()
    else:
        twice = others.filter(official=None, name=person.name, posts=person.posts).exists()
    if twice:
        raise ExpectedError(TWICE.format(name=person.name))


@transaction.atomic
def change_person(
    person: ConferencePerson, *, seen: str, name: str, posts: str, duties: Iterable[str], rank: int, actor
) -> ConferencePerson:
    """Mend a person who still is as ``seen``; an official keeps his name."""
    require_keeper(person.conference, actor)
    stored = locked_as_seen(person, seen)
    before = _words(stored)
    if stored.official_id is None:
        stored.name = name
    stored.posts, stored.duties, stored.rank = posts, in_order(duties), rank
    _require_once(stored)
    stored.save()
    old, new = difference(before, _words(stored))
    if new:
        action = f"Sửa người dự hội nghị: {stored.name}"
        record(actor=actor, action=action, obj=stored.conference, before=old, after=new)
    return stored


@transaction.atomic
def remove_person(person: ConferencePerson, *, actor) -> None:
    """Take somebody off the list."""
    require_keeper(person.conference, actor)
    record(
        actor=actor,
        action="Gỡ người dự hội nghị",
        obj=person.conference,
        before={"người dự": person_label(person)},
    )
    person.delete()


@transaction.atomic
def move_person(person: ConferencePerson, *, up: bool, actor) -> None:
    """Change places with the neighbour of the same rank; at the end of the rank nothing happens."""
    require_keeper(person.conference, actor)
    rows = list(person.conference.people.select_for_update().filter(rank=person.rank))
    if not exchanged(rows, person, up=up):
        return
    ConferencePerson.objects.bulk_update(rows, ["order"])
    record(
        actor=actor,
        action="Xếp lại người dự hội nghị",
        obj=person.conference,
        after={PostRank(person.rank).label: [row.name for row in rows]},
    )


def person_label(person: ConferencePerson) -> str:
    """“Nguyễn Văn A – Bí thư; Chủ tịch HĐND (Chủ trì, Kết luận)”."""
    posts = "; ".join(person.post_lines)
    duties = ", ".join(Duty(code).label for code in person.duties)
    return f"{person.name}{f' – {posts}' if posts else ''} ({duties})"


def _words(person: ConferencePerson) -> dict:
    return {
        "họ và tên": person.name,
        "chức vụ khi đó": person.posts,
        "vai trò": [Duty(code).label for code in person.duties],
        "bậc": PostRank(person.rank).label,
    }


def officials_to_choose(conference: Conference, query: Query, most: int = 60) -> list[Official]:
    """Officials not yet on the list: by name where words are given, else those of the unit; highest first.

    Those of the unit too whom a source named before the day: a person looks whether they were in office still.

    A made-up unit is offered made-up officials only.
    """
    rows = Official.objects.present().filter(illustrative=conference.unit.illustrative)
    rows = rows.exclude(pk__in=conference.people.filter(official__isnull=False).values("official"))
    if query:
        return list(rows.filter(word_beginnings("name_folded", query))[:most])
    of_unit = Appointment.objects.not_ended(conference.day).filter(unit=conference.unit_id)
    highest = of_unit.filter(official=OuterRef("pk")).order_by("rank", "order")
    rows = rows.filter(pk__in=of_unit.values("official")).annotate(
        highest=Subquery(highest.values("rank")[:1]), place=Subquery(highest.values("order")[:1])
    )
    return list(rows.order_by("highest", "place", "name_sort", "pk")[:most])
