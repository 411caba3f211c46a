"""Staff pages in which a report is written and handed in."""

urlpatterns = []
