"""Difficulties (khó khăn, vướng mắc) raised at conferences, followed until they are settled (domain.md §7).

A difficulty that ``continues`` an earlier one belongs to a line; ``first`` names the line's first member, so
a whole line is found at once. A line is settled at its last member, and what came before is settled with it.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Aggregate, CharField, Count, DateField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, filled, locked_as_seen, snapshot
from models_dv.domain.conferences import require_keeper
from models_dv.enums import DifficultyState
from models_dv.errors import ExpectedError, MissingInput
from models_dv.models import Conference, Difficulty, DifficultyTopic, UnitPath
from models_dv.permissions import may_look_after, require
from models_dv.scopes import lines_of, path_range, paths_of

#: How many earlier difficulties a form offers.
OFFERED = 200
RAISED_AGAIN = "Vướng mắc này đã được nêu tiếp ở một hội nghị sau. Ghi cách giải quyết ở lần nêu gần nhất."


def earlier_ones(conference: Conference, but: Difficulty | None = None):
    """Difficulties that one of this conference may continue, newest first.

    Of an earlier conference of the unit, of one that all went on in it, or of a unit below it that day; not
    yet continued by another.
    """
    own = Q(unit__in=lines_of([conference.unit_id]))
    rows = Difficulty.objects.filter(own | Q(unit__in=_units_below(conference)))
    taken = Difficulty.objects.filter(continues__isnull=False)
    if but is not None and but.pk:
        rows, taken = rows.exclude(pk=but.pk), taken.exclude(pk=but.pk)
    rows = rows.exclude(conference=conference).alias(time=time_raised()).filter(time__lte=conference.day)
    return rows.exclude(pk__in=taken.values("continues_id")).order_by("-time", "-pk")


def time_raised() -> Coalesce:
    """Where a difficulty stands among others: ``raised_on``, else as ``Conference.day`` says. Never shown."""
    end_of_year = Concat(Cast("conference__year", CharField()), Value("-12-31"))
    return Coalesce("raised_on", "conference__period__window_to", Cast(end_of_year, DateField()))


def _units_below(conference: Conference):
    paths = paths_of([conference.unit_id], conference.day) or paths_of([conference.unit_id], clock.today())
    if not paths:
        return UnitPath.objects.none().values("unit_id")
    return UnitPath.objects.filter(path_range(paths[0])).values("unit_id")


@transaction.atomic
def save_difficulty(
    difficulty: Difficulty,
    *,
    text: str,
    raised_by: str,
    topics: Iterable[DifficultyTopic],
    actor,
    continues: Difficulty | None = None,
    seen: str = "",
) -> Difficulty:
    """Write a difficulty of ``difficulty.conference``, new or still as ``seen``.

    ``continues`` must be among ``earlier_ones``. The day is the conference's, empty where that is unknown.
    """
    conference = difficulty.conference
    require_keeper(conference, actor)
    if not text:
        raise MissingInput("Chưa nhập khó khăn, vướng mắc", "text")
    is_new = difficulty.pk is None
    stored = difficulty if is_new else locked_as_seen(difficulty, seen)
    before = {} if is_new else _words(stored)
    if (
        continues is not None
        and continues.pk != stored.continues_id
        and not (earlier_ones(conference, but=stored).filter(pk=continues.pk).exists())
    ):
        raise MissingInput(
            "Vướng mắc này không nối tiếp được: chọn một vướng mắc nêu ở hội nghị trước", "continues"
        )
    stored.unit, stored.text, stored.raised_by = conference.unit, text, raised_by
    stored.raised_on = conference.held_on
    stored.continues = continues
    stored.first_id = continues and (continues.first_id or continues.pk)
    stored.save()
    stored.topics.set(topics)
    lay_out_line(stored)
    old, new = difference(before, _words(stored)) if before else ({}, filled(_words(stored)))
    if new:
        action = "Thêm khó khăn, vướng mắc" if is_new else "Sửa khó khăn, vướng mắc"
        record(actor=actor, action=action, obj=conference, before=old, after=new)
    return stored


def lay_out_line(difficulty: Difficulty) -> None:
    """Give all that come after ``difficulty`` the first of its line."""
    first_id = difficulty.first_id or difficulty.pk
    last, seen = [difficulty.pk], {difficulty.pk}
    while last:
        later = Difficulty.objects.filter(continues__in=last).exclude(pk__in=seen)
        last = list(later.values_list("pk", flat=True))
        seen.update(last)
        Difficulty.objects.filter(pk__in=last).update(first=first_id)


@transaction.atomic
def remove_difficulty(difficulty: Difficulty, *, actor) -> None:
    """Take a difficulty out; what continued it then continues what it continued itself."""
    require_keeper(difficulty.conference, actor)
    record(
        actor=actor,
        action="Gỡ khó khăn, vướng mắc",
        obj=difficulty.conference,
        before=filled(_words(difficulty)),
    )
    earlier = difficulty.continues
    followers = list(difficulty.continued_by.select_for_update())
    Difficulty.objects.filter(first=difficulty).update(first=None)
    difficulty.delete()
    for follower in followers:
        follower.continues = earlier
        follower.first_id = earlier and (earlier.first_id or earlier.pk)
        follower.save(update_fields=["continues", "first"])
        lay_out_line(follower)


# --- listing -----------------------------------------------------------------------------------------


class _Joined(Aggregate):
    """Texts of the rows, side by side."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


