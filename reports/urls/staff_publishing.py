"""Staff pages in which a summary is made public."""

urlpatterns = []
