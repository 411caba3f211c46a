"""A person's answers to what a plan leaves open, and the acts on its list of changes."""

from collections.abc import Mapping

from models_dv.domain.reorganisation.listing import Extent
from models_dv.domain.reorganisation.plan import ONE_UNIT, Change, Plan, Result

DROP = "drop"
NEW = "new"
TOP = "top"


def settle(plan: Plan, answers: Mapping[str, str]) -> None:
    """Take over answers; what was left empty stays open, what was not offered is passed over.

    Keys: ``unit-2-0`` a unit of the choices (or DROP) and ``extent-2-0`` for source 0 of change 2;
    ``result-2`` a unit of the choices or NEW; ``parent-2`` a unit or TOP; ``sure-2`` the doubt is confirmed;
    ``ends-17`` “1” or “0” for unit 17; ``heir-17`` the number of the change that unit 17 goes under.
    """
    for number, change in enumerate(plan.changes):
        _settle_sources(change, number, answers)
        _settle_result(change, number, answers)
    for unit in plan.taken_in_parts():
        if answers.get(f"ends-{unit}") in ("0", "1"):
            plan.ends[unit] = answers[f"ends-{unit}"] == "1"
    for key, value in answers.items():
        word, _, unit = key.partition("-")
        if word == "heir" and unit.isdecimal() and value.isdecimal() and int(value) < len(plan.changes):
            plan.heirs[int(unit)] = int(value)


def _settle_sources(change: Change, number: int, answers: Mapping[str, str]) -> None:
    kept = []
    for place, source in enumerate(change.sources):
        unit = answers.get(f"unit-{number}-{place}", "")
        extent = answers.get(f"extent-{number}-{place}", "")
        if unit == DROP:
            continue
        if unit.isdecimal() and int(unit) in source.choices:
            source.unit = int(unit)
        if extent and extent in set(Extent):
            source.extent = extent
            _keep_the_one(change)
        if source.is_settled:
            source.problem = ""
        kept.append(source)
    change.sources = kept


def _keep_the_one(change: Change) -> None:
    """One unit alone, all of it: it goes on, under another name or kind (domain.md §1)."""
    result, sources = change.result, change.sources
    if result.is_new and len(sources) == 1 and sources[0].is_settled and sources[0].extent == Extent.WHOLE:
        change.result = Result(result.words, sources[0].unit, False)
        change.note = ONE_UNIT


def _settle_result(change: Change, number: int, answers: Mapping[str, str]) -> None:
    result = change.result
    chosen = answers.get(f"result-{number}", "")
    if chosen == NEW and result.problem:
        result.is_new, result.unit, result.keeps_name, result.problem = True, None, False, ""
    elif chosen.isdecimal() and int(chosen) in result.choices:
        result.is_new, result.unit, result.problem = False, int(chosen), ""
    parent = answers.get(f"parent-{number}", "")
    if parent == TOP:
        result.parent, result.is_root = None, True
    elif parent.isdecimal():
        result.parent, result.is_root = int(parent), False
    if answers.get(f"sure-{number}"):
        change.doubt = ""


def drop_change(plan: Plan, number: int) -> None:
    """Take a change out; choices that name changes by their number move up."""
    if not 0 <= number < len(plan.changes):
        return
    del plan.changes[number]
    plan.heirs = {unit: at - (at > number) for unit, at in plan.heirs.items() if at != number}


def drop_unread(plan: Plan, place: int) -> None:
    """A sentence that was not understood has been dealt with."""
    if 0 <= place < len(plan.unread):
        del plan.unread[place]


def put_change(plan: Plan, number: int | None, change: Change) -> None:
    """Put a change in the place of another, or at the end."""
    if number is None or not 0 <= number < len(plan.changes):
        plan.changes.append(change)
    else:
        plan.changes[number] = change
