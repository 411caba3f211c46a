"""Components of `templates/components/`: what each writes for what it is given."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from models_dv.templatetags.vi import of_field


def render(name: str, **context) -> str:
    """The component's HTML on one line, without runs of space."""
    return re.sub(r"\s+", " ", render_to_string(f"components/{name}.html", context)).strip()


class LeadForm(forms.Form):
    title = forms.CharField(label="Tiêu đề", help_text="Một câu")
    lead = forms.CharField(label="Sapo", required=False)


@pytest.fixture
def bad_form():
    form = LeadForm({"title": ""})
    form.add_error(None, "Hai người cùng sửa. Tải lại trang")
    return form


def test_a_field_ties_hint_and_error_to_its_control(bad_form):
    html = render("field", field=bad_form["title"])
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert '<p class="field__hint" id="id_title_helptext">Một câu</p>' in html
    assert '<div id="id_title_error"><p class="field__error">' in html
    assert 'aria-invalid="true"' in html


def test_a_good_field_says_nothing(bad_form):
    html = render("field", field=bad_form["lead"], optional=True)
    assert "field__error" not in html and "field__hint" not in html
    assert "(không bắt buộc)" in html


def test_error_summary_of_a_form_links_to_the_field_and_keeps_general_errors(bad_form):
    html = render("error_summary", form=bad_form, title="Cần sửa trước khi lưu")
    assert '<a href="#id_title">Tiêu đề: ' in html
    assert "<li>Hai người cùng sửa. Tải lại trang</li>" in html
    assert "Cần sửa trước khi lưu" in html


def test_an_error_that_says_its_label_stands_alone():
    assert of_field("Chọn loại", "Loại") == "Chọn loại"
    assert of_field("Chưa nhập", "Địa chỉ") == "Địa chỉ: Chưa nhập"


def test_error_summary_counts_the_places():
    html = render("error_summary", errors=[{"text": "Một", "href": "#a"}, {"text": "Hai"}])
    assert "Cần sửa 2 chỗ trước khi trình duyệt" in html
    assert '<li><a href="#a">Một</a></li><li>Hai</li>' in html


@pytest.mark.parametrize(
    "context", [{}, {"errors": []}, {"form": LeadForm()}, {"form": LeadForm({"title": "a"})}]
)
def test_no_error_no_summary(context):
    assert render("error_summary", **context) == ""


def test_pager_keeps_the_other_parameters():
    paginator = Paginator(range(50), 20)
    html = render("pager", page=paginator.page(2), query=QueryDict("q=khéo&trang=2"))
    assert 'rel="prev" href="?q=kh%C3%A9o&amp;trang=1"' in html
    assert 'rel="next" href="?q=kh%C3%A9o&amp;trang=3"' in html
    assert "Trang 2/3" in html


def test_pager_shows_the_numbers_it_is_given():
    paginator = Paginator(range(500), 20)
    numbers = list(paginator.get_elided_page_range(3, on_each_side=1, on_ends=1))
    html = render("pager", page=paginator.page(3), pages=numbers, query=QueryDict())
    assert '<span aria-current="page"><span class="visually-hidden">Trang </span>3</span>' in html
    assert '<span aria-hidden="true">…</span>' in html
    assert html.count('href="?trang=4"') == 2  # the number and “Trang sau”


def test_one_page_has_no_pager():
    assert render("pager", page=Paginator([1], 20).page(1), query=QueryDict()) == ""


def test_confirm_posts_with_token_and_key_and_can_be_left():
    html = render(
        "confirm",
        id="issue",
        title="Phát hành, gửi",
        text="Gửi?",
        action="/x/",
        key="k1",
        csrf_token="t" * 32,
    )
    assert '<dialog id="issue" aria-labelledby="issue-title">' in html
    assert '<form method="post" action="/x/"' in html
    assert f'name="csrfmiddlewaretoken" value="{"t" * 32}"' in html
    assert '<input type="hidden" name="key" value="k1">' in html
    assert '<a class="button" href="#" data-close-dialog>Huỷ</a>' in html
    assert 'href="#issue" data-open-dialog' in render("confirm_link", id="issue", text="Phát hành, gửi")


