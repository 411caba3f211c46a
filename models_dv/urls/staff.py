"""Staff pages of the nouns, under /lam-viec/."""

app_name = "directory"
urlpatterns = []
