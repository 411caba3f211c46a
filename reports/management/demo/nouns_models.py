"""“Dân vận khéo” of An Bình: the registry of some communes, what was published of it, and a report that differs."""

import tomllib
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from models_dv import clock
from models_dv.domain import kheo_files, kheo_publishing
from models_dv.domain.dan_van_kheo import ResultFigure, register
from models_dv.domain.kheo_counts import Window, counts
from models_dv.domain.kheo_facts import BODY_KINDS, FactEntry, add_fact
from models_dv.domain.kheo_publishing import Choice, offer_of
from models_dv.enums import AwardKind, FactKind, KheoKind, PeriodKind, Subject, UnitLevel
from models_dv.models import DanVanKheo
from reports.domain import filling
from reports.enums import ValueState
from reports.management.demo.acts import at, days
from reports.management.demo.cast import Cast
from reports.models import Indicator, ReportEdition

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "an_binh_models.toml"
PLAIN = (
    "leads", "joins", "served_note", "duration", "product", "situation", "aims", "method", "results",
    "lasting", "experience", "people_served",
)  # fmt: skip
PUBLISHED_ON = date(2026, 6, 22)
CREDIT = "tranh vẽ minh hoạ"
#: Sky, hills and people of the pictures.
SKY, FAR, NEAR, SUN = (198, 222, 230), (122, 156, 120), (58, 104, 72), (250, 236, 196)
COATS = [(70, 84, 120), (240, 238, 228), (150, 60, 56)]


