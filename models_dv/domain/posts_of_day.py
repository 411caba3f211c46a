"""Which posts officials held on the day of a conference, as its list of people names them (domain.md §6)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models_dv.enums import PostRank
from models_dv.models import Appointment, Conference, Official, UnitPath


@dataclass(frozen=True)
class PostsOfDay:
    """The posts held on a day, one a line, with the highest rank among them and the assigned order in it.

    ``unit_id`` is the body in which the highest is held. ``bare``: the posts without their places.
    """

    lines: tuple[str, ...] = ()
    rank: int = PostRank.OTHER
    order: int = 100
    unit_id: int | None = None
    bare: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """One post a line, as a person at a conference carries them."""
        return "\n".join(self.lines)

    def says(self, lines: Iterable[str]) -> bool:
        """Whether the lines name just these posts, with their places or without."""
        told = set(lines)
        return told in (set(self.lines), set(self.bare))


def posts_on(
    officials: Iterable[Official], day: date, *, seen_from: int | None = None
) -> dict[int, PostsOfDay]:
    """{official's id: his posts in force that day}, highest first; who held none is left out. Two queries.

    ``seen_from`` is the unit whose conference it is: posts held elsewhere are named with their place.
    """
    held = defaultdict(list)
    rows = Appointment.objects.in_force(day).filter(official__in=[official.pk for official in officials])
    rows = rows.select_related("unit").prefetch_related("unit__versions")
    for appointment in rows.order_by("rank", "order", "pk"):
        held[appointment.official_id].append(appointment)
    return {
        pk: PostsOfDay(
            tuple(dict.fromkeys(_post_words(appointment, day, seen_from) for appointment in rows)),
            rows[0].rank,
            rows[0].order,
            rows[0].unit_id,
            tuple(dict.fromkeys(appointment.post for appointment in rows)),
        )
        for pk, rows in held.items()
    }


def _post_words(appointment: Appointment, day: date, seen_from: int | None) -> str:
    """“Bí thư Đảng uỷ (xã Phú Lâm)” at another unit's conference, where the post does not name the place."""
    version = appointment.unit.version_on(day)
    if seen_from in (None, appointment.unit_id) or version is None or version.place_name in appointment.post:
        return appointment.post
    place = version.short_name
    if place[1:2].islower():
        place = place[:1].lower() + place[1:]
    return f"{appointment.post} ({place})"


def rank_at(conference: Conference, posts: PostsOfDay, day: date | None = None) -> int:
    """Where the posts stand at the conference: the head of a unit below is one of the heads of bodies there.

    ``day`` is another than the conference's own.
    """
    if posts.unit_id in (None, conference.unit_id) or posts.rank >= PostRank.HEAD:
        return posts.rank
    below = UnitPath.objects.below(conference.unit, day or conference.day).filter(unit=posts.unit_id)
    return PostRank.HEAD if below.exists() else posts.rank
