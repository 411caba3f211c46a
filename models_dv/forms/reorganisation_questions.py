"""What a plan leaves open, as questions with choices; the answers go to ``domain.reorganisation.settling``."""

from dataclasses import dataclass, field

from models_dv.domain.reorganisation.checking import hanging, successor_numbers
from models_dv.domain.reorganisation.listing import Extent
from models_dv.domain.reorganisation.plan import Change, Plan
from models_dv.domain.reorganisation.proposing import Frame
from models_dv.domain.reorganisation.settling import DROP, NEW, TOP
from models_dv.forms.admin_units import unit_label, units_with_names
from models_dv.models import UnitVersion

EXTENT_WORDS = {
    Extent.WHOLE: "toàn bộ",
    Extent.PART: "một phần",
    Extent.REST: "phần còn lại",
    Extent.UNCLEAR: "?",
}
NOTHING = ("", "— Chọn —")


@dataclass(frozen=True)
class Question:
    """One choice to make: ``options`` are (value, words); without them a box to tick."""

    name: str
    text: str
    options: list[tuple[str, str]] = field(default_factory=list)
    chosen: str = ""
    change: int | None = None


@dataclass
class Asked:
    """The questions of one change, with its clause and words."""

    number: int
    change: Change
    questions: list[Question] = field(default_factory=list)


class Labels(dict):
    """{unit: its label}, of every unit a plan names, in a few queries."""

    def __init__(self, plan: Plan, *more: int | None):
        ids = {
            unit
            for change in plan.changes
            for source in change.sources
            for unit in (source.unit, *source.choices)
        }
        for change in plan.changes:
            ids |= {change.result.unit, change.result.parent, *change.result.choices}
        units = units_with_names().filter(pk__in=(ids | set(more)) - {None})
        super().__init__((unit.pk, unit_label(unit)) for unit in units)

    def __missing__(self, unit_id):
        return "–" if unit_id is None else f"(đơn vị {unit_id} không còn)"


def questions(plan: Plan, frame: Frame, labels: Labels) -> list[Asked]:
    """What has to be chosen before the plan can be carried out, change by change."""
    parents = _parents(plan, frame)
    labels.update(Labels(Plan(), *(parent for found in parents.values() for parent in found)))
    found = []
    for number, change in enumerate(plan.changes):
        asked = Asked(number, change)
        for place, source in enumerate(change.sources):
            asked.questions += _of_source(number, place, source, labels)
        if change.result.problem:
            asked.questions.append(_of_result(number, change, labels))
        if change.doubt:
            asked.questions.append(Question(f"sure-{number}", change.doubt, change=number))
        if not asked.questions and change.result.parent is None and not change.result.is_root:
            asked.questions.append(_of_parent(number, change, parents.get(number, []), frame, labels))
        if asked.questions:
            found.append(asked)
    return found


def _of_source(number: int, place: int, source, labels: Labels) -> list[Question]:
    found = []
    if source.unit is None:
        options = [NOTHING, *((str(unit), labels[unit]) for unit in source.choices)]
        options.append((DROP, "Bỏ đơn vị này khỏi phương án"))
        found.append(
            Question(f"unit-{number}-{place}", f"{source.words}: {source.problem}", options, change=number)
        )
    if source.extent == Extent.UNCLEAR:
        words = [NOTHING, *((extent, words) for extent, words in EXTENT_WORDS.items() if extent)]
        said = f"{source.words}: văn bản không nói rõ lấy toàn bộ hay một phần."
        found.append(Question(f"extent-{number}-{place}", said, words, change=number))
    return found


def _of_result(number: int, change: Change, labels: Labels) -> Question:
    options = [
        NOTHING,
        *((str(unit), labels[unit]) for unit in change.result.choices),
        (NEW, "Lập đơn vị mới"),
    ]
    return Question(
        f"result-{number}", f"{change.result.words}: {change.result.problem}", options, change=number
    )


def _of_parent(number: int, change: Change, parents: list, frame: Frame, labels: Labels) -> Question:
    ids = dict.fromkeys([*parents, frame.scope.pk if frame.scope else None])
    options = [
        NOTHING,
        *((str(unit), labels[unit]) for unit in ids if unit),
        (TOP, "Không có đơn vị cấp trên"),
    ]
    text = f"{change.result.name or change.result.words} thuộc đơn vị nào? Các đơn vị cũ thuộc nhiều nơi."
    return Question(f"parent-{number}", text, options, change=number)


def _parents(plan: Plan, frame: Frame) -> dict[int, list[int]]:
    """{number of a change without a body above: the bodies above its sources}."""
    wanted = {
        number: [source.unit for source in change.sources if source.unit]
        for number, change in enumerate(plan.changes)
        if change.result.parent is None and not change.result.is_root
    }
    units = {unit for of_change in wanted.values() for unit in of_change}
    rows = UnitVersion.objects.as_of(frame.eve).filter(unit__in=units, parent__isnull=False)
    above = dict(rows.values_list("unit", "parent"))
    return {
        number: list(dict.fromkeys([above[unit] for unit in of_change if unit in above]))
        for number, of_change in wanted.items()
    }


def questions_of_parts(plan: Plan, labels: Labels) -> list[Question]:
    """Whether units of which only parts are taken stay."""
    options = [("0", "Giữ lại, chỉ bớt phần đã nhập"), ("1", "Kết thúc")]
    return [
        Question(f"ends-{unit}", labels[unit], options, "1" if plan.ends.get(unit) else "0")
        for unit in sorted(plan.taken_in_parts(), key=lambda unit: labels[unit])
    ]


def questions_of_heirs(plan: Plan, frame: Frame) -> list[Question]:
    """Under which result the units below a divided one go."""
    found = []
    for parent, rows in hanging(plan, frame).items():
        numbers = successor_numbers(plan, parent)
        if len(numbers) < 2:
            continue
        options = [NOTHING, *((str(number), plan.changes[number].result.name) for number in numbers)]
        found += [
            Question(f"heir-{row.unit_id}", row.name, options, str(plan.heirs.get(row.unit_id, "")))
            for row in rows
        ]
    return found
