"""The registry of “Dân vận khéo” as a sheet of Excel (domain.md §5)."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from types import SimpleNamespace

from models_dv import clock
from models_dv.domain.audit import record_all
from models_dv.domain.bulk import insert
from models_dv.domain.dan_van_kheo import ResultFigure, origins
from models_dv.domain.sheets import CellError, Column, Created, Problem, Row, SheetKind, register
from models_dv.domain.unit_names import units_from
from models_dv.enums import FactKind, KheoField, KheoKind, Role, Subject, UnitLevel
from models_dv.errors import ExpectedError
from models_dv.importers import kheo_fact_columns
from models_dv.importers.cells import (
    EXACT_ONLY,
    Amount,
    Choice,
    Day,
    Named,
    Parsed,
    Whole,
    Words,
    Year,
    labels,
    shown,
)
from models_dv.models import DanVanKheo, KheoFact, KheoResult, Unit, UnitVersion, User
from models_dv.scopes import covering_unit_ids, unit_ids_kept
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import NumberError, parse_number

FIRST_YEAR = 1990
LONGEST_TEXT = 10_000
MOST_RESULTS = 20
RESULTS_EXAMPLE = "Hộ hiến đất: 42 hộ; Đất hiến: 1.250 m²"
SHAPE = "Ghi: tên kết quả: số đơn vị tính; kết quả khác cách nhau bằng dấu chấm phẩy"
FACT_COLUMNS = ("registered_on", "launched_on")
#: Columns of the sheet that are rows of their own in the database, or ids.
APART = (*FACT_COLUMNS, *kheo_fact_columns.KEYS, "results_in_numbers", "unit", "origin")
#: Empty is nothing here, and no text.
NUMBERS = ("people_served", "funds")


def take_results(text: str) -> list[list[str]]:
    """“Hộ hiến đất: 42 hộ; Đất hiến: 1.250 m²” → [[name, number, unit], …]. Raises CellError."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, colon, rest = part.partition(":")
        number, _space, unit = rest.strip().partition(" ")
        if not colon or not name.strip() or not number:
            raise CellError(f"“{part}” chưa đủ tên và số", f"{SHAPE}. Ví dụ {RESULTS_EXAMPLE}")
        try:
            value, qualifier = parse_number(number, integer=False)
        except NumberError as error:
            raise CellError(f"“{part}”: {error}", f"Ví dụ {RESULTS_EXAMPLE}") from None
        if qualifier:
            raise CellError(f"“{part}”: {EXACT_ONLY}", f"Ví dụ {RESULTS_EXAMPLE}")
        if len(name.strip()) > 160 or len(unit.strip()) > 40:
            raise CellError(
                f"“{part[:60]}…” quá dài", "Tên nhiều nhất 160, đơn vị tính nhiều nhất 40 chữ cái"
            )
        found.append([name.strip(), str(value), unit.strip()])
    if len(found) > MOST_RESULTS:
        raise CellError(f"Có {len(found)} kết quả", f"Giữ lại nhiều nhất {MOST_RESULTS} kết quả chính")
    return found


def restore_results(stored: list[list[str]]) -> list[ResultFigure]:
    """The results in numbers as the registry keeps them."""
    return [ResultFigure(name, Decimal(value), unit) for name, value, unit in stored]


def _text(key: str, header: str, *, example: str = "", note: str = "") -> Column:
    return Column(key, header, Words(LONGEST_TEXT, lines=True), note=note, example=example, width=40)


BELOW = "Tên hoặc mã của chính đơn vị, hoặc của đơn vị cấp dưới. Để trống: đơn vị chọn khi tải tệp lên."
NO_ORIGIN = "Ghi tên, hoặc mã trong sổ, của mô hình đã có"


def units_column(units: Named) -> Column:
    """In whose registry a row stands."""
    return Column("unit", "Đơn vị", units, note=BELOW, width=30)


