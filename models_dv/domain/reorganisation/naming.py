"""What a unit is called from the day on: its names made from those of the unit it mainly comes out of."""

import re

from models_dv.domain.reorganisation.kinds import KINDS, kind_and_place, spoken
from models_dv.domain.reorganisation.plan import NAMES, Result
from models_dv.enums import UnitLevel, UnitType
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.fold import slugify_vi

LONGEST_CODE = 40


def names_of(version: UnitVersion) -> dict[str, str]:
    """The fields of NAMES, type and level as they are."""
    return {name: getattr(version, name) for name in (*NAMES, "type", "level")}


def names_after(version: UnitVersion, kind: str, place: str) -> dict[str, str]:
    """The fields of NAMES, type and level when the unit of ``version`` becomes “kind place”."""
    old_kind, old_place = kind_and_place(version.short_name)
    fields = names_of(version)
    level = _level(kind, version)
    if spoken(place) == spoken(old_place):
        place = old_place  # as the catalogue spells it
        if kind == old_kind:
            return fields
    if level == version.level:
        for name in NAMES:
            fields[name] = _renamed(fields[name], old_kind, old_place, kind, place)
    else:
        body = f"{KINDS[kind].committee} {place}"
        fields |= {"name": body, "issuer_name": body, "header_issuer": body}
    fields["short_name"] = f"{kind.capitalize()} {place}"
    fields["place_name"] = fields["short_name"] if place[0].isdigit() else place
    if place not in fields["name"]:
        fields["name"] = f"{KINDS[kind].committee} {place}"
    return fields | {"type": _type(kind, level), "level": level}


def _renamed(text: str, old_kind: str, old_place: str, kind: str, place: str) -> str:
    """The text with the old kind and place, and the name of the committee, replaced."""
    if not old_kind:
        return text
    words = {old_kind: kind, KINDS[old_kind].committee.lower(): KINDS[kind].committee}
    known = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    named = re.compile(rf"\b({known})\s+{re.escape(old_place)}(?!\w)", re.IGNORECASE)
    text = named.sub(lambda found: _as(found[0], f"{words[found[1].lower()]} {place}"), text)
    return text if kind == old_kind else text.replace(KINDS[old_kind].committee, KINDS[kind].committee)


def _as(old: str, new: str) -> str:
    """With a capital where the old words had one."""
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _level(kind: str, version: UnitVersion) -> UnitLevel:
    """“Thành phố” is a province's or a district's word: the level stays what it was."""
    if kind == "thành phố" and version.level == UnitLevel.DISTRICT:
        return UnitLevel.DISTRICT
    return KINDS[kind].level


def _type(kind: str, level: UnitLevel) -> UnitType:
    return UnitType.TOWN if kind == "thành phố" and level == UnitLevel.DISTRICT else KINDS[kind].type


def header_below(version: UnitVersion, old_above: UnitVersion | None, new_above) -> str:
    """The line of the body above on the papers, when that body becomes ``new_above`` (a Result or a version)."""
    text = version.header_superior
    if old_above is None or not text:
        return text
    old_kind, old_place = kind_and_place(old_above.short_name)
    kind, place = kind_and_place(new_above.short_name)
    return _renamed(text, old_kind, old_place, kind, place) if kind else text


def name_below(version: UnitVersion, old_above: UnitVersion | None, new_above) -> str:
    """What a body below would be called after its new body above, where its name has that of the old one."""
    if old_above is None:
        return version.name
    old_kind, old_place = kind_and_place(old_above.short_name)
    kind, place = kind_and_place(new_above.short_name)
    return _renamed(version.name, old_kind, old_place, kind, place) if kind else version.name


def rename_below(version: UnitVersion, name: str, old_above: UnitVersion, new_above) -> None:
    """Give a body below a new name: in every field that has the old one, or the name of the old body above."""
    old = version.name
    old_kind, old_place = kind_and_place(old_above.short_name)
    kind, place = kind_and_place(new_above.short_name)
    for field in ("name", "short_name", "issuer_name", "header_issuer"):
        text = getattr(version, field)
        after = name if text == old else _renamed(text, old_kind, old_place, kind, place) if kind else text
        setattr(version, field, after)


class Codes:
    """Codes for new units that nobody has yet."""

    def __init__(self):
        self.taken = set(Unit.objects.values_list("code", flat=True))

    def fresh(self, above: Unit | None, kind: str, place: str) -> str:
        """“an-binh-xa-phu-lam”, with a number where that is taken."""
        prefix = f"{above.code}-" if above else ""
        base = slugify_vi(f"{prefix}{kind} {place}", LONGEST_CODE - 4)
        code, number = base, 2
        while code in self.taken:
            code, number = f"{base}-{number}", number + 1
        self.taken.add(code)
        return code


def fill(result: Result, fields: dict[str, str]) -> None:
    """Put names, type and level into a result where it has none."""
    for name, value in fields.items():
        if not getattr(result, name):
            setattr(result, name, str(value))
