"""Staff pages of notifications."""

from django.urls import path

from reports.views.staff import notifications

urlpatterns = [
    path("thong-bao/", notifications.notifications, name="notifications"),
    path("thong-bao/da-doc/", notifications.notifications_read, name="notifications_read"),
    path("thong-bao/cach-gui-thu/", notifications.mail_habit, name="mail_habit"),
    path("thong-bao/<int:pk>/", notifications.notification_open, name="notification_open"),
    path("thong-bao/<int:pk>/da-doc/", notifications.notification_read, name="notification_read"),
]