def test_figure_tile_shows_the_change_or_the_reason_for_none():
    changed = render("figure_tile", value="1.736", label="mô hình", change="Tăng 105 (6,4%)", direction="up")
    assert '<span class="up">Tăng 105 (6,4%)</span>' in changed
    bare = render(
        "figure_tile", value="12,4", unit="nghìn m²", label="đất", note="Cùng kỳ 2025: chưa thống kê"
    )
    assert "12,4 <small>nghìn m²</small>" in bare
    assert "Cùng kỳ 2025: chưa thống kê" in bare


def test_part_nav_says_each_state_in_words():
    parts = [
        {
            "title": "I",
            "url": "/1/",
            "status": "Phần này đã xong",
            "status_kind": "done",
            "status_icon": "check",
        },
        {
            "title": "II",
            "url": "/2/",
            "status": "1 lỗi",
            "status_kind": "error",
            "status_icon": "error",
            "current": 1,
        },
    ]
    html = render("part_nav", parts=parts, done=1, total=2)
    assert "Đã xong 1/2 phần" in html and '<progress id="parts-done" value="1" max="2">1/2</progress>' in html
    assert '<span class="visually-hidden">Phần này đã xong</span>' in html
    assert '<a href="/2/" aria-current="page">' in html
    assert "<span>II – 1 lỗi</span>" in html


@pytest.mark.parametrize(
    ("kind", "icon"), [("ok", "check"), ("warn", "warning"), ("error", "error"), ("", "info")]
)
def test_an_alert_has_a_mark_beside_its_words(kind, icon):
    html = render("alert", kind=kind, text="<b>Xong</b>")
    assert f'icons.svg#{icon}"' in html
    assert "&lt;b&gt;Xong&lt;/b&gt;" in html


def test_banner_note_names_what_is_not_real():
    assert "Trang mẫu – dữ liệu minh hoạ" in render("banner_note")


def test_the_totals_row_names_its_columns_for_phones():
    html = render(
        "totals_row", label="Tổng", span=2, cells=[{"text": "1.743", "label": "Kỳ này"}, {"text": "–"}]
    )
    assert '<th scope="row" colspan="2">Tổng</th>' in html
    assert '<td class="number" data-label="Kỳ này">1.743</td><td class="number">–</td>' in html


PHOTO = {
    "width": 1200,
    "height": 1800,
    "small_width": 720,
    "alt": "Ba người đắp đường",
    "caption": "Ra quân <tháng 6>",
    "credit": "Lê An",
}


def test_a_photo_keeps_its_place_and_says_who_took_it():
    html = render("photo", photo=PHOTO, small_url="/s", large_url="/l")
    assert html == (
        '<figure class="photo"><img src="/s" srcset="/s 720w, /l 1200w" sizes="(min-width: 760px) 720px, 100vw"'
        ' width="1200" height="1800" alt="Ba người đắp đường" decoding="async" loading="lazy">'
        "<figcaption>Ra quân &lt;tháng 6&gt; "
        '<span class="photo__credit">Ảnh: Lê An</span></figcaption></figure>'
    )


def test_a_small_first_photo_loads_at_once_and_has_no_choice_of_sizes():
    small = PHOTO | {"width": 600, "small_width": 600, "caption": "", "credit": ""}
    html = render("photo", photo=small, small_url="/s", large_url="/l", first=True, link=True)
    assert html == (
        '<figure class="photo"><a href="/l"><img src="/s" width="600" height="1800" alt="Ba người đắp đường"'
        ' decoding="async"></a></figure>'
    )


def test_upload_progress_is_hidden_until_there_is_some():
    html = render("upload_progress", id="upload")
    assert 'data-upload-box hidden><div class="progress"><label for="upload"' in html
    assert '<p class="upload__said" role="status" data-upload-said></p>' in html
