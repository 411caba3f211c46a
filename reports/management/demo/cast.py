"""Units and people of the demo."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models_dv.domain.units import rebuild_paths
from models_dv.enums import Role, SigningForm, UnitLevel, UnitType
from models_dv.models import CommitteeTerm, Unit, UnitRole, UnitVersion, User

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "an_binh.toml"
SINCE = date(2020, 1, 1)
BASIS = "Dữ liệu minh hoạ"
AUTHOR = (Role.AUTHOR, Role.PUBLISHER)
LEADER = (Role.APPROVER, Role.CLERK, Role.PUBLISHER)


@dataclass
class Cast:
    """The province, its communes by key, and everybody by user name."""

    data: dict
    province: Unit
    communes: dict[str, Unit]
    users: dict[str, User]

    def author(self, key: str) -> User:
        """The specialist of a commune, or of the province for “anbinh”."""
        return self.users[f"chuyenvien.{key}"]

    def leader(self, key: str) -> User:
        """The leader of a commune, or of the province for “anbinh”."""
        return self.users[f"lanhdao.{key}"]

    def clerk(self, key: str) -> User:
        """Who issues: the province's clerk, in a commune the leader himself."""
        return self.users["vanthu.anbinh" if key == "anbinh" else f"lanhdao.{key}"]

    def unit(self, key: str) -> Unit:
        """The unit of a key."""
        return self.province if key == "anbinh" else self.communes[key]


def make_cast(password: str) -> Cast:
    """Create units and accounts; the password is the same for all demo accounts."""
    full = tomllib.loads(FILE.read_text(encoding="utf-8"))
    data = full["province"]
    province = _province(data)
    communes = {row["key"]: _commune(row, province) for row in data["communes"]}
    rebuild_paths()
    cast = Cast(full, province, communes, {})
    _people_of_the_province(cast, password)
    names = zip(data["communes"], data["authors"], data["leaders"], strict=True)
    for row, author, leader in names:
        _add(cast, f"chuyenvien.{row['key']}", author, "Chuyên viên", password, row["key"], AUTHOR)
        _add(cast, f"lanhdao.{row['key']}", leader, "Phó Bí thư", password, row["key"], LEADER)
    _people_of_ha_tinh(cast, password)
    admin = User(
        username="quantri", full_name="Quản trị hệ thống", is_staff=True, is_superuser=True, post="Quản trị"
    )
    _save(cast, admin, password)
    return cast


def _people_of_the_province(cast: Cast, password: str) -> None:
    above = (Role.REVIEWER, Role.PUBLISHER)
    author, approver, clerk = (Role.AUTHOR, *above), (Role.APPROVER, *above), (Role.CLERK, Role.VIEWER)
    _add(cast, "chuyenvien.anbinh", "Trần Thị Bình An", "Chuyên viên", password, "anbinh", author)
    _add(cast, "lanhdao.anbinh", "Nguyễn Văn An Bình", "Phó Trưởng ban", password, "anbinh", approver)
    _add(cast, "vanthu.anbinh", "Lê Thị Văn Thư", "Văn thư", password, "anbinh", clerk)


def _people_of_ha_tinh(cast: Cast, password: str) -> None:
    """Demo accounts of a real unit: they hold roles, no data is invented for it."""
    unit = Unit.objects.get(code="ha-tinh")
    for name, full_name, roles in (
        ("chuyenvien.hatinh", "Tài khoản mẫu: chuyên viên Hà Tĩnh", AUTHOR),
        ("lanhdao.hatinh", "Tài khoản mẫu: lãnh đạo Hà Tĩnh", LEADER),
    ):
        user = _save(cast, User(username=name, full_name=full_name), password)
        UnitRole.objects.bulk_create(UnitRole(user=user, unit=unit, role=role) for role in roles)


def _add(cast: Cast, username: str, name: str, post: str, password: str, key: str, roles) -> None:
    user = _save(cast, User(username=username, full_name=name, post=post), password)
    UnitRole.objects.bulk_create(
        UnitRole(user=user, unit=cast.unit(key), role=role, covers_below=role in (Role.REVIEWER, Role.VIEWER))
        for role in roles
    )


def _save(cast: Cast, user: User, password: str) -> User:
    user.set_password(password)
    user.save()
    cast.users[user.username] = user
    return user


def _province(data) -> Unit:
    place = data["place"]
    unit = Unit.objects.create(code=data["code"], illustrative=True)
    UnitVersion.objects.create(
        unit=unit,
        valid_from=SINCE,
        name=f"Tỉnh uỷ {place}",
        short_name=f"Tỉnh {place}",
        place_name=place,
        type=UnitType.PROVINCE,
        level=UnitLevel.PROVINCE,
        issuer_name="Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        header_superior=f"Tỉnh uỷ {place}",
        header_issuer="Ban Tuyên giáo và Dân vận",
        symbol="BTGDVTU",
        signing_form=SigningForm.HEAD,
        signing_authority="Trưởng ban",
        head_post="Trưởng ban",
        deputy_post="Phó Trưởng ban",
        legal_basis=BASIS,
    )
    _term(unit)
    return unit


def _commune(row, province: Unit) -> Unit:
    is_ward = row["type"] == "ward"
    kind = "phường" if is_ward else "xã"
    unit = Unit.objects.create(
        code=f"an-binh-{row['key']}", illustrative=True, portal_numbers=is_ward, allows_self_approval=False
    )
    UnitVersion.objects.create(
        unit=unit,
        valid_from=SINCE,
        name=f"Đảng uỷ {kind} {row['place']}",
        short_name=f"{kind.capitalize()} {row['place']}",
        place_name=row["place"],
        type=UnitType.WARD if is_ward else UnitType.COMMUNE,
        level=UnitLevel.COMMUNE,
        parent=province,
        issuer_name=f"Đảng uỷ {kind} {row['place']}",
        header_superior="Đảng bộ tỉnh An Bình",
        header_issuer=f"Đảng uỷ {kind} {row['place']}",
        symbol="ĐU",
        signing_form=SigningForm.COMMITTEE,
        signing_authority="Ban Thường vụ",
        head_post="Bí thư",
        deputy_post="Phó Bí thư",
        legal_basis=BASIS,
    )
    _term(unit)
    return unit


def _term(unit: Unit) -> None:
    CommitteeTerm.objects.create(unit=unit, name="2020 - 2025", starts_on=SINCE, ends_on=date(2025, 6, 30))
    CommitteeTerm.objects.create(unit=unit, name="2025 - 2030", starts_on=date(2025, 7, 1))
