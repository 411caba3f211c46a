"""Thể thức văn bản của Đảng as data: one table of values per guidance, chosen by the date of issue.

Source: domain.md §4. The values are those of Hướng dẫn 05-HD/VPTW (27/5/2026), read from an unofficial
copy; Hướng dẫn 36-HD/VPTW (2018) starts from the same values and differs where ``HD_36`` says so (common
practice, not sourced). Correct a value here and every document follows: nothing of the layout is written
anywhere else. Lengths are millimetres, sizes points.
"""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class TextStyle:
    """How one part is set. ``between`` is the range of sizes the guidance allows, ``size`` the one used."""

    size: float
    between: tuple[float, float] | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    underline: bool = False

    def __post_init__(self):
        low, high = self.between or (self.size, self.size)
        if not low <= self.size <= high:
            raise ValueError(f"size {self.size} is outside {low}-{high}")


@dataclass(frozen=True)
class Profile:
    """Every value of one guidance on layout. ``in_force_from`` None: older than all the portal holds."""

    code: str
    in_force_from: date | None

    # Page
    page_width: float = 210
    page_height: float = 297
    margin_top: float = 20
    margin_bottom: float = 20
    margin_left: float = 30
    margin_right: float = 15
    font_family: str = "Liberation Serif"
    page_number: TextStyle = TextStyle(14)
    page_number_from_top: float = 10
    first_page_numbered: bool = False
    appendix_first_page_numbered: bool = False
    appendix_landscape: bool = True

    # Head: two columns
    head_left: float = 80
    head_right: float = 85
    motto: str = "Đảng Cộng sản Việt Nam"
    motto_style: TextStyle = TextStyle(15, bold=True, caps=True)
    superior_style: TextStyle = TextStyle(14, caps=True)
    issuer_style: TextStyle = TextStyle(14, bold=True, caps=True)
    issuer_mark: str = "*"
    number_style: TextStyle = TextStyle(14)
    number_digits: int = 2
    place_date_style: TextStyle = TextStyle(14, italic=True)
    day_padded_below: int = 10
    month_padded_below: int = 3
    urgency_style: TextStyle = TextStyle(14, bold=True, caps=True)
    draft_style: TextStyle = TextStyle(14, italic=True)

    # Title
    type_style: TextStyle = TextStyle(16, between=(15, 16), bold=True, caps=True)
    subject_style: TextStyle = TextStyle(15, between=(14, 15), bold=True)
    subject_mark: str = "-----"

    # Body
    body_style: TextStyle = TextStyle(14, between=(14, 15))
    heading_style: TextStyle = TextStyle(14, between=(14, 15), bold=True)
    first_line: float = 10
    paragraph_spacing: float = 6
    line_height: float = 20
    closing: str = "."
    closing_also: tuple[str, ...] = ()

    # Signature and recipients
    authority_style: TextStyle = TextStyle(14, bold=True, caps=True)
    post_style: TextStyle = TextStyle(14, caps=True)
    signer_style: TextStyle = TextStyle(14, bold=True)
    signature_space: float = 28
    recipients_title: str = "Nơi nhận:"
    recipients_title_style: TextStyle = TextStyle(14, underline=True)
    recipients_style: TextStyle = TextStyle(12)

    # Appendix
    appendix_style: TextStyle = TextStyle(14, bold=True)
    table_style: TextStyle = TextStyle(12)

    def __post_init__(self):
        if self.head_left + self.head_right > self.page_width - self.margin_left - self.margin_right:
            raise ValueError("the two columns of the head are wider than the text")


HD_05 = Profile(code="HD 05-HD/VPTW", in_force_from=date(2026, 5, 27))

HD_36 = replace(
    HD_05,
    code="HD 36-HD/VPTW",
    in_force_from=None,
    post_style=TextStyle(14, bold=True, caps=True),
    closing_also=("./.",),
)


def profile_for(date_of_issue: date) -> Profile:
    """The guidance a document of that date follows; a document keeps the layout of its day."""
    return HD_05 if date_of_issue >= HD_05.in_force_from else HD_36
