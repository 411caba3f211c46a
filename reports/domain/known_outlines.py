"""Locked versions of outlines, read once by each process: nothing in them changes any more."""

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from reports.domain.expressions import Expression, parse
from reports.models import Indicator, OutlineRule, OutlineSection, OutlineVersion

#: A portal has two or three in use at a time.
MOST_KEPT = 8
_kept: OrderedDict[tuple, "KnownOutline"] = OrderedDict()


@dataclass(frozen=True)
class KnownOutline:
    """One version: its indicators in order (groups loaded), its rules, its parts. Only to be read."""

    indicators: tuple[Indicator, ...]
    rules: tuple[OutlineRule, ...]
    sections: dict[str, OutlineSection]

    @cached_property
    def by_code(self) -> dict[str, Indicator]:
        """The indicators by code."""
        return {indicator.code: indicator for indicator in self.indicators}

    @cached_property
    def by_id(self) -> dict[int, Indicator]:
        """The indicators by id."""
        return {indicator.pk: indicator for indicator in self.indicators}

    @cached_property
    def expressions(self) -> dict[int, Expression]:
        """What each rule says, by its id."""
        return {rule.pk: parse(rule.expression) for rule in self.rules}


def known_outline(version: OutlineVersion) -> KnownOutline:
    """The content of a version; three queries for one that is not kept yet, or can still change."""
    if version.locked_at is None:
        return _read(version.pk)
    key = version.pk, version.locked_at
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _read(version.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def forget() -> None:
    """Read every version anew when it is asked for next."""
    _kept.clear()


def _read(version_id: int) -> KnownOutline:
    indicators = Indicator.objects.filter(version_id=version_id).select_related("group").order_by("order")
    rules = OutlineRule.objects.filter(indicator__version_id=version_id).order_by("pk")
    sections = OutlineSection.objects.filter(version_id=version_id).order_by("order")
    return KnownOutline(tuple(indicators), tuple(rules), {section.code: section for section in sections})
