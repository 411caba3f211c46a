"""The registry of “Dân vận khéo”: registering a model and mending what was entered (domain.md §5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from models_dv import clock, permissions
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, filled, snapshot
from models_dv.domain.kheo_facts import FactEntry, write_fact
from models_dv.domain.kheo_tree import ancestors
from models_dv.domain.units import require_standing
from models_dv.enums import FactKind
from models_dv.errors import MissingInput, StaleObject
from models_dv.models import DanVanKheo, KheoResult, Unit
from models_dv.vietnamese.numbers import format_number

#: What the registration asks for, besides the unit and the results in numbers.
FIELDS = (
    "name",
    "kind",
    "subject",
    "field",
    "level",
    "year",
    "address",
    "situation",
    "aims",
    "method",
    "people_served",
    "served_note",
    "leads",
    "joins",
    "resources",
    "funds",
    "duration",
    "product",
    "results",
    "lasting",
    "experience",
    "origin",
)
#: What a copy takes over from its origin; the rest is its own.
COPIED = ("kind", "subject", "field", "aims", "method", "product")
KEEPING = "nhập, sửa mô hình “Dân vận khéo” của đơn vị này"


@dataclass(frozen=True)
class ResultFigure:
    """A result in numbers: “42 hộ hiến đất”."""

    name: str
    value: Decimal
    unit_name: str = ""

    def __str__(self):
        return " ".join(filter(None, (format_number(self.value), self.unit_name, self.name)))


@transaction.atomic
def register(
    *,
    unit: Unit,
    values: dict,
    results: Sequence[ResultFigure] = (),
    registered_on: date | None = None,
    actor,
) -> DanVanKheo:
    """Enter a model into the registry of ``unit`` and write the fact “Đăng ký”.

    ``values`` by the names of ``FIELDS``. Without ``registered_on`` only the year is known. Raises
    NotAllowed for who does not keep the unit's registry, UnitEnded where the unit is no more.
    """
    permissions.require(permissions.may_keep(actor, unit.pk), KEEPING)
    require_standing(unit, clock.today())
    model = DanVanKheo(unit=unit, created_by=actor, **values)
    _check(model)
    model.save()
    _write_results(model, results)
    entry = FactEntry(
        FactKind.REGISTERED,
        registered_on or date(model.year, 12, 31),
        year_only=registered_on is None,
    )
    write_fact(model, entry, actor=actor)
    record(actor=actor, action="Đăng ký mô hình", obj=model, after=filled(_snapshot(model, results)))
    return model


@transaction.atomic
def edit(model: DanVanKheo, *, values: dict, results: Sequence[ResultFigure], actor) -> DanVanKheo:
    """Mend what was entered; ``model.revision`` is the one that the person saw.

    Raises NotAllowed, StaleObject when somebody saved it since, MissingInput where its origin would be
    its own copy.
    """
    require_keeper(actor, model)
    stored = DanVanKheo.objects.select_for_update().get(pk=model.pk)
    if stored.revision != model.revision:
        raise StaleObject("Mô hình này")
    before = _snapshot(stored, results_of(stored))
    for name, value in values.items():
        setattr(stored, name, value)
    _check(stored)
    stored.revision += 1
    stored.save()
    _write_results(stored, results)
    old, new = difference(before, _snapshot(stored, results))
    if new:
        record(actor=actor, action="Sửa mô hình", obj=stored, before=old, after=new)
    return stored


def results_of(model: DanVanKheo) -> list[ResultFigure]:
    """The results in numbers, in their order."""
    return [ResultFigure(row.name, row.value, row.unit_name) for row in model.result_figures.all()]


def require_keeper(user, model: DanVanKheo) -> None:
    """Raise NotAllowed unless the user enters and mends the models of the unit."""
    permissions.require(permissions.may_keep(user, model.unit_id), KEEPING)


def origins(user) -> QuerySet[DanVanKheo]:
    """Models that the user may name as an origin: those he sees, and what is public."""
    visible = DanVanKheo.objects.visible_to(user)
    public = Q(publication__isnull=False, publication__withdrawn_at__isnull=True)
    return DanVanKheo.objects.filter(Q(pk__in=visible.values("pk")) | public)


def copy_values(origin: DanVanKheo) -> dict:
    """What the form of a replication begins with: the way of the origin, not its place and results."""
    return {name: getattr(origin, name) for name in COPIED} | {"name": origin.name, "origin": origin}


def public_copy_values(origin: DanVanKheo) -> dict:
    """The same for who reads of the origin what the public reads."""
    publication = origin.publication
    texts = {section["code"]: section["text"] for section in publication.content["sections"]}
    values = {name: getattr(publication, name) for name in ("name", "kind", "field")}
    return values | {"aims": texts.get("aims", ""), "method": texts.get("method", ""), "origin": origin}


def _check(model: DanVanKheo) -> None:
    """What the columns cannot say: an exact address, and no circle of copies."""
    if not model.address.strip():
        raise MissingInput("Ghi địa chỉ cụ thể: thôn, tổ dân phố, xã; nơi đến xem được", "address")
    if model.origin_id is None or model.pk is None:
        return
    line = ancestors(model.origin_id)
    # Whoever changes the same line waits here, so two halves of a circle cannot be made at once.
    list(DanVanKheo.objects.select_for_update().filter(pk__in=line).order_by("pk").values_list("pk"))
    if model.pk in ancestors(model.origin_id):
        raise MissingInput(
            f"“{model.origin}” đã nhân rộng từ chính mô hình này. Chọn mô hình khác hoặc để trống", "origin"
        )


def _write_results(model: DanVanKheo, results: Sequence[ResultFigure]) -> None:
    if list(results) == results_of(model):
        return
    model.result_figures.all().delete()
    KheoResult.objects.bulk_create(
        KheoResult(model=model, order=order, name=result.name, value=result.value, unit_name=result.unit_name)
        for order, result in enumerate(results, start=1)
    )


def _snapshot(model: DanVanKheo, results: Sequence[ResultFigure]) -> dict:
    """What an audit row says of a model."""
    return snapshot(model) | {"kết quả bằng số": [str(result) for result in results]}
