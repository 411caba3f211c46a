"""Outlines as data: loading the default one, copying a version to change it."""

import tomllib
from pathlib import Path

from django.db import transaction

from models_dv import clock
from models_dv.domain.audit import record
from reports.models import (
    Indicator,
    IndicatorGroup,
    Outline,
    OutlineRule,
    OutlineSection,
    OutlineVersion,
)

DEFAULT_FILE = Path(__file__).resolve().parent.parent / "data" / "outline.toml"
DEFAULT_CODE = "cong-tac-dan-van"
DEFAULT_NAME = "Đề cương báo cáo công tác dân vận"
SECTION_FIELDS = ("code", "title", "hint", "visibility", "periods")


@transaction.atomic
def load_default_outline() -> OutlineVersion:
    """Create the default outline's first version from the shipped data; a second call changes nothing."""
    outline, _created = Outline.objects.get_or_create(code=DEFAULT_CODE, defaults={"name": DEFAULT_NAME})
    existing = outline.versions.order_by("number").first()
    if existing:
        return existing
    data = tomllib.loads(DEFAULT_FILE.read_text(encoding="utf-8"))
    version = OutlineVersion.objects.create(outline=outline, number=1, note="Bản đầu")
    _load_sections(version, data["sections"])
    _load_indicators(version, data)
    return version


def _load_sections(version, entries):
    parents = {entry["parent"] for entry in entries if "parent" in entry}
    sections = {}
    for order, entry in enumerate(entries, start=1):
        fields = {name: entry[name] for name in SECTION_FIELDS if name in entry}
        sections[entry["code"]] = OutlineSection.objects.create(
            version=version,
            parent=sections.get(entry.get("parent")),
            order=order,
            is_leaf=entry["code"] not in parents,
            **fields,
        )


def _load_indicators(version, data):
    groups = {
        code: IndicatorGroup(version=version, code=code, name=name, order=order)
        for order, (code, name) in enumerate(data["indicator_groups"].items(), start=1)
    }
    IndicatorGroup.objects.bulk_create(groups.values())
    indicators, rules = [], []
    for order, entry in enumerate(data["indicators"], start=1):
        numerator, denominator = entry.get("of", ("", ""))
        indicator = Indicator(
            version=version,
            group=groups[entry["code"][0]],
            code=entry["code"],
            name=entry["name"],
            unit_name=entry.get("unit", ""),
            kind=entry.get("kind", "integer"),
            op=entry["op"],
            numerator_code=numerator,
            denominator_code=denominator,
            expression=entry.get("expr", ""),
            levels=",".join(entry.get("levels", [])),
            visibility=entry.get("visibility", "public_candidate"),
            attested=entry.get("attested", False),
            definition=entry.get("definition", ""),
            order=order,
        )
        indicators.append(indicator)
        rules += [(indicator, rule) for rule in entry.get("rules", [])]
    Indicator.objects.bulk_create(indicators)
    OutlineRule.objects.bulk_create(
        OutlineRule(
            indicator=indicator,
            level=rule["level"],
            expression=rule["expr"],
            say=rule.get("say", ""),
            scope=rule.get("on", "own"),
        )
        for indicator, rule in rules
    )


def lock(version) -> None:
    """Freeze a version the first time a round opens with it."""
    OutlineVersion.objects.filter(pk=version.pk, locked_at__isnull=True).update(locked_at=clock.now())


@transaction.atomic
def copy_version(version, *, actor) -> OutlineVersion:
    """A new, unlocked version with the same content, for an administrator to change."""
    last = version.outline.versions.order_by("-number").first()
    copy = OutlineVersion.objects.create(
        outline=version.outline, number=last.number + 1, note=f"Sao từ phiên bản {version.number}"
    )
    sections = {}
    for section in version.sections.order_by("order"):
        old = section.pk
        section.pk = None
        section.version = copy
        section.parent = sections.get(section.parent_id)
        section.save()
        sections[old] = section
    groups = {}
    for group in version.groups.all():
        old = group.pk
        group.pk = None
        group.version = copy
        group.save()
        groups[old] = group
    for indicator in version.indicators.prefetch_related("rules"):
        rules = list(indicator.rules.all())
        indicator.pk = None
        indicator.version = copy
        indicator.group = groups[indicator.group_id]
        indicator.save()
        for rule in rules:
            rule.pk = None
            rule.indicator = indicator
            rule.save()
    record(actor=actor, action="Tạo phiên bản đề cương", obj=copy, after={"từ phiên bản": version.number})
    return copy
