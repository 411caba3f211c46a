"""Numbers typed in the text that differ from the table: “Phần lời ghi 41, phụ lục ghi 43”.

Only what is nearly certain is said, as a warning: the number stands right before the indicator's unit, every
telling word of the indicator's name stands around it, no other indicator is meant as well, and nothing says that
another period, another place, a change or a plan is spoken of. What is missed costs little; a false alarm costs
the trust in all the others.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models_dv.vietnamese.letters import CAPITALS
from models_dv.vietnamese.numbers import NumberError, parse_number
from reports.domain.consolidation import Total
from reports.domain.figure_codes import value_words
from reports.enums import IndicatorKind, IndicatorOp
from reports.models import Indicator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SENTENCE = "Phần lời ghi {typed}, phụ lục ghi {stored}"

_NUMBER = re.compile(
    r"(?<![\w.,/{:-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,3}))?(?!(?!m[2²]\b)[\w/}:]|[.,]\d|-\d)"
)
_WORD = re.compile(r"[^\W\d_]+")
#: A sentence, or a line of a list, ends.
_END = re.compile(r"[.;\n](?=\s|$)|\n")
_SCALE = re.compile(r"\s*(nghìn|ngàn|triệu|tỷ|tỉ)(?: đồng)?(?![^\W\d_])", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+((?:19|20)\d\d)", re.IGNORECASE)
#: Words right before a number that make it a change, a rank, a day, a bound.
_NOT_A_COUNT_AFTER = _words(
    "tăng giảm thêm vượt từ lên xuống dưới mỗi thứ số ngày tháng năm quý khoá khóa điều khoản nhất thiểu đa "
    "gần hơn trên khoảng ước quân bình tầm ngót chừng lớp hạng cấp lần"
)
#: What is spoken of is not this period, not the whole body, or not done.
_ELSEWHERE = re.compile(
    r"cùng kỳ|kỳ trước|năm trước|năm ngoái|trước đó|luỹ kế|lũy kế|nhiệm kỳ|giai đoạn|phấn đấu|kế hoạch|mục tiêu"
    r"|dự kiến|chỉ tiêu|(?<![^\W_])(?:riêng|tại|(?<!nhà )ở|như|điển hình là|nổi bật)(?![^\W_])",
    re.IGNORECASE,
)
#: “xã Tân Hoà”, “thôn 5”; not “xã đã”, “toàn xã 41 mô hình”.
_PLACE = re.compile(
    rf"(?<![^\W_])(?:(?:[Pp]hường|[Tt]hôn|[Bb]ản|[Ấấ]p|[Kk]hu|[Tt]ổ dân phố|[Cc]hi bộ|[Cc]hi hội)\s+[{CAPITALS}0-9]"
    rf"|(?:[Xx]ã|[Hh]uyện|[Tt]hị trấn|[Đđ]ảng uỷ|[Đđ]ảng ủy|[Hh]ội)\s+[{CAPITALS}])"
)
#: Other ways of writing a unit of counting.
_UNITS_ALSO = {"m²": ("m2", "mét vuông")}
#: In a name these say nothing.
_PLAIN = _words(
    "của và với các cho về trong đó tổng số lượt cuộc được đang kỳ năm nếu còn một người có thể thuộc nhiều tổ chức "
    "công tác dân vận nhân hiện đến nay lĩnh vực do từ mới"
)
#: What tells an indicator whose name alone does not: its name → sets of words, of which one must stand there.
_INSTEAD = {"Tổng số đang duy trì": (("có", "điển", "hình"), ("duy", "trì", "điển", "hình"))}
#: Other ways in which an indicator is said.
_ALSO = {
    "Nhà ở xây mới cho hộ nghèo, người có công, hộ khó khăn": (("xây", "mới"),),
    "Nhà ở sửa chữa": (("sửa", "chữa"),),
    "Diện tích đất Nhân dân hiến": (("hiến",),),
    "Ngày công Nhân dân đóng góp": (("góp",),),
    "Cuộc giám sát của MTTQ, đoàn thể": (("giám", "sát", "mặt", "trận"), ("giám", "sát", "đoàn", "thể")),
    "Mô hình, điển hình tiêu biểu": (("tiêu", "biểu"),),
    "Mô hình, điển hình đăng ký": (("đăng", "ký"),),
    "Mô hình, điển hình đạt hiệu quả": (("đạt", "hiệu", "quả"),),
    "Lượt người dự đối thoại": (("đối", "thoại"),),
    "Cuộc tiếp xúc, đối thoại của người đứng đầu với Nhân dân": (("tiếp", "xúc", "đối", "thoại"),),
    "Ý kiến, kiến nghị đã giải quyết, trả lời": (("giải", "quyết", "trả", "lời"),),
    "Văn bản cấp uỷ ban hành về công tác dân vận": (("cấp", "uỷ", "ban", "hành"),),
}


@dataclass(frozen=True)
class Mismatch:
    """``text[start:end]`` of a part says another number than the cell of an indicator."""

    part: str
    start: int
    end: int
    code: str
    name: str
    typed: str
    stored: str

    @property
    def message(self) -> str:
        """“Phần lời ghi 41, phụ lục ghi 43”."""
        return SENTENCE.format(typed=self.typed, stored=self.stored)


@dataclass(frozen=True)
class _Known:
    """An indicator with its values, the words of its unit, and the sets of words that tell it."""

    indicator: Indicator
    values: tuple[Decimal, ...]
    stored: str
    units: tuple[str, ...]
    tellings: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class _Typed:
    """A number in a text with what stands around it, in small letters.

    ``follows_place`` and ``years``: what its sentence names before it.
    """

    start: int
    end: int
    text: str
    before: str
    after: str
    follows_place: bool
    years: frozenset[int]
    last_word: str


def find_mismatches(
    texts: Mapping[str, str],
    indicators: Iterable[Indicator],
    totals: Mapping[str, Total],
    *,
    year: int,
    here: str = "",
) -> list[Mismatch]:
    """Numbers of the texts (by part code) that differ from the table, in the order of the texts.

    ``here``: the name of the unit's own place (“Phú Lâm”), which is no other place.
    """
    known = [entry for indicator in indicators if (entry := _known(indicator, totals.get(indicator.code)))]
    return [
        mismatch
        for part, text in texts.items()
        for typed in _numbers(text, here)
        if (mismatch := _compare(part, typed, known, year))
    ]


def _known(indicator: Indicator, total: Total | None) -> _Known | None:
    if total is None or total.total is None or indicator.op == IndicatorOp.TEXT or not indicator.unit_name:
        return None
    values = tuple(value for value in (total.total, total.own) if value is not None)
    name = re.sub(r"\(.*?\)", "", indicator.name.split(":")[-1]).lower()
    unit_name = indicator.unit_name.lower()
    units = tuple({*unit_name.split(", "), unit_name, *_UNITS_ALSO.get(unit_name, ())})
    beginning = " ".join(_WORD.findall(name)[:2])
    of_unit = {word for unit in units for word in _WORD.findall(unit)}
    core = frozenset(_WORD.findall(name)) - _PLAIN - of_unit
    tellings = [core] if len(core) > 1 and indicator.name not in _INSTEAD else []
    tellings += [
        frozenset(words) for words in (*_ALSO.get(indicator.name, ()), *_INSTEAD.get(indicator.name, ()))
    ]
    if not tellings:
        return None
    stored = value_words(total.total, total.qualifier, indicator)
    return _Known(indicator, values, stored, (*units, beginning), tuple(tellings))


def _numbers(text: str, here: str) -> Iterator[_Typed]:
    """The counts in a text; what is no count (a change, a day, about so many) is left out."""
    place = 0
    for stop in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence, start = text[place:stop], place
        place = stop
        matches = list(_NUMBER.finditer(sentence))
        named = _other_place(sentence, here) if matches else None
        years, named_years = set(), list(_YEAR.finditer(sentence))[::-1] if matches else []
        for at, match in enumerate(matches):
            while named_years and named_years[-1].end() <= match.start():
                years.add(int(named_years.pop()[1]))
            begin = matches[at - 1].end() if at else 0
            end = matches[at + 1].start() if at + 1 < len(matches) else len(sentence)
            before = sentence[begin : match.start()].lower()
            words = _WORD.findall(before)
            yield _Typed(
                start + match.start(),
                start + match.end(),
                match[0],
                before,
                sentence[match.end() : end].lower(),
                named is not None and named <= match.start(),
                frozenset(years),
                words[-1] if words and before.rstrip().endswith(words[-1]) else "",
            )


def _other_place(sentence: str, here: str) -> int | None:
    """Where the first name of another place begins; None where there is none."""
    names = (match.end() - 1 for match in _PLACE.finditer(sentence))
    return next((start for start in names if not here or not sentence.startswith(here, start)), None)


def _compare(part: str, typed: _Typed, known: list[_Known], year: int) -> Mismatch | None:
    if typed.last_word in _NOT_A_COUNT_AFTER or _is_elsewhere(typed, year):
        return None
    scored = [(score, entry) for entry in known if (score := _score(typed, entry))]
    if not scored:
        return None
    best = max(score for score, _entry in scored)
    meant = [entry for score, entry in scored if score == best]
    if len(meant) != 1 or any(_same(typed, entry) for _score_, entry in scored):
        return None
    entry = meant[0]
    return Mismatch(
        part, typed.start, typed.end, entry.indicator.code, entry.indicator.name, typed.text, entry.stored
    )


def _is_elsewhere(typed: _Typed, year: int) -> bool:
    around = typed.before + typed.after.partition(",")[0]
    return bool(typed.follows_place or typed.years - {year} or _ELSEWHERE.search(around))


def _score(typed: _Typed, entry: _Known) -> int:
    """How many words tell that the indicator is meant; 0 when it is not."""
    scale = _SCALE.match(typed.after) if "đồng" in entry.indicator.unit_name else None
    rest = typed.after[scale.end() :] if scale else typed.after
    if entry.indicator.kind == IndicatorKind.PERCENT:
        unit = "%" if rest.lstrip().startswith("%") else ""
    elif "đồng" in entry.indicator.unit_name:
        unit = "đồng" if scale else ""
    else:
        unit = max((unit for unit in entry.units if _begins(rest, unit)), key=len, default="")
    if not unit:
        return 0
    clause = re.split(r"[;:(]| và ", rest)[0].split(",")
    goes_on = "," in entry.indicator.name or _begins(rest, "mô hình, điển hình")
    clause = " ".join(clause[:2] if goes_on else clause[:1])
    words = {*_WORD.findall(typed.before), *_WORD.findall(clause)}
    return max((len(telling) for telling in entry.tellings if telling <= words), default=0)


def _begins(text: str, unit: str) -> bool:
    return re.match(rf"\s*{re.escape(unit)}(?![^\W_])", text) is not None


def _same(typed: _Typed, entry: _Known) -> bool:
    """Whether the number is one of the indicator's, as exactly as it was typed."""
    scale = _SCALE.match(typed.after) if "đồng" in entry.indicator.unit_name else None
    words = f"{typed.text} {scale[0].strip()}" if scale else typed.text
    try:
        value = parse_number(words, integer=False, unit=entry.indicator.unit_name).value
    except NumberError:
        return True
    decimals = len(typed.text.partition(",")[2])
    step = Decimal(1).scaleb(-decimals) * (value / _plain(typed.text) if scale and _plain(typed.text) else 1)
    return any(abs(value - stored) <= step / 2 for stored in entry.values)


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))
