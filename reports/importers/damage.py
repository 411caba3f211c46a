"""What the text doctor says of imported texts: which words look damaged, mended only where a person says so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from models_dv.vietnamese.text_doctor import examine

BESIDE = 24


@dataclass
class Damage:
    """One word and what it probably was: how often it is found, and once with what stands around it."""

    found: str
    suggested: str
    count: int
    before: str
    after: str

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.found}→{self.suggested}"


def damage_of(texts: Iterable[str]) -> list[Damage]:
    """The words of the texts that look damaged, the most frequent first."""
    known: dict[tuple[str, str], Damage] = {}
    for text in texts:
        for hint in examine(text):
            pair = hint.found, hint.suggested
            if pair in known:
                known[pair].count += 1
                continue
            before = text[max(0, hint.start - BESIDE) : hint.start].rpartition("\n")[2]
            after = text[hint.end : hint.end + BESIDE].partition("\n")[0]
            known[pair] = Damage(*pair, 1, before, after)
    return sorted(known.values(), key=lambda damage: (-damage.count, damage.found))


def mended(text: str, chosen: Collection[str]) -> str:
    """The text with the chosen words (keys of ``Damage``) put right, each where the doctor found it."""
    for hint in reversed(examine(text)):
        if f"{hint.found}→{hint.suggested}" in chosen:
            text = text[: hint.start] + hint.suggested + text[hint.end :]
    return text
