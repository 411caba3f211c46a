"""Open data: what is published, for programs and spreadsheets."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from models_dv.views.public_page import CACHE_CONTROL, public_page
from reports.exporters.open_data import FIGURE_COLUMNS, REPORT_COLUMNS, all_figures_csv, report_list
from reports.models import Publication, PublishedFigure
from reports.views.feeds import ITEMS

COLUMN_WORDS = {
    "bao_cao": "Địa chỉ của báo cáo: phần cuối của đường dẫn /bao-cao/…/",
    "ma_don_vi": "Mã đơn vị trong cổng",
    "don_vi": "Tên đơn vị khi báo cáo",
    "loai_ky": "half_year: 6 tháng, annual: năm, quarter: quý, nine_months: 9 tháng, thematic: chuyên đề",
    "nam": "Năm của kỳ",
    "ky": "Tên kỳ",
    "lan": "Lần công bố; tăng khi đính chính",
    "nguon": "Báo cáo của đơn vị, hoặc Tư liệu tổng hợp từ báo chí",
    "minh_hoa": "có: đơn vị và số liệu không có thật",
    "ma_chi_tieu": "Mã chỉ tiêu trong đề cương",
    "chi_tieu": "Tên chỉ tiêu",
    "don_vi_tinh": "Đơn vị tính",
    "tu_di_kem": "gần, hơn, trên, ước; để trống: số đúng",
    "gia_tri": "Giá trị của kỳ; dấu chấm trước phần lẻ, không có dấu tách hàng nghìn",
    "cung_ky": "Giá trị cùng kỳ năm trước; để trống: chưa thống kê, hoặc không so sánh được",
    "ghi_chu_cung_ky": "Cùng kỳ cộng từ những đơn vị nào, hoặc vì sao không so sánh được",
    "chu_thich": "Chú thích của chỉ tiêu",
}


@public_page
def open_data(request):
    """What there is, how it is written, how it may be used."""
    context = {
        "nav": "open_data",
        "reports": Publication.objects.published().count(),
        "figures": PublishedFigure.objects.filter(version__in=_in_force()).count(),
        "feed_items": ITEMS,
        "columns": [(name, COLUMN_WORDS[name]) for name in (*REPORT_COLUMNS, *FIGURE_COLUMNS)],
    }
    return render(request, "public/open_data.html", context)


def _in_force():
    return Publication.objects.published().values("current")


@login_not_required
@require_safe
def figures(request):
    """Every published figure as CSV, sent line by line."""
    response = StreamingHttpResponse(all_figures_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-lieu-cong-bo.csv"'
    response["Cache-Control"] = CACHE_CONTROL
    return response


@public_page
def reports(request):
    """Every published report as JSON, with its full address."""
    entries = report_list()
    for entry in entries:
        entry["dia_chi"] = request.build_absolute_uri(entry["dia_chi"])
    return JsonResponse({"bao_cao": entries}, json_dumps_params={"ensure_ascii": False})
