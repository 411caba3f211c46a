"""What the Party body of a territory is called, what stands at the head of its papers and how it signs.

Provinces and districts report through the Ban of their committee, communes through the committee itself
(domain.md §1, §3, §4). Symbols of districts other than “BDVHU” follow the same pattern.
"""

from dataclasses import dataclass

from models_dv.enums import SigningForm, UnitLevel, UnitType
from models_dv.importers.catalogue.tables import Territory

BAN_BEFORE = "Ban Dân vận"
BAN_SINCE = "Ban Tuyên giáo và Dân vận"


@dataclass(frozen=True)
class Kind:
    """A type of territory: its word, its committee, our type, the letters in the symbol of the committee."""

    word: str
    committee: str
    type: UnitType
    letters: str = "TU"


PROVINCES = {
    "tinh": Kind("Tỉnh", "Tỉnh uỷ", UnitType.PROVINCE),
    "thanh-pho": Kind("Thành phố", "Thành uỷ", UnitType.CITY),
}
DISTRICTS = {
    "huyen": Kind("Huyện", "Huyện uỷ", UnitType.DISTRICT, "HU"),
    "quan": Kind("Quận", "Quận uỷ", UnitType.TOWN, "QU"),
    "thi-xa": Kind("Thị xã", "Thị uỷ", UnitType.TOWN),
    "thanh-pho": Kind("Thành phố", "Thành uỷ", UnitType.TOWN),
}
COMMUNES = {
    "xa": Kind("Xã", "Đảng uỷ xã", UnitType.COMMUNE),
    "phuong": Kind("Phường", "Đảng uỷ phường", UnitType.WARD),
    "thi-tran": Kind("Thị trấn", "Đảng uỷ thị trấn", UnitType.TOWNSHIP),
    "dac-khu": Kind("Đặc khu", "Đảng uỷ đặc khu", UnitType.SPECIAL_ZONE),
}
#: Names that are not said without the word of their type, like those that are numbers.
WITH_WORD = {"Hồ Chí Minh"}


def province_fields(territory: Territory, *, ban: str) -> dict:
    """Fields of a version of a province's body."""
    return _of_a_ban(territory, PROVINCES[territory.type], UnitLevel.PROVINCE, ban)


def district_fields(territory: Territory) -> dict:
    """Fields of a version of a district's body (there were districts until 30 June 2025)."""
    return _of_a_ban(territory, DISTRICTS[territory.type], UnitLevel.DISTRICT, BAN_BEFORE)


def commune_fields(territory: Territory, above: Territory) -> dict:
    """Fields of a version of a commune's body below the committee of a district or a province."""
    kind = COMMUNES[territory.type]
    stays_with_word = _stays_with_word(territory)
    name = f"Đảng uỷ {_label(territory, kind)}" if stays_with_word else f"{kind.committee} {territory.name}"
    over = (DISTRICTS if above.above else PROVINCES)[above.type]
    label = _label(above, over)
    header = label if _stays_with_word(above) and above.above else label[0].lower() + label[1:]
    return {
        **_names(territory, kind),
        "name": name,
        "level": UnitLevel.COMMUNE,
        "issuer_name": name,
        "header_superior": f"Đảng bộ {header}",
        "header_issuer": name,
        "symbol": "ĐU",
        "signing_form": SigningForm.COMMITTEE,
        "signing_authority": "Ban Thường vụ",
        "head_post": "Bí thư",
        "deputy_post": "Phó Bí thư",
    }


def _of_a_ban(territory: Territory, kind: Kind, level: UnitLevel, ban: str) -> dict:
    names = _names(territory, kind)
    name = f"{kind.committee} {names['place_name']}"
    return {
        **names,
        "name": name,
        "level": level,
        "issuer_name": f"{ban} {kind.committee}",
        "header_superior": name,
        "header_issuer": ban,
        "symbol": f"{'BDV' if ban == BAN_BEFORE else 'BTGDV'}{kind.letters}",
        "signing_form": SigningForm.HEAD,
        "signing_authority": "Trưởng ban",
        "head_post": "Trưởng ban",
        "deputy_post": "Phó Trưởng ban",
    }


def _names(territory: Territory, kind: Kind) -> dict:
    label = _label(territory, kind)
    place = label if _stays_with_word(territory) else territory.name
    return {"short_name": label, "place_name": place, "type": kind.type}


def _label(territory: Territory, kind: Kind) -> str:
    return f"{kind.word} {territory.name}"


def _stays_with_word(territory: Territory) -> bool:
    return territory.name[0].isdigit() or territory.name in WITH_WORD