COLUMNS = (
    Column(
        "name",
        "Tên mô hình, điển hình",
        Words(250),
        required=True,
        example="Tổ tự quản thu gom rác thải tại nguồn",
        width=40,
        aliases=("Tên mô hình", "Tên điển hình", "Tên"),
    ),
    units_column(Named((), "đơn vị")),
    Column(
        "kind",
        "Loại",
        Choice(labels(KheoKind)),
        required=True,
        note="Mô hình: cách làm nhân rộng được. Điển hình: tập thể, cá nhân tiêu biểu.",
        example="Mô hình",
        width=12,
    ),
    Column(
        "subject",
        "Tập thể, cá nhân",
        Choice(labels(Subject)),
        required=True,
        example="Tập thể",
        width=14,
        aliases=("Đối tượng",),
    ),
    Column(
        "field",
        "Lĩnh vực",
        Choice(
            labels(KheoField),
            also={
                "văn hoá": "culture",
                "xã hội": "culture",
                "văn hoá xã hội": "culture",
                "quốc phòng an ninh": "security",
                "an ninh quốc phòng": "security",
                "hệ thống chính trị": "politics",
                "xây dựng HTCT": "politics",
            },
        ),
        required=True,
        example="Văn hoá – xã hội",
        width=24,
    ),
    Column(
        "level",
        "Cấp đăng ký",
        Choice(
            labels(UnitLevel),
            also={"xã": "commune", "tỉnh": "province", "huyện": "district", "cấp huyện": "district"},
        ),
        required=True,
        example="Cấp xã",
        width=14,
        aliases=("Cấp",),
    ),
    Column("year", "Năm đăng ký", Year(FIRST_YEAR), required=True, example=2026, width=12, aliases=("Năm",)),
    Column(
        "registered_on",
        "Ngày đăng ký",
        Day(past=True),
        note="Để trống nếu chỉ biết năm.",
        example=date(2026, 2, 5),
        width=14,
    ),
    Column("launched_on", "Ngày ra mắt", Day(past=True), example=date(2026, 3, 26), width=14),
    Column(
        "address",
        "Địa chỉ cụ thể",
        Words(250),
        required=True,
        note="Thôn, tổ dân phố, xã; nơi đến xem được.",
        example="Thôn Đông, xã Phú Lâm",
        width=32,
        aliases=("Địa chỉ",),
    ),
    _text("situation", "Tình hình, lý do", example="Rác thải chưa được phân loại, điểm tập kết quá tải."),
    _text("aims", "Mục tiêu, tiêu chí"),
    _text("method", "Nội dung, cách làm", example="Mỗi tổ cử người thu gom; các hộ phân loại tại nhà."),
    Column("duration", "Thời gian thực hiện", Words(120), width=20),
    Column("product", "Sản phẩm", Words(300), width=28),
    Column("leads", "Chủ trì", Words(200), example="Chi hội Phụ nữ thôn Đông", width=26),
    Column("joins", "Phối hợp", Words(300), width=26),
    Column(
        "people_served",
        "Số người hưởng lợi",
        Whole(most=999_999_999),
        example=420,
        width=14,
        aliases=("Số người được hưởng lợi",),
    ),
    Column("served_note", "Đối tượng hưởng lợi", Words(250), width=26),
    Column(
        "funds",
        "Kinh phí (triệu đồng)",
        Amount("triệu đồng", digits=11),
        example=35.5,
        width=16,
        aliases=("Kinh phí",),
    ),
    _text("resources", "Nguồn lực"),
    _text("results", "Kết quả"),
    Column(
        "results_in_numbers",
        "Kết quả bằng số",
        Parsed(take_results, restore_results),
        note=f"{SHAPE}.",
        example=RESULTS_EXAMPLE,
        width=40,
    ),
    _text("lasting", "Khả năng duy trì, nhân rộng"),
    _text("experience", "Kinh nghiệm"),
    Column("origin", "Nhân rộng từ", Words(250), note=f"{NO_ORIGIN}.", width=30),
    *kheo_fact_columns.COLUMNS,
)


def fitted(unit: Unit, actor: User) -> dict:
    """The columns with the units below, what the reader may say of each, and the models that he may name."""
    today = clock.today()
    versions = UnitVersion.objects.as_of(today).filter(unit__in=units_from([unit.pk], today).values("pk"))
    rows = list(versions.values_list("unit_id", "name", "short_name", "unit__code", "level", "parent_id"))
    named = Named(((pk, names) for pk, *names, _level, _parent in rows), "đơn vị")
    approved = unit_ids_kept(actor, Role.APPROVER)
    above = covering_unit_ids(actor, Role.REVIEWER)
    below = set(units_from(above, today).values_list("pk", flat=True)) - above if above else set()
    levels = {}
    for pk, *_names, level, parent in rows:
        if pk in below or (pk in approved and parent is None):
            levels[pk] = frozenset(UnitLevel.values)
        elif pk in approved:
            levels[pk] = frozenset([level])

    def check_all(values: dict) -> Iterable[Problem]:
        yield from check(values)
        yield from kheo_fact_columns.check_rights(values, levels.get(values["unit"] or unit.pk))

    return {
        "columns": (COLUMNS[0], units_column(named), *COLUMNS[2:]),
        "check": check_all,
        "lookups": {"origin": partial(find_origins, actor=actor)},
    }


def find_origins(texts: Collection[str], *, actor: User) -> dict[str, int | CellError]:
    """Models that were there before the file, by name (accents or not) or code. One query."""
    found: dict[str, set[int]] = {}
    wanted = {fold(text): text for text in texts}
    for pk, name in origins(actor).values_list("pk", "name"):
        for key in (fold(name), str(pk), f"ma {pk}"):
            if key in wanted:
                found.setdefault(key, set()).add(pk)
    return {text: _one_origin(text, found.get(fold(text), set())) for text in texts}


def _one_origin(text: str, found: set[int]) -> int | CellError:
    if len(found) == 1:
        return next(iter(found))
    if found:
        codes = ", ".join(str(pk) for pk in sorted(found)[:5])
        return CellError(f"Có {len(found)} mô hình tên “{shown(text)}”", f"Ghi mã thay cho tên: {codes}")
    return CellError(f"Không tìm thấy mô hình “{shown(text)}”", NO_ORIGIN)