def topic_names() -> Subquery:
    """The topics of a difficulty as one text, so that a list asks once."""
    topics = DifficultyTopic.objects.filter(difficulties=OuterRef("pk")).order_by().values("difficulties")
    return Subquery(topics.annotate(names=_Joined("name")).values("names"))


def times_raised() -> Coalesce:
    """How many difficulties stand in the line of a row, itself among them."""
    line = Difficulty.objects.filter(first=Coalesce(OuterRef("first"), OuterRef("pk"))).order_by()
    return Coalesce(Subquery(line.values("first").annotate(count=Count("pk")).values("count")), 0) + 1


def newest_first(rows):
    """The register's order: those that are followed first, the newest before the others."""
    return rows.order_by("state", time_raised().desc(nulls_last=True), "-pk")


# --- following ---------------------------------------------------------------------------------------


def require_follower(difficulty: Difficulty, actor) -> None:
    """NotAllowed unless the actor keeps the unit's things or receives for a body above it."""
    require(may_look_after(actor, difficulty.unit_id), "theo dõi vướng mắc của đơn vị này")


@transaction.atomic
def settle(difficulty: Difficulty, *, on: date, note: str, actor) -> None:
    """Giải quyết xong: with the day and how; earlier ones of its line that are open are settled with it."""
    require_follower(difficulty, actor)
    if not note:
        raise MissingInput("Ghi cách giải quyết", "note")
    if on > clock.today():
        raise MissingInput("Ngày giải quyết còn ở phía trước. Ghi ngày đã giải quyết xong", "on")
    if difficulty.raised_on and on < difficulty.raised_on:
        raise MissingInput("Ngày giải quyết phải từ ngày nêu trở đi", "on")
    _require_last(difficulty)
    rows = [row for row in _upwards(difficulty) if row.state == DifficultyState.OPEN]
    if not rows:
        raise ExpectedError("Vướng mắc này đã giải quyết. Tải lại trang để xem cách giải quyết.")
    for row in rows:
        row.state, row.settled_on, row.settled_note = DifficultyState.SETTLED, on, note
        row.save()
        record(
            actor=actor,
            action="Giải quyết khó khăn, vướng mắc",
            obj=row,
            after={"ngày giải quyết": on.isoformat(), "cách giải quyết": note},
        )


@transaction.atomic
def follow_again(difficulty: Difficulty, *, actor, note: str) -> None:
    """Theo dõi lại: what was thought settled is open again, with the reason."""
    require_follower(difficulty, actor)
    if not note:
        raise MissingInput("Ghi lý do theo dõi lại", "note")
    _require_last(difficulty)
    stored = Difficulty.objects.select_for_update().get(pk=difficulty.pk)
    if stored.state == DifficultyState.OPEN:
        raise ExpectedError("Vướng mắc này đang được theo dõi.")
    before = {"ngày giải quyết": stored.settled_on.isoformat(), "cách giải quyết": stored.settled_note}
    stored.state, stored.settled_on, stored.settled_note = DifficultyState.OPEN, None, ""
    stored.save()
    record(actor=actor, action="Theo dõi lại khó khăn, vướng mắc", obj=stored, before=before, note=note)


def _require_last(difficulty: Difficulty) -> None:
    if difficulty.continued_by.exists():
        raise ExpectedError(RAISED_AGAIN)


def line_of(difficulty: Difficulty):
    """All of the line that ``difficulty`` stands in, oldest first."""
    return _line(difficulty).order_by(time_raised(), "pk")


def _line(difficulty: Difficulty):
    first = difficulty.first_id or difficulty.pk
    return Difficulty.objects.filter(Q(pk=first) | Q(first=first))


def _upwards(difficulty: Difficulty) -> list[Difficulty]:
    """The difficulty and those it continues, locked."""
    rows = {row.pk: row for row in _line(difficulty).select_for_update()}
    line, at = [], rows.get(difficulty.pk)
    while at is not None and at not in line:
        line.append(at)
        at = rows.get(at.continues_id)
    return line


def _words(difficulty: Difficulty) -> dict:
    return snapshot(difficulty, without=("state", "settled_on", "settled_note", "order")) | {
        "chủ đề": [topic.name for topic in difficulty.topics.all()] if difficulty.pk else []
    }
