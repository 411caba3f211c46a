"""Forms around a file that is read into a report: bringing it, and saying what of it is to be saved.

Fields of the page on which a Word file is looked at: ``vao_3`` the part of the document's piece 3, ``cach_S2.1`` what
becomes of a part (replaced, added to, left), ``goc_S2.1`` the revision that was seen, ``sua`` damaged words to mend.
Of figures, in Word and Excel: ``cot_0`` the column of table 0, ``chi_tieu_0-12`` the indicator of its row 12, ``chon``
the rows that are ticked, ``goc_so`` what the cells were.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django import forms
from django.db import models

from models_dv.enums import FileKind
from models_dv.forms.fields import WordsField
from models_dv.forms.uploads import DocumentField
from reports.forms.figures import Base, read_base

PIECE, WAY, BASE, MEND = "vao_", "cach_", "goc_", "sua"
COLUMN, INDICATOR, TICKED, FIGURES_BASE, SENT = "cot_", "chi_tieu_", "chon", "goc_so", "da_gui"
#: The button pressed: look again, or save.
BUTTON, LOOK, SAVE = "viec", "xem", "luu"


class WordFileForm(forms.Form):
    """A report in Word."""

    file = DocumentField(label="Tệp Word (.docx)", kinds={FileKind.DOCX})


class ExcelFileForm(forms.Form):
    """The figures of a report in Excel."""

    file = DocumentField(label="Tệp Excel (.xlsx)", kinds={FileKind.XLSX})


class AttachmentForm(forms.Form):
    """Any file that goes along with a report."""

    file = DocumentField(label="Chọn tệp")
    title = WordsField(longest=200, one_line=True, label="Tên tài liệu", required=False)


class Way(models.TextChoices):
    """What becomes of the text that a part has."""

    REPLACE = "thay", "Thay"
    APPEND = "noi", "Nối"
    SKIP = "bo", "Bỏ qua"


@dataclass(frozen=True)
class FigureChoices:
    """What was said of tables: columns by table, indicators by row, rows ticked, what the cells were."""

    columns: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    ticked: frozenset[str] | None = None
    bases: dict[str, Base] = field(default_factory=dict)


@dataclass(frozen=True)
class WordChoices:
    """What was said of a Word file: parts of its pieces, ways and revisions of the parts, words to mend."""

    pieces: dict[int, str] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    mend: frozenset[str] = frozenset()


def read_figure_choices(data) -> FigureChoices:
    """From the fields of a page with tables of figures; what is no choice is left out."""
    columns = {key: int(value) for key, value in _after(data, COLUMN).items() if _is_number(value)}
    codes = {key: value for key, value in _after(data, INDICATOR).items() if value}
    ticked = frozenset(data.getlist(TICKED)) | frozenset(codes) if SENT in data else None
    return FigureChoices(columns, codes, ticked, read_base(data.get(FIGURES_BASE, "")))


def read_word_choices(data, *, pieces: int, codes: Collection[str]) -> WordChoices:
    """From the fields of the page; ``pieces`` is how many there are, ``codes`` are the parts that may be chosen."""
    known = {"", *codes}
    return WordChoices(
        pieces={
            int(place): code
            for place, code in _after(data, PIECE).items()
            if _is_number(place) and int(place) < pieces and code in known
        },
        ways={
            code: Way(way) for code, way in _after(data, WAY).items() if code in known and way in Way.values
        },
        bases={
            code: int(base) for code, base in _after(data, BASE).items() if code in known and _is_number(base)
        },
        mend=frozenset(data.getlist(MEND)),
    )


def _after(data: Mapping, beginning: str) -> dict[str, str]:
    """Fields whose names begin so, by the rest of the name."""
    return {name[len(beginning) :]: data[name] for name in data if name.startswith(beginning)}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 9
