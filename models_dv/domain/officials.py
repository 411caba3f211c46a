"""Officials (cán bộ) and their dated posts (chức vụ): entering, appointing, ending; who held what on a day (§6).

Who may: a post is entered, mended and ended by the author or approver of its unit. The person himself (name,
work contact) is mended by who keeps a unit in which he holds or held a post; where he has none, a unit at
whose conference he was. Every change of a person or of a post moves ``Official.revision`` on.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, filled, label_of, snapshot
from models_dv.domain.unit_beginnings import require_begun
from models_dv.enums import PostRank
from models_dv.errors import ExpectedError, MissingInput, StaleObject
from models_dv.models import Appointment, ConferencePerson, Official, SigningDelegation, Unit
from models_dv.permissions import may_keep, require
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold

THIS_OFFICIAL = "Hồ sơ cán bộ này"
MERGED = "Hồ sơ này đã gộp vào hồ sơ khác. Sửa ở hồ sơ được giữ lại."
UNIT_ENDED = "Đơn vị kết thúc ngày {day}. Chọn đơn vị khác hoặc ghi ngày trước đó."


@dataclass(frozen=True)
class Post:
    """A post to be entered. ``from_on``, or where the beginning is unknown ``attested_on``."""

    unit: Unit
    organ: str
    post: str
    rank: int = PostRank.OTHER
    order: int = 100
    from_on: date | None = None
    attested_on: date | None = None
    to_on: date | None = None
    decision: str = ""


# --- who may -----------------------------------------------------------------------------------------


def keeping_unit_ids(official: Official) -> set[int]:
    """Units whose author or approver mends the person: of his posts, else of the conferences he was at."""
    units = set(Appointment.objects.filter(official=official).values_list("unit", flat=True))
    if units:
        return units
    attended = ConferencePerson.objects.filter(official=official)
    return set(attended.values_list("conference__unit", flat=True))


def may_mend(user, official: Official) -> bool:
    """Whether the user mends name and work contact, and merges the record with another."""
    return any(may_keep(user, unit_id) for unit_id in keeping_unit_ids(official))


# --- entering ----------------------------------------------------------------------------------------


@transaction.atomic
def add_official(
    *, name: str, posts: Iterable[Post], actor, work_phone: str = "", work_email: str = "", illustrative=False
) -> Official:
    """A new person with his first posts; at least one, or nobody could mend the record."""
    posts = list(posts)
    if not name.strip():
        raise MissingInput("Chưa nhập họ và tên", "name")
    if not posts:
        raise MissingInput("Chưa nhập chức vụ", "post")
    for post in posts:
        _check_post(post, actor)
    official = Official.objects.create(
        name=name, work_phone=work_phone, work_email=work_email, illustrative=illustrative
    )
    made = [_make(official, post) for post in posts]
    after = filled(snapshot(official)) | {"chức vụ": [words_of(appointment) for appointment in made]}
    record(actor=actor, action="Thêm cán bộ", obj=official, after=after)
    return official


@transaction.atomic
def edit_official(
    official: Official, *, name: str, work_phone: str, work_email: str, revision: int, actor
) -> Official:
    """Mend name and work contact."""
    require(may_mend(actor, official), "sửa hồ sơ cán bộ này")
    if not name.strip():
        raise MissingInput("Chưa nhập họ và tên", "name")
    before = snapshot(official)
    take_revision(official, revision)
    official.name, official.work_phone, official.work_email = name, work_phone, work_email
    official.save()
    old, new = difference(before, snapshot(official))
    if new:
        record(actor=actor, action="Sửa cán bộ", obj=official, before=old, after=new)
    return official


def take_revision(official: Official, revision: int) -> None:
    """Compare and set: the record stands as the actor saw it, and was not merged away meanwhile."""
    seen = Official.objects.filter(pk=official.pk, revision=revision, merged_into__isnull=True)
    if seen.update(revision=F("revision") + 1) != 1:
        if Official.objects.filter(pk=official.pk, merged_into__isnull=False).exists():
            raise ExpectedError(MERGED)
        raise StaleObject(THIS_OFFICIAL)
    official.revision = revision + 1


def same_name(name: str, *, without: Official | None = None) -> list[Official]:
    """Persons of the same name, accents aside: perhaps the same one, perhaps not. With their posts."""
    rows = Official.objects.present().filter(name_folded=fold(name)).prefetch_related("appointments")
    return list(rows.exclude(pk=without.pk) if without else rows)


# --- posts -------------------------------------------------------------------------------------------


@transaction.atomic
def appoint(official: Official, posts: Iterable[Post], *, revision: int, actor) -> list[Appointment]:
    """Several posts at once, as one decision often gives them."""
    posts = list(posts)
    if not posts:
        raise MissingInput("Chưa nhập chức vụ", "post")
    for post in posts:
        _check_post(post, actor)
        _refuse_twice(official, post)
    take_revision(official, revision)
    made = [_make(official, post) for post in posts]
    words = [words_of(appointment) for appointment in made]
    record(actor=actor, action="Thêm chức vụ", obj=official, after={"chức vụ": words})
    return made


@transaction.atomic
def edit_appointment(appointment: Appointment, post: Post, *, revision: int, actor) -> Appointment:
    """Mend what was entered wrongly; the unit stays, and so does the end (see ``end_appointment``)."""
    official = appointment.official
    require(may_keep(actor, appointment.unit_id), "sửa chức vụ trong đơn vị này")
    _check_days(post)
    if (post.from_on or post.attested_on) != (appointment.from_on or appointment.attested_on):
        _require_begun(post)
    before = snapshot(appointment)
    take_revision(official, revision)
    for name in ("organ", "post", "rank", "order", "from_on", "attested_on", "to_on", "decision"):
        setattr(appointment, name, getattr(post, name))
    if appointment.to_on is None:
        appointment.end_reason = ""
    appointment.save()
    old, new = difference(before, snapshot(appointment))
    if new:
        record(actor=actor, action="Sửa chức vụ", obj=official, before=old, after=new)
    return appointment


@transaction.atomic
def end_appointment(
    appointment: Appointment, *, to_on: date, reason: str, revision: int, actor
) -> Appointment:
    """Thôi giữ chức vụ: from ``to_on`` on the post is no longer held."""
    official = appointment.official
    require(may_keep(actor, appointment.unit_id), "ghi thôi giữ chức vụ trong đơn vị này")
    if appointment.to_on:
        raise ExpectedError(f"Chức vụ này đã ghi thôi giữ từ ngày {format_date(appointment.to_on)}.")
    begun = max(filter(None, (appointment.from_on, appointment.attested_on)))
    if to_on <= begun:
        raise MissingInput(f"Ngày thôi giữ chức vụ phải sau ngày {format_date(begun)}.", "to_on")
    take_revision(official, revision)
    appointment.to_on, appointment.end_reason = to_on, reason
    appointment.save()
    record(
        actor=actor,
        action="Thôi giữ chức vụ",
        obj=official,
        before={"chức vụ": words_of(appointment)},
        after={"thôi giữ từ ngày": to_on.isoformat()},
        note=reason,
    )
    return appointment


def _make(official: Official, post: Post) -> Appointment:
    return Appointment.objects.create(
        official=official, **{name: getattr(post, name) for name in Post.__dataclass_fields__}
    )


def _check_post(post: Post, actor) -> None:
    require(may_keep(actor, post.unit.pk), "ghi chức vụ trong đơn vị này")
    check_post(post)


def check_post(post: Post) -> None:
    """What must hold of a new post, whoever enters it; MissingInput says what does not."""
    _check_days(post)
    ended = post.unit.ended_on
    if ended and (post.from_on or post.attested_on) >= ended:
        raise MissingInput(UNIT_ENDED.format(day=format_date(ended)), "unit")
    _require_begun(post)


def _require_begun(post: Post) -> None:
    """MissingInput where the unit came out of others only after the day."""
    require_begun(post.unit, post.from_on or post.attested_on, "from_on" if post.from_on else "attested_on")


def _check_days(post: Post) -> None:
    if not post.post.strip():
        raise MissingInput("Chưa nhập chức vụ", "post")
    begun = post.from_on or post.attested_on
    if begun is None:
        raise MissingInput("Ghi ngày bắt đầu giữ chức vụ, hoặc ngày có nguồn ghi nhận.", "from_on")
    if post.attested_on and post.attested_on > clock.today():
        raise MissingInput("Ngày ghi nhận không sau hôm nay.", "attested_on")
    if post.to_on and post.to_on <= max(filter(None, (post.from_on, post.attested_on))):
        raise MissingInput("Ngày thôi giữ chức vụ phải sau ngày bắt đầu hoặc ngày ghi nhận.", "to_on")


def _refuse_twice(official: Official, post: Post) -> None:
    """The same post while it is held is a button pressed twice, or the same person entered again."""
    held = Appointment.objects.filter(
        official=official, unit=post.unit, organ=post.organ, post_folded=fold(post.post), to_on__isnull=True
    ).first()
    if held:
        since = f"từ ngày {format_date(held.from_on)}" if held.from_on else "không rõ từ ngày nào"
        raise MissingInput(f"{official} đang giữ chức vụ “{held.post}”, {since}.", "post")


# --- a body that ends --------------------------------------------------------------------------------


@dataclass(frozen=True)
class EndedPosts:
    """What ended with a body; ``left`` begin on that day or later, and a person must look at them."""

    ended: tuple[Appointment, ...]
    left: tuple[Appointment, ...]


@transaction.atomic
def end_appointments_of_body(unit: Unit, on: date, reason: str, *, actor) -> EndedPosts:
    """A dissolved body has no posts: everything held in it on the day ends there, delegations too.

    Asks no right of its own: who may dissolve a unit is decided where that is done.
    """
    open_on = Q(to_on__isnull=True) | Q(to_on__gt=on)
    rows = Appointment.objects.filter(open_on, unit=unit).select_related("official").order_by("pk")
    left = tuple(row for row in rows if (row.from_on or row.attested_on) >= on)
    ended = tuple(row for row in rows if row not in left)
    for appointment in ended:
        before = {"chức vụ": words_of(appointment)}
        appointment.to_on, appointment.end_reason = on, reason[:200]
        appointment.save()
        Official.objects.filter(pk=appointment.official_id).update(revision=F("revision") + 1)
        after = {"thôi giữ từ ngày": on.isoformat()}
        record(
            actor=actor,
            action="Thôi giữ chức vụ",
            obj=appointment.official,
            before=before,
            after=after,
            note=reason,
        )
    running = SigningDelegation.objects.filter(unit=unit, to_on__gte=on)
    for delegation in running.filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)).order_by("pk"):
        delegation.revoked_on = on
        delegation.save(update_fields=["revoked_on"])
        after = {"thôi uỷ quyền từ ngày": on.isoformat()}
        record(actor=actor, action="Thôi uỷ quyền ký", obj=delegation, after=after, note=reason)
    return EndedPosts(ended, left)


# --- who held what on a day --------------------------------------------------------------------------


@dataclass(frozen=True)
class Holder:
    """A person of a unit with the posts that he holds there on a day, the highest first."""

    official: Official
    posts: tuple[Appointment, ...]

    @property
    def rank(self) -> int:
        """The highest rank."""
        return self.posts[0].rank


def posts_on(official: Official, day: date) -> list[Appointment]:
    """The posts of one person in force on a day, in whatever unit, the highest first."""
    return list(Appointment.objects.in_force(day).filter(official=official).by_rank().select_related("unit"))


def officials_of(unit: Unit, day: date) -> list[Holder]:
    """Who holds a post in the unit on a day: by rank, then the assigned order, then the given name. One query."""
    held: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.in_force(day).filter(unit=unit, official__merged_into__isnull=True)
    for appointment in rows.by_rank().select_related("official"):
        held[appointment.official_id].append(appointment)
    return [Holder(posts[0].official, tuple(posts)) for posts in held.values()]


def words_of(appointment: Appointment) -> str:
    """“Bí thư, Đảng uỷ xã Phú Lâm (xa-1), từ 01/7/2025” for the record of changes."""
    parts = [appointment.post, label_of(appointment.unit)]
    if appointment.from_on:
        parts.append(f"từ {format_date(appointment.from_on)}")
    elif appointment.attested_on:
        parts.append(f"ghi nhận {format_date(appointment.attested_on)}")
    if appointment.to_on:
        parts.append(f"đến {format_date(appointment.to_on)}")
    if appointment.decision:
        parts.append(f"quyết định: {appointment.decision}")
    return ", ".join(parts)
