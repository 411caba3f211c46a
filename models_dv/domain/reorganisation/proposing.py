"""From the text of a resolution, or from units chosen by hand, to a plan with everything open named."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import Truncator

from models_dv.domain.reorganisation.kinds import kind_and_place
from models_dv.domain.reorganisation.listing import Extent, Named
from models_dv.domain.reorganisation.matching import Gazetteer, Match
from models_dv.domain.reorganisation.naming import Codes, fill, names_after, names_of
from models_dv.domain.reorganisation.plan import ONE_UNIT, Change, Plan, Result, Source
from models_dv.domain.reorganisation.reading import Clause, Verb, read_resolution
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.dates import format_date

#: Letters of a sentence that a warning quotes.
LONGEST_QUOTE = 160
LEVEL_CHANGES = "Đổi cấp: sau khi áp dụng, sửa ký hiệu và cách ký ở trang của đơn vị."


@dataclass(frozen=True)
class Frame:
    """Where and when: the unit within which names are looked up, and the day from which the change holds.

    ``under_scope``: new units stand right under the scope, not under the body above their predecessors.
    """

    scope: Unit | None
    on: date
    under_scope: bool = False

    @property
    def eve(self) -> date:
        """The last day of the old order."""
        return self.on - timedelta(days=1)


def propose(text: str, frame: Frame) -> Plan:
    """What the text says, as a plan; what it leaves open stands in ``problem``, ``doubt`` and ``unread``."""
    reading = read_resolution(text)
    proposer = _Proposer(frame)
    plan = Plan(unread=[[sentence.label, sentence.text] for sentence in reading.unread])
    for clause in reading.clauses:
        proposer.add(clause, plan)
    proposer.ask_about_names(plan)
    if reading.in_force_on and reading.in_force_on != frame.on:
        plan.note = (
            f"Văn bản ghi có hiệu lực từ {format_date(reading.in_force_on)}, khác với ngày đã nhập "
            f"{format_date(frame.on)}. Kiểm tra lại ngày."
        )
    complete(plan, frame)
    return plan


class _Proposer:
    """Turns clauses into changes."""

    def __init__(self, frame: Frame):
        self.names = Gazetteer(frame.scope, frame.eve)

    def add(self, clause: Clause, plan: Plan) -> None:
        sources = [self._source(named) for named in clause.sources]
        if clause.verb == Verb.SPLIT:
            for named in clause.results:
                part = [_part_of(one) for one in sources]
                plan.changes.append(self._change(clause, part, Result(f"{named.kind} {named.name}")))
                plan.ends |= {one.unit: True for one in part if one.unit}
            return
        if clause.verb == Verb.DIVIDE:
            for named in clause.results:
                part = [_part_of(one) for one in sources]
                plan.changes.append(self._change(clause, part, self._standing(named, named)))
            plan.ends |= {one.unit: True for one in sources if one.unit and one.extent == Extent.WHOLE}
            return
        if clause.verb == Verb.INTO:
            result = self._standing(clause.results[0], clause.results[-1])
        elif clause.verb == Verb.RENAME or _is_one_whole(sources):
            result = self._same(clause.results[0], sources[0])
        else:
            result = Result(f"{clause.results[0].kind} {clause.results[0].name}")
        plan.changes.append(self._change(clause, sources, result))

    def _change(self, clause: Clause, sources: list[Source], result: Result) -> Change:
        change = Change(result, sources, clause.label, clause.text)
        if clause.strange:
            words = ", ".join(f"“{word}”" for word in clause.strange)
            said = Truncator(clause.text).chars(LONGEST_QUOTE)
            change.doubt = f"Đọc chưa chắc câu “{said}”: chưa hiểu {words}. So với nguyên văn."
        if clause.verb == Verb.FORM and not result.is_new:
            change.note = ONE_UNIT
        if result.is_new and any((one.words, one.extent) == (result.words, Extent.WHOLE) for one in sources):
            change.note = "Trùng tên một đơn vị nhập vào: lập đơn vị mới, đơn vị cũ kết thúc."
        return change

    def _source(self, named: Named) -> Source:
        match = self.names.find(named)
        problem = match.problem
        if not problem and named.extent == Extent.UNCLEAR:
            problem = "Văn bản không nói rõ lấy toàn bộ hay một phần. Chọn một."
        return Source(str(named), match.unit, named.extent, problem, list(match.choices))

    def _standing(self, named: Named, called: Named) -> Result:
        """A unit that takes others in, perhaps under a new name."""
        match: Match = self.names.find(named)
        return Result(
            f"{called.kind} {called.name}",
            match.unit,
            is_new=False,
            keeps_name=called is named,
            problem=match.problem,
            choices=list(match.choices),
        )

    def _same(self, named: Named, source: Source) -> Result:
        """The one source, under another name or kind."""
        return Result(f"{named.kind} {named.name}", source.unit, False)

    def ask_about_names(self, plan: Plan) -> None:
        """A new unit under the name of one that goes on standing: is it that one?"""
        gone = plan.ended()
        for change in plan.changes:
            result = change.result
            if result.is_new:
                kind, place = kind_and_place(result.words)
                result.choices = [unit for unit in self.names.standing(kind, place) if unit not in gone]
            if result.is_new and result.choices:
                result.problem = f"Đã có “{result.words}” và đơn vị đó còn. Giữ đơn vị đó hay lập đơn vị mới?"


def _part_of(source: Source) -> Source:
    return Source(source.words, source.unit, Extent.PART, source.problem, list(source.choices))


def _is_one_whole(sources: list[Source]) -> bool:
    return len(sources) == 1 and sources[0].extent == Extent.WHOLE


# --- filling in what follows from what is known ------------------------------------------------------------


def complete(plan: Plan, frame: Frame) -> None:
    """Fill in names, kind, code and the body above of results where the units they come from are known.

    Only what is empty is filled in: what a person wrote stays.
    """
    wanted = {source.unit for change in plan.changes for source in change.sources} | plan.kept()
    versions = UnitVersion.objects.as_of(frame.eve).filter(unit__in=wanted - {None}).select_related("parent")
    by_unit = {version.unit_id: version for version in versions}
    codes = Codes()
    for change in plan.changes:
        _complete_one(change, by_unit, codes, frame)
    for unit in plan.taken_in_parts():
        plan.ends.setdefault(unit, False)


def _complete_one(change: Change, versions: dict[int, UnitVersion], codes: Codes, frame: Frame) -> None:
    result = change.result
    main = versions.get(main_source(change, versions) or 0)
    if main is None or not (result.is_new or result.unit):
        return
    kind, place = kind_and_place(result.words)
    if result.keeps_name:
        fill(result, names_of(main))
    elif kind:
        fill(result, names_after(main, kind, place))
    if result.level and result.level != main.level and LEVEL_CHANGES not in change.note:
        change.note = f"{change.note} {LEVEL_CHANGES}".strip()
    if kind and result.is_new and not result.code:
        result.code = codes.fresh(frame.scope, kind, place)
    if result.parent is None and not result.is_root:
        _set_parent(change, versions, main, frame)


def main_source(change: Change, versions: dict[int, UnitVersion]) -> int | None:
    """The unit whose way of signing and names the result takes over: itself, its namesake, the first whole one."""
    if change.result.unit is not None:
        return change.result.unit
    known = [source for source in change.sources if source.unit in versions]
    namesakes = [one for one in known if versions[one.unit].short_name.lower() == change.result.words.lower()]
    whole = [one for one in known if one.extent == Extent.WHOLE]
    return next((one.unit for one in (*namesakes, *whole, *known)), None)


def _set_parent(change: Change, versions, main: UnitVersion, frame: Frame) -> None:
    """The body above: the scope where that was asked for, else what all the sources have in common."""
    result = change.result
    if result.is_new and frame.under_scope:
        result.parent, result.is_root = (frame.scope.pk, False) if frame.scope else (None, True)
        return
    units = [source.unit for source in change.sources] if result.is_new else [result.unit]
    above = {versions[unit].parent_id for unit in units if unit in versions}
    if len(above) == 1 and all(unit in versions for unit in units):
        (result.parent,) = above
        result.is_root = result.parent is None
