"""What a reader of the public pages sees of “Dân vận khéo”: published rows, never the registry (decision 6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from models_dv.domain.kheo_publishing import Content, FrozenPhoto
from models_dv.domain.kheo_tree import Node, as_tree, published_ids
from models_dv.domain.search import Piece, Query, excerpt, mark
from models_dv.models import KheoPublication
from models_dv.scopes import lines_of

RELATED_SHOWN = 3
FOUND_SHOWN = 5


@dataclass(frozen=True)
class Card:
    """A published model in a list; ``lead`` is cut and marked, ``photo`` the first one, if any."""

    publication: KheoPublication
    title: tuple[Piece, ...]
    lead: tuple[Piece, ...]
    photo: FrozenPhoto | None

    @property
    def kicker(self) -> str:
        """“Mô hình · Kinh tế”."""
        return kicker(self.publication)


@dataclass(frozen=True)
class PublicModel:
    """One published model as its page shows it."""

    publication: KheoPublication
    content: Content
    tree: Node | None
    related: tuple[Card, ...]

    @property
    def kicker(self) -> str:
        """“Mô hình · Kinh tế”."""
        return kicker(self.publication)


@dataclass(frozen=True)
class Withdrawn:
    """Nothing but the notice."""

    publication: KheoPublication
    on: date


def kicker(publication: KheoPublication) -> str:
    """“Mô hình · Kinh tế”."""
    return f"{publication.get_kind_display()} · {publication.get_field_display()}"


def listed():
    """Published models with their units, newest first."""
    rows = KheoPublication.objects.published().select_related("unit").defer("search_text")
    return rows.order_by("-year", "-published_at", "-pk")


def matching(publications, query: Query):
    """Those that hold every word, with or without accents."""
    return publications.filter(search_text__words=query.words) if query else publications


def cards(publications: Iterable[KheoPublication], query: Query | None = None) -> list[Card]:
    """Cards of rows from ``listed``, the words of the query marked."""
    return [_card(publication, query or Query()) for publication in publications]


def latest(count: int) -> list[Card]:
    """The newest publications, for the home page: one query."""
    return cards(
        KheoPublication.objects.published().select_related("unit").order_by("-published_at", "-pk")[:count]
    )


def first_matching(query: Query) -> list[Card]:
    """The first few that hold every word, for the search over everything: one query."""
    return cards(matching(listed(), query)[:FOUND_SHOWN], query)


def of_unit(unit, count: int) -> list[Card]:
    """The newest of one unit, and of the whole units that went on in it."""
    return cards(listed().filter(unit__in=lines_of([unit.pk]))[:count])


def years() -> list[int]:
    """Years of published models, newest first."""
    rows = KheoPublication.objects.published().order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def find(slug: str) -> PublicModel | Withdrawn | None:
    """What stands at an address; None where nothing was ever published."""
    publication = KheoPublication.objects.select_related("unit").filter(slug=slug).first()
    if publication is None:
        return None
    if publication.withdrawn_at:
        return Withdrawn(publication, timezone.localdate(publication.withdrawn_at))
    return PublicModel(
        publication, Content.of(publication.content), tree_of(publication), tuple(related(publication))
    )


def tree_of(publication: KheoPublication) -> Node | None:
    """The published family of a model, as a tree; None where it stands alone. Two or three queries."""
    parents = published_ids(publication.model_id)
    if len(parents) < 2:
        return None
    rows = KheoPublication.objects.published().filter(model__in=parents)
    rows = rows.order_by("published_at", "pk")
    return as_tree(parents, rows, lambda row: row.model_id, publication.model_id)


def related(publication: KheoPublication) -> list[Card]:
    """Others of the same field, those of the same unit left to its page."""
    rows = listed().filter(field=publication.field).exclude(pk=publication.pk)
    return cards(rows[:RELATED_SHOWN])


def photo_at(slug: str, number: int) -> FrozenPhoto | None:
    """The photo with this number of what is published now at the address; numbers begin at 1."""
    publication = KheoPublication.objects.published().filter(slug=slug).only("content").first()
    photos = Content.of(publication.content).photos if publication else ()
    return photos[number - 1] if 1 <= number <= len(photos) else None


def _card(publication: KheoPublication, query: Query) -> Card:
    content = Content.of(publication.content)
    first = content.sections[0]["text"] if content.sections else ""
    return Card(
        publication=publication,
        title=mark(publication.name, query),
        lead=excerpt(publication.lead or first, query),
        photo=content.photos[0] if content.photos else None,
    )
