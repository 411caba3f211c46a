"""Staff pages on which a report is looked over: what changed, what is said about it, what it was."""

from django.urls import path

from reports.views.staff import comments, history, review

ONE = "bao-cao/<int:pk>/"
COMMENT = f"{ONE}gop-y/<int:row>/"

urlpatterns = [
    path(f"{ONE}xem-xet/", review.review, name="review"),
    path(f"{ONE}gop-y/", comments.comments, name="comments"),
    path(f"{COMMENT}tra-loi/", comments.comment_reply, name="comment_reply"),
    path(f"{COMMENT}da-sua-xong/", comments.comment_resolve, name="comment_resolve"),
    path(f"{COMMENT}mo-lai/", comments.comment_reopen, name="comment_reopen"),
    path(f"{ONE}lich-su/", history.history, name="history"),
    path(f"{ONE}lich-su/<int:row>/", history.changes, name="history_changes"),
]
