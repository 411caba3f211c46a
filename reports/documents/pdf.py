"""Documents as PDF bytes: Django templates laid out by WeasyPrint.

The same content gives the same bytes, in any process: dates in the file come from the content and its
identifier from a hash. Nothing is fetched while a page is laid out, neither over the network nor from the
disk; fonts are those that fontconfig knows. The files are tagged (PDF/UA-1) and carry title, issuing body
and language, no more.
"""

import hashlib
from functools import lru_cache

from django.template.loader import render_to_string

from models_dv.vietnamese.dates import format_date
from reports.documents import lines
from reports.documents.breaking import break_endless_words
from reports.documents.content import DocumentContent, FigureGroup, SummaryContent
from reports.documents.profiles import Profile, TextStyle, profile_for
from reports.domain.narrative import parse_narrative

FONT_FAMILY = Profile.font_family
VIETNAMESE_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


def render_report_pdf(content: DocumentContent) -> bytes:
    """The paper in the layout of its date of issue, with the table of figures as an appendix."""
    profile = profile_for(content.dated)
    html = render_to_string("documents/report.html", _report_context(content, profile))
    return _write(html, _report_css(profile))


def render_summary_pdf(content: SummaryContent) -> bytes:
    """The public “Bản tóm tắt”: a plain layout without the head of a Party paper."""
    html = render_to_string("documents/summary.html", _summary_context(content))
    return _write(html, _summary_css())


def vietnamese_font_is_installed() -> bool:
    """Whether every Vietnamese letter, upright, bold and italic, comes from the font of the documents.

    Where it does not, papers are set in another font; the mend is the package fonts-liberation2 and a restart.
    """
    letters = VIETNAMESE_LETTERS + VIETNAMESE_LETTERS.upper()
    css = f'html {{ font-family: "{FONT_FAMILY}" }}'
    document = _layout().lay_out(f"<html lang=vi><p>{letters}<p><b>{letters}</b><p><i>{letters}</i>", css)
    document.write_pdf()
    return {font.family for font in document.fonts.values()} == {FONT_FAMILY}


def _report_context(content: DocumentContent, profile: Profile) -> dict:
    return {
        "p": profile,
        "content": content,
        "title": f"{content.title_type.capitalize()} {content.subject}",
        "motto": lines.set_in(profile.motto_style, profile.motto),
        "superior": lines.set_in(profile.superior_style, content.superior_body),
        "issuer": lines.set_in(profile.issuer_style, content.issuing_body),
        "number_line": lines.number_line(content, profile),
        "date_words": lines.date_words(content, profile),
        "urgency": lines.set_in(profile.urgency_style, content.urgency),
        "draft_line": lines.draft_line(content),
        "type": lines.set_in(profile.type_style, content.title_type),
        "sections": _sections(content, profile),
        "recipients": lines.recipient_lines(content),
        "signature": _signature(content, profile),
        **_table_context(content.figure_groups, with_notes=True),
        "appendix_reference": lines.appendix_reference(content, profile),
        "illustrative": lines.ILLUSTRATIVE_LABEL if content.illustrative else "",
    }


def _sections(content: DocumentContent, profile: Profile) -> list[dict]:
    sections = [
        {
            "heading": lines.heading_line(section),
            "tag": str(section.level + 1),
            "blocks": parse_narrative(section.text),
        }
        for section in content.sections
    ]
    if sections:
        sections[-1]["blocks"] = lines.close_body(sections[-1]["blocks"], profile)
    return sections


def _signature(content: DocumentContent, profile: Profile) -> list[dict]:
    return [
        {"text": text, "css_class": "authority" if style == profile.authority_style else "post"}
        for text, style in lines.authority_lines(content, profile)
    ]


def _summary_context(content: SummaryContent) -> dict:
    return {
        "content": content,
        "published_on": format_date(content.published_on),
        "cited_on": _cited_on(content),
        "sections": [
            {"title": section.title, "blocks": parse_narrative(section.text)} for section in content.sections
        ],
        "lead": parse_narrative(content.lead),
        "version": str(content.version),
        "author": _summary_author(content),
        **_table_context(content.figure_groups, with_notes=_has_notes(content.figure_groups)),
        "illustrative": lines.SUMMARY_ILLUSTRATIVE_LABEL if content.illustrative else "",
    }


def _cited_on(content: SummaryContent) -> str:
    if content.citation is None or content.citation.published_on is None:
        return ""
    return format_date(content.citation.published_on)


def _summary_author(content: SummaryContent) -> str:
    """Whose words the file holds: what is put together from the press is not the body's own paper."""
    if content.citation is None:
        return content.body_name
    return ": ".join(part for part in ("Tư liệu tổng hợp từ báo chí", content.citation.outlet) if part)


def _table_context(groups: tuple[FigureGroup, ...], *, with_notes: bool) -> dict:
    with_own = any(row.own is not None for group in groups for row in group.rows)
    return {
        "groups": _numbered(groups),
        "with_own": with_own,
        "with_notes": with_notes,
        "columns": str(5 + with_own + with_notes),
    }


def _has_notes(groups: tuple[FigureGroup, ...]) -> bool:
    return any(row.note for group in groups for row in group.rows)


def _numbered(groups: tuple[FigureGroup, ...]) -> list[dict]:
    """Groups whose rows are numbered through the whole table."""
    numbered, position = [], 0
    for group in groups:
        rows = [(str(at), row) for at, row in enumerate(group.rows, start=position + 1)]
        numbered.append({"name": group.name, "rows": rows})
        position += len(rows)
    return numbered


@lru_cache(maxsize=4)
def _report_css(profile: Profile) -> str:
    styles = {
        name.removesuffix("_style"): _declarations(value)
        for name, value in vars(profile).items()
        if isinstance(value, TextStyle)
    }
    context = {
        "p": profile,
        "css": styles,
        "head_width": profile.head_left + profile.head_right,
    }
    return render_to_string("documents/report.css", context)


@lru_cache(maxsize=1)
def _summary_css() -> str:
    return render_to_string("documents/summary.css", {"font_family": FONT_FAMILY})


def _declarations(style: TextStyle) -> str:
    """A style as CSS; capitals are real letters already."""
    return (
        f"font-size: {style.size}pt; font-weight: {'bold' if style.bold else 'normal'}; "
        f"font-style: {'italic' if style.italic else 'normal'}; "
        f"text-decoration: {'underline' if style.underline else 'none'};"
    )


def _write(html: str, css: str) -> bytes:
    html, layout = break_endless_words(html), _layout()
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32]
    with layout.nothing_collected():
        return layout.lay_out(html, css).write_pdf(pdf_identifier=identifier, **layout.PDF_OPTIONS)


def _layout():
    """The module that lays out, imported with the first paper."""
    from reports.documents import layout

    return layout