def load_models(cast: Cast, today: date) -> None:
    """Lay out the registry; every act at its own day, each through the domain."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    made: dict[str, DanVanKheo] = {}
    for number, row in enumerate(data["models"]):
        made[row["key"]] = _model(cast, row, made.get(row.get("origin", "")), number)
    _older(cast, data["older"])
    for day, row in enumerate(row for row in data["models"] if "publish" in row):
        with clock.fixed(at(PUBLISHED_ON, 8, day)):
            _publish(cast, row, made[row["key"]])
    _report(cast, data["reported"], today)


def _model(cast: Cast, row: dict, origin: DanVanKheo | None, number: int) -> DanVanKheo:
    author = cast.author(row["unit"])
    values = {name: row[name] for name in PLAIN if name in row} | {
        "name": row["name"],
        "kind": row.get("kind", KheoKind.MODEL),
        "subject": row.get("subject", Subject.COLLECTIVE),
        "field": row["field"],
        "level": UnitLevel.COMMUNE,
        "year": row["year"],
        "address": row["address"],
        "funds": Decimal(row["funds"]) if "funds" in row else None,
        "origin": origin,
    }
    results = [ResultFigure(name, Decimal(str(value)), unit) for name, value, unit in row.get("figures", ())]
    with clock.fixed(at(row["registered"])):
        model = register(
            unit=cast.unit(row["unit"]),
            values=values,
            results=results,
            registered_on=row["registered"],
            actor=author,
        )
    for fact in row.get("facts", ()):
        _fact(cast, row["unit"], model, *fact)
    if "photo" in row:
        _photo(model, row["photo"], number, author)
    return model


def _fact(cast: Cast, key: str, model, kind: str, when, level="", about="", award="") -> None:
    """A fact said by who may: the commune itself, its leader, or the province."""
    decides = kind in BODY_KINDS
    actor = cast.author(key)
    if decides:
        actor = cast.author("anbinh") if level == UnitLevel.PROVINCE else cast.leader(key)
    day = when if isinstance(when, date) else date(when, 12, 31)
    entry = FactEntry(
        FactKind(kind),
        day,
        year_only=not isinstance(when, date),
        level=level,
        award_kind=AwardKind(award) if award else "",
        decision=about if decides else "",
        note="" if decides else about,
        issuer=str(cast.unit("anbinh" if level == UnitLevel.PROVINCE else key)) if decides else "",
    )
    with clock.fixed(at(day, 15)):
        add_fact(model, entry, actor=actor)


def _older(cast: Cast, data: dict) -> None:
    """Rows of the old books: registered and launched in a year, and standing."""
    rows = [
        (name.format(thon=village), field, year, village, KheoKind.MODEL)
        for name, field, year in data["names"]
        for village in data["villages"]
    ]
    rows += [(*row, KheoKind.EXAMPLE) for row in data["examples"]]
    author, unit = cast.author(data["unit"]), cast.unit(data["unit"])
    for name, field, year, village, kind in rows:
        single = kind == KheoKind.EXAMPLE and not name.startswith("Chi hội")
        values = {
            "name": name,
            "kind": kind,
            "subject": Subject.INDIVIDUAL if single else Subject.COLLECTIVE,
            "field": field,
            "level": UnitLevel.COMMUNE,
            "year": year,
            "address": f"Thôn {village}, xã Phú Lâm",
        }
        with clock.fixed(at(date(year, 12, 20))):
            model = register(unit=unit, values=values, actor=author)
            entry = FactEntry(FactKind.LAUNCHED, date(year, 12, 31), year_only=True)
            add_fact(model, entry, actor=author)


# --- the public -----------------------------------------------------------------------------------------


def _publish(cast: Cast, row: dict, model: DanVanKheo) -> None:
    model = DanVanKheo.objects.select_related("unit").get(pk=model.pk)
    offer = offer_of(model)
    lead = row["results"].partition(". ")[0].rstrip(".") + "."
    choice = Choice(row["publish"], [photo.pk for photo in offer.photos], lead)
    kheo_publishing.publish(model, choice, seen=offer.mark, actor=cast.leader(row["unit"]))


def _photo(model: DanVanKheo, caption: str, number: int, author) -> None:
    words = {
        "caption": f"{caption} (ảnh minh hoạ)",
        "alt": f"Tranh vẽ đồi xanh, mặt trời và {3 + number % 4} người đứng cạnh nhau",
        "credit": CREDIT,
        "consent": True,
        "consent_note": "Tranh vẽ, không có người thật",
    }
    with clock.fixed(at(date(2026, 6, 12))):
        kheo_files.add_photo(model, _picture(number), words, actor=author)


def _picture(number: int) -> SimpleUploadedFile:
    """Hills, a sun and some people: plainly a drawing."""
    picture = Image.new("RGB", (1200, 800), SKY)
    draw = ImageDraw.Draw(picture)
    sun = 200 + number * 90 % 800
    draw.ellipse((sun, 90, sun + 120, 210), fill=SUN)
    draw.ellipse((-300, 330 + number % 3 * 20, 900, 1100), fill=FAR)
    draw.ellipse((400, 380, 1700, 1200), fill=FAR)
    draw.ellipse((-200, 520, 1400, 1400), fill=NEAR)
    for person in range(3 + number % 4):
        x = 330 + person * 120
        draw.rounded_rectangle((x, 560, x + 44, 690), 14, fill=COATS[person % len(COATS)])
        draw.polygon([(x - 18, 560), (x + 22, 526), (x + 62, 560)], fill=SUN)
    data = BytesIO()
    picture.save(data, "PNG")
    return SimpleUploadedFile("tranh.png", data.getvalue())


# --- a report beside the registry -----------------------------------------------------------------------


def _report(cast: Cast, data: dict, today: date) -> None:
    """The author of one commune enters what the registry says, some figures otherwise and without a word on it."""
    unit, author = cast.unit(data["unit"]), cast.author(data["unit"])
    edition = ReportEdition.objects.select_related(
        "report__round__period", "report__unit", "report__unit_version"
    ).get(
        report__unit=unit,
        report__round__period__kind=PeriodKind.HALF_YEAR,
        report__round__period__year=2026,
        number=1,
    )
    round_ = edition.report.round
    numbers = counts(unit.pk, Window(round_.window_from, round_.window_to))
    for code in data["differs"]:
        numbers[code] += data["by"]
    ids = dict(
        Indicator.objects.filter(version_id=round_.outline_version_id, code__in=numbers).values_list(
            "code", "pk"
        )
    )
    # What is left out can be taken over with “Lấy số này”.
    left_out = ("K2", "K8", "K9")
    entries = {
        ids[code]: filling.FigureEntry(ValueState.NUMBER if value else ValueState.NONE, Decimal(value))
        for code, value in numbers.items()
        if code not in left_out
    }
    with clock.fixed(at(today - days(2), 9)):
        filling.save_figures(edition, entries, actor=author)
