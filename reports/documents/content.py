"""What a document says, as plain values: made from the database by the builders, laid out by ``pdf``.

Every figure arrives as the text to print (``1.743``, ``gần 250``, ``Không phát sinh``): nothing is computed
or formatted here. Texts of parts are plain structured text (``reports.domain.narrative``). Sequences may be
given as lists; they are kept as tuples, so that the same content is equal to itself and gives the same
bytes.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentSection:
    """One part of the body.

    ``numbering`` is ``I``, ``1``, ``1.1`` or ``a`` without its mark (``-``, ``.``, ``)`` are added), or
    empty. ``level`` 1 to 4 gives the depth of the heading. Without numbering and title the text stands by
    itself, as an opening paragraph does.
    """

    numbering: str
    title: str
    level: int
    text: str = ""

    def __post_init__(self):
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"level of a section is 1 to 4, not {self.level}")


@dataclass(frozen=True)
class FigureRow:
    """One indicator of a table of figures.

    ``total`` is the figure of this period; ``own`` the body's own share of it, None where the two are not
    told apart (if any row has it, the table shows both). ``same_period`` is the same window last year.
    """

    name: str
    unit: str
    total: str
    own: str | None = None
    same_period: str = ""
    note: str = ""


@dataclass(frozen=True)
class FigureGroup:
    """Rows of a table of figures under one heading; an empty name shows none."""

    name: str
    rows: tuple[FigureRow, ...]

    def __post_init__(self):
        _keep_as_tuples(self, "rows")


@dataclass(frozen=True)
class Signature:
    """Who signs, and in what right.

    - head of a Ban: ``authority=()``, ``post="Trưởng ban"``;
    - deputy: ``authority=("K/T Trưởng ban",)``, ``post="Phó Trưởng ban"``;
    - committee: ``authority=("T/M Ban Thường vụ",)``, ``post="Phó Bí thư"`` (``T/M`` never for a Ban).

    ``name`` without academic title, empty before someone has signed. Capitals come from the profile.
    """

    post: str
    name: str = ""
    authority: tuple[str, ...] = ()

    def __post_init__(self):
        _keep_as_tuples(self, "authority")


@dataclass(frozen=True)
class DocumentContent:
    """A paper of a Party body in its prescribed layout (domain.md §4).

    Bodies are named as in running text (“Tỉnh uỷ Hà Tĩnh”, “Ban Tuyên giáo và Dân vận”); capitals come from
    the profile. ``issuer_full_name`` is the body with its committee (“Ban Tuyên giáo và Dân vận Tỉnh uỷ Hà
    Tĩnh”), for the appendix and the properties of the file; by default ``issuing_body``. ``superior_body``
    may be empty.

    ``number`` None leaves the space of the number open; ``draft_number`` n prints “Dự thảo lần n” under it.
    ``issued_on`` None leaves day and month open; then ``drafted_on`` is required and chooses profile and
    year. ``title_type`` as in running text or capitals (“Báo cáo”), ``subject`` starting in lower case.
    ``recipients`` without ``-`` and ``;``; the last one says “Lưu …”. ``urgency`` is empty, “Khẩn” or “Hoả
    tốc”. ``appendix_title`` names the table of ``figure_groups``, ``appendix_note`` stands under it; without groups
    there is no appendix.
    ``illustrative`` marks every page as made of demonstration data.
    """

    superior_body: str
    issuing_body: str
    symbol: str
    place: str
    subject: str
    sections: tuple[DocumentSection, ...]
    signature: Signature
    number: int | None = None
    issued_on: date | None = None
    drafted_on: date | None = None
    document_type: str = "BC"
    title_type: str = "Báo cáo"
    issuer_full_name: str = ""
    figure_groups: tuple[FigureGroup, ...] = ()
    appendix_title: str = "Số liệu kèm theo báo cáo"
    appendix_note: str = ""
    recipients: tuple[str, ...] = ()
    draft_number: int | None = None
    urgency: str = ""
    illustrative: bool = False

    def __post_init__(self):
        _keep_as_tuples(self, "sections", "figure_groups", "recipients")
        if self.issued_on is None and self.drafted_on is None:
            raise ValueError("a document without a date of issue needs the date of its draft")
        if self.number is not None and self.number < 1:
            raise ValueError(f"numbers of documents start at 1, not {self.number}")

    @property
    def dated(self) -> date:
        """The day whose layout the document follows."""
        return self.issued_on or self.drafted_on

    @property
    def issuer(self) -> str:
        """The issuing body as running text names it."""
        return self.issuer_full_name or self.issuing_body


@dataclass(frozen=True)
class KeyFigure:
    """One of the few figures that open a summary.

    ``change`` is the signed comparison as a sentence (“+105 (+6,4%) so với cùng kỳ 2025”, “Cùng kỳ 2025:
    chưa thống kê”), empty where nothing is compared.
    """

    value: str
    unit: str
    label: str
    change: str = ""


@dataclass(frozen=True)
class SummarySection:
    """One part of a summary: a heading and plain structured text."""

    title: str
    text: str


@dataclass(frozen=True)
class Citation:
    """The press piece or paper archive a summary was put together from.

    ``published_on`` None: the source gives no date. ``inferred`` names what the source does not say itself.
    """

    outlet: str
    published_on: date | None = None
    byline: str = ""
    address: str = ""
    inferred: tuple[str, ...] = ()

    def __post_init__(self):
        _keep_as_tuples(self, "inferred")


@dataclass(frozen=True)
class SummaryContent:
    """The public “Bản tóm tắt” of a publication: one published version, nothing internal, never a Party head.

    With a ``citation`` the head says “Tư liệu tổng hợp từ báo chí” with outlet, date and what is inferred.
    ``kind`` is “Báo cáo sơ kết”, “Báo cáo tổng kết” …; ``period`` “6 tháng đầu năm 2026”. ``published_on``
    is the day this ``version`` appeared; ``source_line`` says what the figures come from (“Tổng hợp từ
    96/98 đơn vị …”). ``address`` is the public address of the page, where a newer version would be.
    """

    body_name: str
    kind: str
    period: str
    title: str
    lead: str
    published_on: date
    version: int = 1
    key_figures: tuple[KeyFigure, ...] = ()
    sections: tuple[SummarySection, ...] = ()
    figure_groups: tuple[FigureGroup, ...] = ()
    source_line: str = ""
    address: str = ""
    citation: Citation | None = None
    illustrative: bool = False

    def __post_init__(self):
        _keep_as_tuples(self, "key_figures", "sections", "figure_groups")
        if self.version < 1:
            raise ValueError(f"versions start at 1, not {self.version}")


def _keep_as_tuples(content, *names: str) -> None:
    for name in names:
        object.__setattr__(content, name, tuple(getattr(content, name)))
