"""The edges old → new: mended where the converter mixed up two units of one name, compared with the notes."""

from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from . import notes
from .sources import Sources

ALIKE = 0.75


@dataclass(frozen=True, order=True)
class Difference:
    """One line of differences.csv."""

    kind: str
    new: str
    old: str
    detail: str


def mended(sources: Sources) -> tuple[dict[tuple[str, str], str], list[Difference]]:
    """The edges without the converter's mix-ups, and what was changed.

    Where two old units of the same name and type lie in what is now one province, the converter gives
    both to both new ones, each as a part. The note names the unit once: the new one gets the old one
    of the district (else of the province) that its other predecessors come from. An old unit that then
    has one successor left goes there as a whole, unless the note says “part”.
    """
    edges, found = dict(sources.edges), []
    by_new = _by_new(edges)
    for new, olds in by_new.items():
        groups = _namesakes(sources, olds)
        sure = [old for old in olds if not any(old in group for group in groups)]
        for group in groups:
            if all(edges[old, new] == "whole" for old in group):
                continue
            home = _of_here(sources, group, sure)
            for old in group:
                if old != home:
                    del edges[old, new]
                    found.append(
                        _difference(sources, "namesake", new, old, "not a predecessor; converter had a part")
                    )
    changed = {line.old for line in found} | {old for old, _new in edges}
    for old in sorted(changed):
        news = [new for one, new in edges if one == old]
        if len(news) == 1 and edges[old, news[0]] == "part":
            edges[old, news[0]] = "whole"
            found.append(_difference(sources, "namesake", news[0], old, "whole; converter had a part"))
    return edges, found


def compared(sources: Sources, edges: dict[tuple[str, str], str]) -> list[Difference]:
    """Where the note of a new unit and its edges do not say the same."""
    found = []
    for new, olds in sorted(_by_new(edges).items()):
        note = sources.notes[new]
        if notes.is_unchanged(note):
            if len(olds) != 1 or edges[olds[0], new] != "whole":
                found.append(Difference("only in the edges", new, "", "the note says “unchanged”"))
            continue
        named = notes.predecessors(note)
        if not named:
            found.append(Difference("note without names", new, "", f"{len(olds)} predecessors in the edges"))
            continue
        found += _compared(sources, edges, new, olds, named)
    return found


def _compared(sources, edges, new, olds, named) -> list[Difference]:
    found, open_olds, open_names = [], [], list(named)
    for old in olds:
        same = [one for one in open_names if notes.key(one.name) == notes.key(sources.old_communes[old].name)]
        if not same:
            open_olds.append(old)
            continue
        one = next((one for one in same if one.extent == edges[old, new]), same[0])
        open_names.remove(one)
        found += _extents(sources, new, old, edges[old, new], one.extent)
    for old in list(open_olds):
        name = notes.key(sources.old_communes[old].name)
        near = [
            one for one in open_names if SequenceMatcher(None, name, notes.key(one.name)).ratio() >= ALIKE
        ]
        if near:
            open_olds.remove(old)
            open_names.remove(near[0])
            found.append(_difference(sources, "spelling", new, old, f"note: {near[0].name}"))
            found += _extents(sources, new, old, edges[old, new], near[0].extent)
    kind = "only in the edges"
    if notes.is_cut_off(sources.notes[new]):
        kind = "after the end of a note cut off"
        rest = [notes.key(sources.old_communes[old].name) for old in open_olds]
        open_names = [
            one for one in open_names if not any(name.startswith(notes.key(one.name)) for name in rest)
        ]
    found += [_difference(sources, kind, new, old, edges[old, new]) for old in open_olds]
    return found + [
        Difference("only in the note", new, "", f"{one.name} ({one.extent})") for one in open_names
    ]


def _extents(sources, new, old, edge: str, note: str) -> list[Difference]:
    if note in (edge, "unclear"):
        return []
    return [_difference(sources, f"{edge} in the edges, {note} in the note", new, old, "")]


def _difference(sources: Sources, kind: str, new: str, old: str, detail: str) -> Difference:
    place = sources.old_communes[old]
    district = sources.old_districts[place.above]
    where = f"{place.label}, {district.label}"
    return Difference(kind, new, old, f"{where}: {detail}" if detail else where)


def _by_new(edges) -> dict[str, list[str]]:
    by_new = defaultdict(list)
    for old, new in sorted(edges):
        by_new[new].append(old)
    return by_new


def _namesakes(sources: Sources, olds: list[str]) -> list[list[str]]:
    groups = defaultdict(list)
    for old in olds:
        groups[sources.old_communes[old].label].append(old)
    return [group for group in groups.values() if len(group) > 1]


def _of_here(sources: Sources, group: list[str], others: list[str]) -> str:
    """The one unit of the group that lies where the other predecessors lie."""
    for place_of in (_district, _province):
        here = {place_of(sources, old) for old in others}
        inside = [old for old in group if place_of(sources, old) in here]
        if len(inside) == 1:
            return inside[0]
    raise SystemExit(f"Cannot tell which of {group} is meant.")


def _district(sources: Sources, old: str) -> str:
    return sources.old_communes[old].above


def _province(sources: Sources, old: str) -> str:
    return sources.old_districts[sources.old_communes[old].above].above
