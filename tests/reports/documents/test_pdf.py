"""Party papers as PDF, opened again and read: geometry, text, order, who signs."""

from datetime import date

import pytest

from reports.documents.content import DocumentSection, FigureGroup, FigureRow, SummarySection
from reports.documents.pdf import (
    render_report_pdf,
    render_summary_pdf,
)
from tests.reports.documents.reading import read_pages, text_of
from tests.reports.documents.samples import (
    COMMITTEE,
    DEPUTY,
    SENTENCE,
    a_report,
    a_summary,
    full_figures,
    full_sections,
)

HALF_MILLIMETRE = 0.5


@pytest.fixture(scope="module")
def one_section() -> bytes:
    return render_report_pdf(a_report())


@pytest.fixture(scope="module")
def full() -> bytes:
    return render_report_pdf(a_report(sections=full_sections(), figure_groups=full_figures(own="3")))


def first_page(content):
    return read_pages(render_report_pdf(content))[0]


def test_one_section_is_one_portrait_page(one_section):
    assert [(page.width, page.height) for page in read_pages(one_section)] == [(210, 297)]


def test_text_stays_inside_the_margins_and_fills_them(full):
    portrait = [page for page in read_pages(full) if page.width == 210]
    body = [line for page in portrait for line in page.lines if not line.text.isdigit()]
    assert min(line.left for line in body) == pytest.approx(30, abs=HALF_MILLIMETRE)
    assert max(line.right for line in body) == pytest.approx(195, abs=HALF_MILLIMETRE)
    assert min(line.top for line in body) >= 20
    assert max(line.bottom for line in body) <= 277


def test_the_head_stands_in_two_columns(one_section):
    (page,) = read_pages(one_section)
    left, right = 30 + 80 / 2, 30 + 80 + 85 / 2
    superior, issuer, motto = page.line("TỈNH UỶ"), page.line("BAN TUYÊN GIÁO"), page.line("ĐẢNG CỘNG SẢN")
    for line, middle in [
        (superior, left),
        (issuer, left),
        (page.line("*"), left),
        (page.line("Số 138"), left),
        (motto, right),
        (page.line("Hà Tĩnh, ngày"), right),
    ]:
        assert (line.left + line.right) / 2 == pytest.approx(middle, abs=HALF_MILLIMETRE)
    assert (motto.size, motto.is_bold) == (15, True)
    assert (superior.size, superior.is_bold) == (14, False)
    assert (issuer.size, issuer.is_bold) == (14, True)
    assert superior.top == pytest.approx(motto.top, abs=HALF_MILLIMETRE)
    assert page.line("Số 138").top == pytest.approx(page.line("Hà Tĩnh, ngày").top, abs=HALF_MILLIMETRE)
    assert page.line("Hà Tĩnh, ngày").is_italic


def test_a_line_as_long_as_the_motto_stands_under_it(one_section):
    (page,) = read_pages(one_section)
    motto = page.line("ĐẢNG CỘNG SẢN VIỆT NAM")
    under = [rule for rule in page.rules if motto.bottom - 0.5 <= rule.top <= motto.bottom + 2]
    assert under
    for rule in under:
        assert rule.left == pytest.approx(motto.left, abs=HALF_MILLIMETRE)
        assert rule.right == pytest.approx(motto.right, abs=HALF_MILLIMETRE)


def test_title_and_subject(one_section):
    (page,) = read_pages(one_section)
    kind, subject = page.line("BÁO CÁO"), page.line("kết quả công tác dân vận")
    assert (kind.size, kind.is_bold) == (16, True)
    assert (subject.size, subject.is_bold) == (15, True)
    assert page.line("-----").top > subject.top > kind.top


def test_the_body_is_justified_with_an_indent_and_an_exact_line_height(one_section):
    (page,) = read_pages(one_section)
    heading, first = page.line("I- Đặc điểm tình hình"), page.line("Các cấp uỷ")
    at = page.lines.index(first)
    second, third = page.lines[at + 1], page.lines[at + 2]
    assert heading.is_bold
    assert (heading.left, first.left) == (pytest.approx(40, abs=0.5), pytest.approx(40, abs=0.5))
    assert (second.left, second.right) == (pytest.approx(30, abs=0.5), pytest.approx(195, abs=0.5))
    assert third.top - second.top == pytest.approx(20 * 25.4 / 72, abs=0.1)
    assert first.size == 14


