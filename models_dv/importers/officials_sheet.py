"""Officials as a sheet of Excel: a row is a post; rows of the same name are one person (domain.md §6)."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from types import SimpleNamespace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from models_dv.domain.audit import record_all
from models_dv.domain.bulk import insert
from models_dv.domain.officials import Post, check_post
from models_dv.domain.sheets import CellError, Column, Created, Problem, Row, SheetKind, register
from models_dv.enums import Organ, PostRank
from models_dv.errors import MissingInput
from models_dv.importers.cells import Choice, Day, Parsed, Whole, Words, labels, words_of
from models_dv.models import Appointment, Official, Unit, User
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.personal_data import IDENTITY, find_personal_data

PERSON = ("name", "work_phone", "work_email")
POST = ("organ", "post", "rank", "order", "from_on", "attested_on", "to_on", "decision")
DAYS = ("from_on", "to_on", "attested_on")
PHONE = re.compile(r"[0-9 +().-]{0,30}")
#: Telephones without a 0 before them.
HOTLINES = ("18", "19")
LAST_ORDER = 100


class PublicWords(Words):
    """Words in which no telephone or identity number may stand."""

    def read(self, raw) -> str:
        """The words."""
        text = super().read(raw)
        found = find_personal_data(text)
        if found:
            raise CellError(f"“{found[0].found}” có thể là {found[0].kind}", "Bỏ thông tin riêng của cá nhân")
        return text


def take_phone(text: str) -> str:
    """The telephone of the office; no identity number."""
    if not PHONE.fullmatch(text) or any(found.kind == IDENTITY for found in find_personal_data(text)):
        raise CellError("Chỉ ghi số điện thoại của cơ quan", "Ví dụ 0239 3856 000")
    return text


class Phone(Parsed):
    """A telephone; one that Excel keeps as a number has lost the 0 before it."""

    def read(self, raw):
        """The words."""
        text = words_of(raw)
        if isinstance(raw, float | int) and not text.startswith(HOTLINES):
            raise CellError("Excel đang giữ ô này là số nên mất số 0 ở đầu", f"Ghi dạng chữ: '0{text}")
        return super().read(raw)


def take_email(text: str) -> str:
    """An address of the office."""
    try:
        validate_email(text)
    except ValidationError:
        raise CellError("Địa chỉ thư chưa đủ", "Ví dụ vanphong@anbinh.gov.vn") from None
    return text


def _same(stored):
    return stored


class RankChoice(Choice):
    """A rank by its words; its stored value is a number."""

    def load(self, stored: str) -> int:
        """The number."""
        return int(stored)


COLUMNS = (
    Column(
        "name",
        "Họ và tên",
        PublicWords(120),
        required=True,
        width=26,
        example="Nguyễn Văn Mẫu",
        note="Không ghi học hàm, học vị.",
    ),
    Column(
        "post", "Chức vụ", PublicWords(160), required=True, width=36, example="Phó Bí thư Thường trực Đảng uỷ"
    ),
    Column(
        "organ",
        "Cơ quan",
        Choice(
            labels(Organ),
            also={"đảng uỷ": "committee", "UBND": "government", "HĐND": "council", "MTTQ": "front"},
        ),
        required=True,
        width=30,
        example="Cấp uỷ",
    ),
    Column(
        "rank",
        "Bậc",
        RankChoice(labels(PostRank)),
        required=True,
        width=30,
        example="Phó Bí thư Thường trực",
        aliases=("Bậc trong danh sách",),
    ),
    Column(
        "order",
        "Thứ tự cùng bậc",
        Whole(most=9999),
        width=10,
        note="Số nhỏ đứng trước; để trống là 100.",
        aliases=("Thứ tự",),
    ),
    Column("from_on", "Từ ngày", Day(), width=14, example="01/7/2025", aliases=("Giữ chức vụ từ ngày",)),
    Column(
        "attested_on",
        "Ghi nhận ngày",
        Day(past=True),
        width=14,
        note="Ngày một nguồn cho biết đang giữ chức vụ, khi không rõ ngày bắt đầu.",
    ),
    Column("to_on", "Thôi giữ từ ngày", Day(), width=14, aliases=("Đến ngày",)),
    Column("decision", "Quyết định", Words(200), width=30, example="Số 12-QĐ/TU, ngày 28/6/2025"),
    Column("work_phone", "Điện thoại cơ quan", Phone(take_phone, _same), width=18, as_text=True),
    Column("work_email", "Thư điện tử công vụ", Parsed(take_email, _same), width=26),
)


def identity(values: dict, _unit: Unit) -> Hashable:
    """The same post of the same person from the same day."""
    return fold(values["name"]), values["organ"], fold(values["post"]), values["from_on"]


def known(identities: Collection[Hashable], unit: Unit) -> dict[Hashable, str]:
    """People of the unit with one of the names: whether they are the same nobody can know, so a person looks."""
    names: dict[str, list] = {}
    for key in identities:
        names.setdefault(key[0], []).append(key)
    held = Appointment.objects.filter(unit=unit, official__merged_into__isnull=True)
    found = {}
    for pk, name, post in held.values_list("official_id", "official__name", "post"):
        for key in names.get(fold(name), ()):
            found[key] = f"Đã có {name} (mã {pk}), {post}. Thêm chức vụ ở trang của người đó"
    return found


def fitted(unit: Unit, _actor: User) -> dict:
    """The same rules as where a person enters the posts one by one."""
    headers = {column.key: column.header for column in COLUMNS}

    def check(values: dict) -> Iterable[Problem]:
        told = {key: values[key] for key in POST if values[key] is not None}
        try:
            check_post(Post(unit=unit, **told))
        except MissingInput as refusal:
            value = values.get(refusal.field)
            shown = format_date(value) if isinstance(value, date) else ""
            yield Problem(headers.get(refusal.field, ""), shown, refusal.message)

    return {"check": check}


def save(rows: Sequence[Row], *, unit: Unit, actor: User, note: Callable[[Row], str]) -> Created:
    """Persons, each with the posts of all rows that bear his name, and audit rows."""
    people: dict[str, list[Row]] = {}
    for row in rows:
        people.setdefault(fold(row.values["name"]), []).append(row)
    ids = insert(Official, [_person(own, unit) for own in people.values()])
    posts = [
        {"official_id": pk, "unit_id": unit.pk, **_post(row.values)}
        for pk, own in zip(ids, people.values(), strict=True)
        for row in own
    ]
    made = {Official: ids, Appointment: insert(Appointment, posts)}
    written = (
        (pk, own[0].values["name"], "; ".join(note(row) for row in own))
        for pk, own in zip(ids, people.values(), strict=True)
    )
    record_all(actor=actor, action="Thêm cán bộ (nhập Excel)", model=Official, written=written)
    return made


def _person(rows: Sequence[Row], unit: Unit) -> dict:
    """Name and work contact: of each the first that is filled in."""
    found = {name: next(filter(None, (row.values[name] for row in rows)), "") for name in PERSON}
    holder = SimpleNamespace(**found)
    Official.set_keys(holder)
    return vars(holder) | {"illustrative": unit.illustrative}


def _post(values: dict) -> dict:
    own = {name: value for name, value in values.items() if name not in PERSON}
    own["order"] = LAST_ORDER if own["order"] is None else own["order"]
    own = {name: "" if value is None and name not in DAYS else value for name, value in own.items()}
    holder = SimpleNamespace(**own)
    Appointment.set_keys(holder)
    return vars(holder)


KIND = register(
    SheetKind(
        name="can-bo",
        title="Cán bộ",
        noun="chức vụ",
        columns=COLUMNS,
        identity=identity,
        known=known,
        fitted=fitted,
        save=save,
        list_url="staff:officials",
        nav="officials",
        instructions=(
            "Mỗi dòng là một chức vụ trong đơn vị. Một người giữ nhiều chức vụ thì ghi nhiều dòng cùng họ và tên; "
            "hai người trùng tên thì nhập người thứ hai ở trang Thêm cán bộ.",
            "Chỉ ghi họ tên, chức vụ, cơ quan và liên hệ công vụ; không ghi thông tin riêng của cá nhân.",
        ),
    )
)
