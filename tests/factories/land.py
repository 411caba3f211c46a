"""A province for reorganisations: communes, two of one name in two districts, one that has ended."""

from dataclasses import dataclass, field
from datetime import date

from models_dv.domain.reorganisation.proposing import Frame
from models_dv.domain.units import rebuild_paths
from models_dv.enums import Role, UnitLevel, UnitType
from models_dv.models import Unit, UnitRole, UnitVersion, User
from tests.factories.world import make_commune, make_province, make_user

ON = date(2026, 12, 1)
BASIS = "Nghị quyết số 12/NQ-UBTVQH16"


@dataclass
class Land:
    """The units by code, and who looks after them."""

    scope: Unit
    admin: User
    units: dict[str, Unit] = field(default_factory=dict)

    def __getitem__(self, code: str) -> Unit:
        return self.units[code]

    @property
    def frame(self) -> Frame:
        """Within the province, from ON."""
        return Frame(self.scope, ON)

    def code_of(self, unit_id: int) -> str:
        """The code by which tests know a unit."""
        return next((code for code, unit in self.units.items() if unit.pk == unit_id), f"? {unit_id}")

    def role(self, code: str, role=Role.AUTHOR, username: str = "") -> UnitRole:
        """Somebody with a role in the unit."""
        user = make_user(username or f"nguoi-{code}", f"Người {code}")
        return UnitRole.objects.create(user=user, unit=self[code], role=role)


def make_district(parent: Unit, place: str, code: str) -> Unit:
    unit = make_commune(parent, place, code=code)
    unit.versions.update(
        name=f"Huyện uỷ {place}",
        short_name=f"Huyện {place}",
        type=UnitType.DISTRICT,
        level=UnitLevel.DISTRICT,
        issuer_name=f"Huyện uỷ {place}",
        header_issuer=f"Huyện uỷ {place}",
    )
    return unit


def make_ward(parent: Unit, place: str, code: str) -> Unit:
    unit = make_commune(parent, place, code=code)
    version = unit.versions.get()
    for name in ("name", "short_name", "issuer_name", "header_issuer"):
        setattr(version, name, getattr(version, name).replace("xã", "phường").replace("Xã", "Phường"))
    version.type = UnitType.WARD
    version.save()
    return unit


def make_land() -> Land:
    """An Bình: xã Phú Lâm, Tân Hoà, Bình Minh, phường Cửa Nam, Phường 4 right below it; xã Tân Lập in two
    districts; xã Cũ ended in 2025 and went into Bình Minh; xã Đổi was called Xưa. Bình Yên is another province."""
    scope = make_province()
    land = Land(scope, make_user("admin", "Quản trị", is_staff=True), {"an-binh": scope})
    land.units["binh-yen"] = make_province("binh-yen", "Bình Yên")
    for code, place in (
        ("phu-lam", "Phú Lâm"),
        ("tan-hoa", "Tân Hòa"),
        ("binh-minh", "Bình Minh"),
        ("doi", "Đổi"),
    ):
        land.units[code] = make_commune(scope, place, code=code)
    land.units["cua-nam"] = make_ward(scope, "Cửa Nam", "cua-nam")
    land.units["phuong-4"] = make_ward(scope, "4", "phuong-4")
    for code, place in (("vu-thu", "Vũ Thư"), ("hung-ha", "Hưng Hà")):
        land.units[code] = make_district(scope, place, code)
        land.units[f"lap-{code}"] = make_commune(land[code], "Tân Lập", code=f"lap-{code}")
    land.units["cu"] = make_commune(scope, "Cũ", code="cu", ended_on=date(2025, 7, 1))
    land["cu"].successor_edges.create(successor=land["binh-minh"], kind="merge", on=date(2025, 7, 1))
    land.units["phu-lam-khac"] = make_commune(land["binh-yen"], "Phú Lâm", code="phu-lam-khac")
    former = UnitVersion.objects.get(unit=land["doi"])
    former.pk, former.valid_from = None, date(2019, 1, 1)
    former.name, former.short_name = "Đảng uỷ xã Xưa", "Xã Xưa"
    former.save()
    rebuild_paths()
    return land