def test_text_is_in_order(full):
    text = text_of(full)
    marks = ["ĐẢNG CỘNG SẢN VIỆT NAM", "Số 138-BC/BTGDVTU", "BÁO CÁO", "kết quả công tác dân vận", "-----"]
    marks += [f"{at}. Phần thứ {at}" for at in range(1, 19)]
    marks += [
        "Nơi nhận:",
        "- Lưu Ban Tuyên giáo và Dân vận.",
        "Nguyễn Văn An",
        "Phụ lục",
        "(Kèm theo Báo cáo số 138",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_pages_are_numbered_at_the_top_from_the_second_on(full):
    portrait = [page for page in read_pages(full) if page.width == 210]
    numbers = [[line for line in page.lines if line.top < 19] for page in portrait]
    assert [[line.text for line in lines] for lines in numbers] == [
        [],
        *([str(at)] for at in range(2, len(portrait) + 1)),
    ]
    assert len(portrait) >= 3
    number = numbers[1][0]
    assert number.top == pytest.approx(10, abs=1.5)
    assert (number.left + number.right) / 2 == pytest.approx((30 + 195) / 2, abs=HALF_MILLIMETRE)
    assert number.size == 14


def test_the_appendix_is_landscape_numbered_apart_and_repeats_its_head(full):
    pages = read_pages(full)
    appendix = [page for page in pages if (page.width, page.height) == (297, 210)]
    assert pages[-len(appendix) :] == appendix
    assert [[line.text for line in page.lines if line.top < 19] for page in appendix] == [
        [],
        *([str(at)] for at in range(2, len(appendix) + 1)),
    ]
    assert all("Chỉ tiêu" in page.text and "Của đơn vị" in page.text for page in appendix)
    text = " ".join(page.text for page in appendix)
    assert [text.count(f"{at} Chỉ tiêu {letter}") for at, letter in [(1, "A0"), (32, "B0"), (93, "C30")]] == [
        1
    ] * 3
    assert all(line.right <= 282 for page in appendix for line in page.lines)


def test_no_figures_no_appendix(one_section):
    assert "Phụ lục" not in text_of(one_section)


def test_without_own_figures_this_period_is_one_column():
    text = text_of(render_report_pdf(a_report(figure_groups=full_figures())))
    assert "Của đơn vị" not in text
    assert "Kỳ này" in text


def test_a_deputy_of_a_ban_signs_for_the_head():
    page = first_page(a_report(signature=DEPUTY))
    authority, post = page.line("K/T TRƯỞNG BAN"), page.line("PHÓ TRƯỞNG BAN")
    assert (authority.is_bold, post.is_bold, post.top > authority.top) == (True, False, True)
    assert page.line("Trần Thị Bình").is_bold
    assert authority.left > 110


def test_a_committee_is_signed_for():
    page = first_page(a_report(signature=COMMITTEE))
    assert (page.line("T/M BAN THƯỜNG VỤ").is_bold, page.line("PHÓ BÍ THƯ").is_bold) == (True, False)


def test_a_head_signs_by_the_post(one_section):
    (page,) = read_pages(one_section)
    assert page.line("TRƯỞNG BAN").is_bold


@pytest.mark.parametrize(("day", "is_bold"), [(date(2026, 5, 26), True), (date(2026, 5, 27), False)])
def test_the_date_of_issue_decides_how_the_post_is_set(day, is_bold):
    page = first_page(a_report(issued_on=day, signature=DEPUTY))
    assert page.line("PHÓ TRƯỞNG BAN").is_bold is is_bold


def test_recipients(one_section):
    (page,) = read_pages(one_section)
    title, last = page.line("Nơi nhận:"), page.line("- Lưu Ban Tuyên giáo và Dân vận.")
    assert (title.size, last.size) == (14, 12)
    assert title.left == pytest.approx(30, abs=HALF_MILLIMETRE)
    assert [
        rule for rule in page.rules if abs(rule.left - 30) < 1 and title.top < rule.top < title.bottom + 1
    ]


def test_a_draft_has_no_number_and_says_so():
    draft = a_report(
        number=None, issued_on=None, drafted_on=date(2026, 6, 20), draft_number=2, urgency="Khẩn"
    )
    page = first_page(draft)
    assert page.line("Dự thảo lần 2").is_italic
    assert page.line("KHẨN").top > page.line("Số").top
    number = page.line("Số").text.replace("\u00a0", " ")
    assert " ".join(number.split()) == "Số -BC/BTGDVTU"
    assert "năm 2026" in page.text


def test_the_signature_never_stands_alone_on_a_page():
    for paragraphs in range(9, 14):
        section = DocumentSection("I", "Phần", 1, "\n".join([SENTENCE] * paragraphs))
        pages = read_pages(render_report_pdf(a_report(sections=[section])))
        signed = next(page for page in pages if "Nguyễn Văn An" in page.text)
        assert "TRƯỞNG BAN" in signed.text
        assert "đời sống Nhân dân." in signed.text


def test_long_names_wrap_inside_their_columns():
    page = first_page(
        a_report(
            superior_body="Tỉnh uỷ Bà Rịa - Vũng Tàu và các cơ quan tham mưu, giúp việc",
            issuing_body="Đảng uỷ các cơ quan Đảng thuộc Đảng bộ tỉnh và Mặt trận Tổ quốc",
            place="Thành phố Hồ Chí Minh và vùng phụ cận",
            subject="kết quả " + "thực hiện Chỉ thị về công tác dân vận " * 6,
            number=1234567,
            symbol="BTGDVTU" * 8,
        )
    )
    head = [line for line in page.lines if line.bottom < page.line("BÁO CÁO").top]
    assert all(line.left >= 30 and line.right <= 195.5 for line in page.lines)
    assert all(line.right <= 110.5 or line.left >= 109.5 for line in head)


def test_words_and_tables_without_end_stay_on_the_page():
    text = "\n".join(
        ["Đ" * 2000, "| " + "x" * 90 + " | " + "Y" * 90 + " | z |", "|" + "Nghiêng|" * 12, "|1|2|"]
    )
    pages = read_pages(
        render_report_pdf(
            a_report(
                sections=[DocumentSection("I", "T" * 300, 1, text)],
                figure_groups=[FigureGroup("G" * 300, [FigureRow("N" * 300, "u" * 60, "9" * 60)])],
            )
        )
    )
    for page in pages:
        assert max(line.right for line in page.lines) <= page.width - 15 + HALF_MILLIMETRE


def test_markup_in_a_text_stays_text():
    typed = '<img src="http://example.org/a.png"><script>x</script>{{ settings }}&amp; <style>p{color:red}</style>'
    content = a_report(
        issuing_body=typed,
        subject=typed,
        sections=[DocumentSection("I", typed, 1, f"{typed}\n- {typed}\n| {typed} |")],
        figure_groups=[FigureGroup(typed, [FigureRow(typed, typed, typed, typed, typed, typed)])],
    )
    text = text_of(render_report_pdf(content)).replace(" ", "").replace("\u200b", "")
    assert text.count('<imgsrc="http://example.org/a.png"><script>x</script>{{settings}}&amp;') >= 3


def test_demonstration_data_are_marked_on_every_page():
    label = "Số liệu minh hoạ"
    report = a_report(sections=full_sections(), figure_groups=full_figures(), illustrative=True)
    summary = a_summary(sections=[SummarySection("Phần", "\n".join([SENTENCE] * 40))], illustrative=True)
    for pdf in (render_report_pdf(report), render_summary_pdf(summary)):
        pages = read_pages(pdf)
        assert len(pages) > 1
        assert [page.text.count(label) > 0 for page in pages] == [True] * len(pages)


def test_real_data_are_not_marked(full):
    assert "minh hoạ" not in text_of(full)
    assert "minh hoạ" not in text_of(render_summary_pdf(a_summary()))
