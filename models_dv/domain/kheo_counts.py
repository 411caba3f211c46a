"""What the registry of one unit says of the figures K0 – K9 of a report, and the models behind each number.

A count is of one window (both days belong to it) and of the unit's own registry together with those of the
whole units that had gone on in it by the window's last day; those of a divided unit are nobody's. What stands
(K3 – K5) is counted on the window's last day, what happened within it. Models and examples (mô hình, điển hình)
count alike except where they are told apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Q, Subquery, Sum

from models_dv.enums import AwardKind, FactKind, KheoField, KheoKind
from models_dv.models import DanVanKheo
from models_dv.models.dan_van_kheo import facts_of
from models_dv.scopes import lines_of


@dataclass(frozen=True)
class Window:
    """From the first to the last day, both included."""

    since: date
    until: date


@dataclass(frozen=True)
class Rule:
    """How one number is counted: ``rule`` says so in words, ``holds`` is the condition on the model's marks."""

    rule: str
    holds: Q
    fact: FactKind
    is_standing: bool = False


#: What is asked of each model; the conditions below are about these.
MARKS: dict[str, Callable[[Window], Exists]] = {
    "launched_in": lambda w: Exists(facts_of(FactKind.LAUNCHED, w.since, w.until)),
    "registered_in": lambda w: Exists(facts_of(FactKind.REGISTERED, w.since, w.until)),
    "effective_in": lambda w: Exists(facts_of(FactKind.EFFECTIVE, w.since, w.until)),
    "stopped_in": lambda w: Exists(facts_of(FactKind.STOPPED, w.since, w.until)),
    "launched_by": lambda w: Exists(facts_of(FactKind.LAUNCHED, None, w.until)),
    "stopped_by": lambda w: Exists(facts_of(FactKind.STOPPED, None, w.until)),
    "typical_by": lambda w: Exists(facts_of(FactKind.TYPICAL, None, w.until)),
}
STANDING = Q(launched_by=True, stopped_by=False)


def _standing(rule: str, fact: FactKind = FactKind.LAUNCHED, **more) -> Rule:
    return Rule(rule, STANDING & Q(**more), fact, is_standing=True)


RULES = {
    "K0": Rule("ra mắt trong kỳ", Q(launched_in=True), FactKind.LAUNCHED),
    "K1": Rule("đăng ký trong kỳ", Q(registered_in=True), FactKind.REGISTERED),
    "K2": Rule("ghi “Đạt hiệu quả” trong kỳ", Q(effective_in=True), FactKind.EFFECTIVE),
    "K3a": _standing("là mô hình, đã ra mắt và chưa dừng đến hết kỳ", kind=KheoKind.MODEL),
    "K3b": _standing("là điển hình, đã ra mắt và chưa dừng đến hết kỳ", kind=KheoKind.EXAMPLE),
    "K4": _standing("ghi “Tiêu biểu”, đã ra mắt và chưa dừng đến hết kỳ", FactKind.TYPICAL, typical_by=True),
    "K5a": _standing("đang duy trì đến hết kỳ, lĩnh vực kinh tế", field=KheoField.ECONOMY),
    "K5b": _standing("đang duy trì đến hết kỳ, lĩnh vực văn hoá – xã hội", field=KheoField.CULTURE),
    "K5c": _standing("đang duy trì đến hết kỳ, lĩnh vực quốc phòng – an ninh", field=KheoField.SECURITY),
    "K5d": _standing(
        "đang duy trì đến hết kỳ, lĩnh vực xây dựng hệ thống chính trị", field=KheoField.POLITICS
    ),
    "K6": Rule(
        "nhân rộng từ mô hình khác và ra mắt trong kỳ",
        Q(launched_in=True, origin__isnull=False),
        FactKind.LAUNCHED,
    ),
    "K7": Rule("ghi “Dừng hoạt động” trong kỳ", Q(stopped_in=True), FactKind.STOPPED),
}
#: Counted by awards, not by models.
AWARDS = {
    "K8": ("bằng khen ghi trong kỳ", AwardKind.MERIT),
    "K9": ("giấy khen ghi trong kỳ", AwardKind.PRAISE),
}
CODES = (*RULES, *AWARDS)


def registry_of(unit_id: int, until: date):
    """Models of the unit, and of the whole units that had gone on in it by the day."""
    return DanVanKheo.objects.filter(unit__in=lines_of([unit_id], until))


def counts(unit_id: int, window: Window) -> dict[str, int]:
    """The number of every code of ``CODES``, in one query; {} where the unit's registry holds nothing."""
    models = _marked(registry_of(unit_id, window.until), window)
    awards = {f"{code}_of": _how_many(_awards(window, kind)) for code, (_rule, kind) in AWARDS.items()}
    numbers = {code: Count("pk", filter=rule.holds) for code, rule in RULES.items()}
    numbers |= {code: Sum(f"{code}_of") for code in AWARDS}
    found = models.annotate(**awards).aggregate(all=Count("pk"), **numbers)
    return {code: found[code] or 0 for code in CODES} if found["all"] else {}


def rule_of(code: str) -> str:
    """How the number of a code is counted, in words."""
    return AWARDS[code][0] if code in AWARDS else RULES[code].rule


def behind(code: str, unit_id: int, window: Window):
    """The models behind the number of a code, newest first, with ``counted_on`` and ``counted_year_only``.

    Of K8 and K9 also ``awards``: how many of the model are counted.
    """
    models = registry_of(unit_id, window.until)
    if code in AWARDS:
        of_model = _awards(window, AWARDS[code][1])
        models = models.filter(Exists(of_model)).annotate(awards=_how_many(of_model))
    else:
        rule = RULES[code]
        models = _marked(models, window).filter(rule.holds)
        of_model = facts_of(rule.fact, None if rule.is_standing else window.since, window.until)
    first = of_model.order_by("on", "pk")
    return models.annotate(
        counted_on=Subquery(first.values("on")[:1]), counted_year_only=Subquery(first.values("year_only")[:1])
    ).order_by("-counted_on", "-pk")


def _marked(models, window: Window):
    return models.annotate(**{name: condition(window) for name, condition in MARKS.items()})


def _awards(window: Window, kind: str):
    """Awards of the outer row."""
    return facts_of(FactKind.AWARDED, window.since, window.until).filter(award_kind=kind)


def _how_many(facts):
    counted = facts.order_by().values("model").annotate(count=Count("pk"))
    return Subquery(counted.values("count"))
