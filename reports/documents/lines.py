"""The fixed lines of a Party document, from content and profile; PDF and Word print the same ones.

Source: domain.md §4.
"""

import re
from dataclasses import replace

from reports.documents.content import DocumentContent, DocumentSection
from reports.documents.profiles import Profile, TextStyle
from reports.domain.narrative import Block, BulletList, NumberedList, Paragraph

OPEN_SPACE = "\u00a0" * 6
ILLUSTRATIVE_LABEL = "Số liệu minh hoạ, không phải văn bản đã ban hành"
SUMMARY_ILLUSTRATIVE_LABEL = "Số liệu minh hoạ, không phải số liệu thật"

_ROMAN = re.compile(r"[IVXLC]+")
_DIGITS = re.compile(r"\d+(\.\d+)*")
_LETTER = re.compile(r"[a-zđ]{1,2}")
_LOOSE_ENDS = ("./.", ".", ";", ",")
_TAKES_FULL_STOP = re.compile(r"[\w%)\]”\"'’]$")


def set_in(style: TextStyle, text: str) -> str:
    """The text with the capitals of its style: real letters, so that they are copied and searched as seen."""
    return text.upper() if style.caps else text


def number_line(content: DocumentContent, profile: Profile) -> str:
    """``Số 138-BC/BTGDVTU``: no colon, one digit with a zero, an open space before the number is given."""
    number = OPEN_SPACE if content.number is None else str(content.number).zfill(profile.number_digits)
    return f"Số {number}-{content.document_type}/{content.symbol}"


def date_words(content: DocumentContent, profile: Profile) -> str:
    """``ngày 05 tháng 02 năm 2026``; day and month stay open before the paper is issued."""
    if content.issued_on is None:
        return f"ngày{OPEN_SPACE}tháng{OPEN_SPACE}năm {content.dated.year}"
    day, month = content.issued_on.day, content.issued_on.month
    day_text = f"{day:02d}" if day < profile.day_padded_below else str(day)
    month_text = f"{month:02d}" if month < profile.month_padded_below else str(month)
    return f"ngày {day_text} tháng {month_text} năm {content.issued_on.year}"


def draft_line(content: DocumentContent) -> str:
    """``Dự thảo lần 2``, empty for a paper that is no draft."""
    return "" if content.draft_number is None else f"Dự thảo lần {content.draft_number}"


def heading_line(section: DocumentSection) -> str:
    """``I- …``, ``1. …``, ``1.1. …`` or ``a) …``; a mark that was typed along is kept."""
    numbering = section.numbering.strip()
    if _ROMAN.fullmatch(numbering):
        numbering = f"{numbering}-"
    elif _DIGITS.fullmatch(numbering):
        numbering = f"{numbering}."
    elif _LETTER.fullmatch(numbering):
        numbering = f"{numbering})"
    return f"{numbering} {section.title}".strip()


def authority_lines(content: DocumentContent, profile: Profile) -> list[tuple[str, TextStyle]]:
    """Lines above the signature with their styles.

    The authority (``K/T …``, ``T/M …``) and the post below it have styles of their own; a post without an
    authority above it, the head's, is the authority.
    """
    signature = content.signature
    post_style = profile.post_style if signature.authority else profile.authority_style
    styled = [(line, profile.authority_style) for line in signature.authority]
    styled.append((signature.post, post_style))
    return [(set_in(style, text), style) for text, style in styled if text]


def recipient_lines(content: DocumentContent) -> list[str]:
    """``- Như trên;`` … ``- Lưu Ban.``"""
    names = [re.sub(r"^[-–]\s*", "", name.strip()).rstrip(" ;,.") for name in content.recipients]
    names = [name for name in names if name]
    return [f"- {name}{'.' if at == len(names) else ';'}" for at, name in enumerate(names, start=1)]


def appendix_reference(content: DocumentContent, profile: Profile) -> str:
    """``(Kèm theo Báo cáo số 138-BC/BTGDVTU, ngày … của …)``."""
    number = number_line(content, profile).removeprefix("Số ")
    title = content.title_type.capitalize()
    return f"(Kèm theo {title} số {number}, {date_words(content, profile)} của {content.issuer})"


def close_body(blocks: tuple[Block, ...], profile: Profile) -> tuple[Block, ...]:
    """The blocks of the last part, ending as the profile wants (``.``, or ``./.`` where that is allowed)."""
    if not blocks:
        return blocks
    last = blocks[-1]
    if isinstance(last, Paragraph):
        closed = replace(last, text=_closed(last.text, profile))
    elif isinstance(last, BulletList | NumberedList):
        closed = replace(last, items=(*last.items[:-1], _closed(last.items[-1], profile)))
    else:
        return blocks
    return (*blocks[:-1], closed)


def _closed(text: str, profile: Profile) -> str:
    if any(text.endswith(mark) for mark in profile.closing_also):
        return text
    bare = text
    if loose := next((mark for mark in _LOOSE_ENDS if text.endswith(mark)), None):
        bare = text.removesuffix(loose).rstrip()
    return bare + profile.closing if _TAKES_FULL_STOP.search(bare) else text
