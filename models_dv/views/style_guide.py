"""The living style guide: every component of `templates/components/` in each of its states."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

STATES = [
    {"text": "Chưa soạn", "kind": "", "icon": ""},
    {"text": "Đang soạn", "kind": "", "icon": "pencil"},
    {"text": "Chờ duyệt", "kind": "info", "icon": "clock"},
    {"text": "Được trả lại để bổ sung", "kind": "warn", "icon": "refresh"},
    {"text": "Đã duyệt, chờ phát hành", "kind": "info", "icon": "check"},
    {"text": "Đã gửi, chờ tiếp nhận", "kind": "info", "icon": "send"},
    {"text": "Đã tiếp nhận", "kind": "ok", "icon": "check"},
    {"text": "Đã gửi, bị trả lại", "kind": "warn", "icon": "refresh"},
    {"text": "Đã thu hồi", "kind": "warn", "icon": "undo"},
    {"text": "Dự thảo", "kind": "", "icon": "pencil"},
    {"text": "Đã công bố", "kind": "ok", "icon": "check"},
    {"text": "Đã đính chính", "kind": "info", "icon": "pencil"},
    {"text": "Đã gỡ khỏi trang công khai", "kind": "", "icon": "close"},
    {"text": "Đã huỷ dự thảo", "kind": "", "icon": "close"},
    {"text": "Quá hạn 2 ngày", "kind": "error", "icon": "clock"},
    {"text": "Còn 3 ngày", "kind": "warn", "icon": "clock"},
]
PARTS = [
    {
        "title": "Đặc điểm tình hình",
        "status": "Phần này đã xong",
        "status_kind": "done",
        "status_icon": "check",
    },
    {"title": "Tình hình Nhân dân", "status": "1 góp ý", "status_kind": "comment", "status_icon": "comment"},
    {"title": "Dân chủ ở cơ sở", "status": "Đang soạn", "group": "Kết quả thực hiện công tác dân vận"},
    {"title": "Tiếp xúc, đối thoại với Nhân dân", "status": "Chưa soạn"},
    {
        "title": "Phụ lục: số liệu",
        "status": "1 lỗi",
        "status_kind": "error",
        "status_icon": "error",
        "current": True,
    },
]
SAVE_STATES = [
    {"state": "saved", "text": "Đã lưu lúc 14:32"},
    {"state": "saving", "text": "Đang lưu…"},
    {"state": "dirty", "text": "Có thay đổi chưa lưu"},
    {"state": "failed", "text": "Chưa lưu được, thử lại sau 5 giây"},
    {"state": "offline", "text": "Mất kết nối, giữ tạm trên máy này"},
    {"state": "session", "text": "Phiên làm việc đã hết hạn. Nội dung vừa nhập vẫn còn trên màn hình."},
    {"state": "conflict", "text": "Lê Thị Hoa vừa sửa phần này lúc 14:31. So sánh hai bản trước khi lưu."},
]
MATRIX_STATES = [
    {"letter": "✓", "kind": "accepted", "text": "Đã tiếp nhận"},
    {"letter": "N", "kind": "issued", "text": "Đã gửi, chờ tiếp nhận"},
    {"letter": "T", "kind": "returned", "text": "Được trả lại để bổ sung"},
    {"letter": "S", "kind": "draft", "text": "Đang soạn"},
    {"letter": "Q", "kind": "overdue", "text": "Quá hạn, chưa gửi"},
    {"letter": "–", "kind": "empty", "text": "Chưa soạn"},
]
CONTENTS = [
    {"href": "#tham-muu", "title": "1. Công tác tham mưu cấp uỷ"},
    {"href": "#doi-thoai", "title": "2. Tiếp xúc, đối thoại với Nhân dân"},
]
PERIODS = [("h1-2026", "6 tháng đầu năm 2026"), ("year-2025", "Năm 2025")]


@dataclass(frozen=True)
class SampleMessage:
    """Stands for a message of Django's messages framework."""

    level_tag: str
    text: str

    def __str__(self):
        return self.text


class SampleForm(forms.Form):
    """Every kind of control, with and without hint and error; never saved."""

    title = forms.CharField(label="Tiêu đề", help_text="Một câu, không quá 160 chữ cái")
    lead = forms.CharField(label="Sapo", widget=forms.Textarea)
    period = forms.ChoiceField(label="Kỳ báo cáo", choices=PERIODS)
    due = forms.CharField(label="Hạn nộp lại", error_messages={"required": "Chưa nhập hạn nộp lại"})
    way = forms.ChoiceField(
        label="Cách cấp số",
        choices=[("main", "Theo sổ chung của cơ quan"), ("own", "Cổng giữ sổ")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="Người trong ảnh đã đồng ý công bố", required=False)


@require_GET
def style_guide(request):
    """A staff page without data of the portal; nothing on it acts."""
    pages = Paginator(range(230), 20)
    context = {
        "nav": "help",
        "states": STATES,
        "sample_messages": [
            SampleMessage("success", "Đã trình duyệt lúc 14:32 ngày 05/07/2026"),
            SampleMessage("info", "Lê Thị Hoa đang mở phần này"),
            SampleMessage("warning", "Hôm nay là hạn gửi báo cáo"),
            SampleMessage("error", "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại"),
        ],
        "parts": [{"url": "#part-nav", **part} for part in PARTS],
        "save_states": SAVE_STATES,
        "matrix_states": MATRIX_STATES,
        "contents": CONTENTS,
        "form": SampleForm(
            {"title": "Kết quả công tác dân vận", "lead": "…", "period": "h1-2026", "way": "main"},
            auto_id="sample-%s",
        ),
        "page": pages.get_page(3),
        "pages": list(pages.get_elided_page_range(3, on_each_side=1, on_ends=1)),
        "query": QueryDict("q=dan+van+kheo"),
        "chips": [
            {"label": "Từ khoá", "value": "dân vận khéo", "url": "#chips"},
            {"label": "Kỳ", "value": "6 tháng đầu năm 2026", "url": "#chips"},
        ],
        "trail": [
            {"title": "Trang chủ", "url": "#breadcrumb"},
            {"title": "Báo cáo đã công bố", "url": "#breadcrumb"},
        ],
        "replies": [
            {"author": "Chuyên viên, xã Phú Lâm", "when": "06/07/2026", "text": "Đã bổ sung địa chỉ."}
        ],
        "names": {
            "name": "sample",
            "label": "Đơn vị phối hợp",
            "values": ["Đảng uỷ xã Phú Lâm", ""],
            "attrs": {"id": "sample-names", "list": "sample-unit-names"},
        },
        "unit_names": ["Đảng uỷ xã Phú Lâm", "Đảng uỷ xã Bình Minh"],
        "totals": [
            {"label": "Kỳ này", "text": "1.743"},
            {"label": "Cùng kỳ", "text": "1.638"},
            {"label": "Tăng, giảm", "text": "+105"},
        ],
    }
    return render(request, "staff/style_guide.html", context)
