"""A pasted text cut into sentences with their clause numbers; hard line ends and lost ones are mended."""

import re
from dataclasses import dataclass

from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.letters import CAPITALS

_LABEL = r"(?:Điều\s+\d{1,3}[.:]|\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\))"
_AT_START = re.compile(rf"\s*[-–+•*]?\s*({_LABEL})\s+")
#: A clause number that lost its line: “… Tân Hòa. 59. Sắp xếp …”.
_LOST_LINE = re.compile(rf"(?<=[.;:])\s+(?={_LABEL}\s+[{CAPITALS}])")
#: A sentence ends before a capital, but not after an abbreviation (TP. Huế) or a number.
_SENTENCE = re.compile(rf"(?<=[.;])(?<!\bTP\.)(?<!\bTX\.)(?<!\bTT\.)(?<!\b[{CAPITALS}]\.)\s+(?=[{CAPITALS}])")
_VERBS = "nhập|sáp nhập|hợp nhất|sắp xếp|thành lập|điều chỉnh|chuyển|đổi tên|chia|tách"
#: A line that begins an act of its own, whether or not the one before ended with a stop.
_NEW_ACT = re.compile(rf"(?:{'|'.join(verb.capitalize() for verb in _VERBS.split('|'))})\b")
_NEXT_ACT = re.compile(rf";\s+(?:và\s+)?(?=(?:{_VERBS})\b)", re.IGNORECASE)
_ENDS = (".", ";", ":")


@dataclass(frozen=True)
class Sentence:
    """One sentence; ``label`` is the clause it stands in: “1”, “2 a”."""

    label: str
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text in their order."""
    found, number = [], ""
    for line in _lines(text):
        labelled = _AT_START.match(line)
        letter = ""
        if labelled:
            label = labelled[1].rstrip(".):")
            line = line[labelled.end() :]
            if label.isalpha() and len(label) == 1:
                letter = f" {label}"
            else:
                number = "" if label.startswith("Điều") else label
        for part in _SENTENCE.split(line):
            for act in _NEXT_ACT.split(part):
                if act.strip(" .;"):
                    found.append(Sentence(f"{number}{letter}".strip(), act.strip(" .;")))
    return found


def _lines(text: str) -> list[str]:
    """Lines that each begin a clause or a paragraph: one that goes on in the next line is joined to it."""
    lines: list[str] = []
    for raw in _LOST_LINE.sub("\n", normalize(text)).split("\n"):
        line = " ".join(raw.split())
        if not line:
            lines.append("")
        elif lines and _goes_on(lines[-1], line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [line for line in lines if line]


def _goes_on(line: str, following: str) -> bool:
    begins = _AT_START.match(following) or _NEW_ACT.match(following)
    return bool(line) and not line.endswith(_ENDS) and not begins