def identity(values: dict, unit: Unit) -> Hashable:
    """The same name in the same year is the same model of a unit."""
    return fold(values["name"]), values["year"], values["unit"] or unit.pk


def known(identities: Collection[Hashable], _unit: Unit) -> dict[Hashable, str]:
    """Models of the units' registries with one of the names and years."""
    years, units = {year for _name, year, _unit in identities}, {unit for *_same, unit in identities}
    rows = DanVanKheo.objects.filter(unit__in=units, year__in=years)
    found = {}
    for pk, name, year, unit in rows.values_list("pk", "name", "year", "unit_id").iterator():
        key = fold(name), year, unit
        if key in identities:
            found[key] = f"Đã có trong sổ của đơn vị: mã {pk}, đăng ký năm {year}"
    return found


def check(values: dict) -> Iterable[Problem]:
    """Days and year must fit each other."""
    year, registered = values["year"], values["registered_on"]
    if registered and registered.year not in (year, year - 1):
        yield Problem(
            "Ngày đăng ký",
            format_date(registered),
            f"Ngày đăng ký không thuộc năm {year}",
            "Sửa ngày hoặc sửa năm đăng ký",
        )
    elif not registered and date(year, 1, 1) > clock.today():
        yield Problem("Năm đăng ký", str(year), f"Năm {year} chưa đến", "Ghi năm đã đăng ký")
        return
    yield from kheo_fact_columns.check(values, _first_facts)


def save(rows: Sequence[Row], *, unit: Unit, actor: User, note: Callable[[Row], str]) -> Created:
    """Models with their facts, results and audit rows: a few statements for all."""
    _require_below(unit, {row.values["unit"] for row in rows} - {None, unit.pk})
    common = {"created_by_id": actor.pk, "created_at": clock.now()}
    ids = insert(DanVanKheo, [common | _columns(row.values, unit) for row in rows])
    facts, results = [], []
    for pk, row in zip(ids, rows, strict=True):
        facts += [{"model_id": pk, "recorded_by_id": actor.pk, **fact} for fact in _facts(row.values)]
        figures = row.values["results_in_numbers"] or ()
        results += [
            {"model_id": pk, "order": order, **vars(figure)} for order, figure in enumerate(figures, start=1)
        ]
    written = ((pk, row.values["name"], note(row)) for pk, row in zip(ids, rows, strict=True))
    record_all(actor=actor, action="Đăng ký mô hình (nhập Excel)", model=DanVanKheo, written=written)
    return {DanVanKheo: ids, KheoFact: insert(KheoFact, facts), KheoResult: insert(KheoResult, results)}


def _require_below(unit: Unit, others: set[int]) -> None:
    """Between check and saving a unit may have gone from below this one."""
    below = units_from([unit.pk], clock.today()).filter(pk__in=others).count() if others else 0
    if below < len(others):
        raise ExpectedError(
            "Có đơn vị trong tệp không còn thuộc đơn vị này. Tải tệp lên lại để kiểm tra từng dòng"
        )


def _columns(values: dict, unit: Unit) -> dict:
    """What stands in the columns of the model: its own values, and the keys that its ``save`` would compute."""
    filled = {
        name: "" if value is None and name not in NUMBERS else value
        for name, value in values.items()
        if name not in APART
    }
    holder = SimpleNamespace(**filled)
    DanVanKheo.set_keys(holder)
    return vars(holder) | {"unit_id": values["unit"] or unit.pk, "origin_id": values["origin"]}


def _facts(values: dict) -> Iterable[dict]:
    yield from _first_facts(values)
    yield from kheo_fact_columns.facts_of(values)


def _first_facts(values: dict) -> Iterable[dict]:
    registered, launched = values["registered_on"], values["launched_on"]
    yield {
        "kind": FactKind.REGISTERED.value,
        "on": registered or date(values["year"], 12, 31),
        "year_only": registered is None,
    }
    if launched:
        yield {"kind": FactKind.LAUNCHED.value, "on": launched}


KIND = register(
    SheetKind(
        name="dan-van-kheo",
        title="Mô hình, điển hình “Dân vận khéo”",
        noun="mô hình",
        columns=COLUMNS,
        identity=identity,
        known=known,
        check=check,
        fitted=fitted,
        save=save,
        list_url="staff:models",
        nav="models",
        instructions=(
            "Mỗi dòng là một mô hình hoặc điển hình. Nơi có đơn vị cấp dưới ghi được cả mô hình của cấp dưới: "
            "ghi tên hoặc mã ở cột Đơn vị.",
            "Được duyệt, công nhận, tiêu biểu, khen thưởng do người duyệt của đơn vị (cấp mình) hoặc nơi tiếp nhận "
            "báo cáo ở cấp trên nhập. Công nhận, khen thưởng nhiều lần thì ghi các lần sau ở trang của mô hình.",
            "Hai dòng cùng tên, cùng năm đăng ký, cùng đơn vị được coi là trùng.",
        ),
    )
)
