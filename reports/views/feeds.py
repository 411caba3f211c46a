"""News of what is published, for feed readers."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Rss201rev2Feed

from models_dv.vietnamese.fold import normalize
from reports.domain import public_reading

ITEMS = 20


class LatestReports(Feed):
    """The reports put up or corrected last (RSS 2.0)."""

    feed_type = Rss201rev2Feed
    title = settings.PORTAL["title"]
    description = "Báo cáo công tác dân vận vừa được công bố hoặc đính chính."
    link = reverse_lazy("public:reports")
    feed_url = reverse_lazy("public:feed")
    language = "vi"
    item_guid_is_permalink = False

    def items(self):
        """Published reports, the one put up last first."""
        return public_reading.newest()[:ITEMS]

    def item_title(self, item):
        """Title, body and whether it is a correction."""
        correction = " (đính chính)" if item.current.number > 1 else ""
        title = normalize(f"{item.current.title} – {item.unit_version.name}{correction}")
        return " ".join(title.split())

    def item_description(self, item):
        """The lead."""
        return normalize(item.current.lead)

    def item_guid(self, item):
        """A correction is news again."""
        return f"{item.slug}/lan-{item.current.number}"

    def item_pubdate(self, item):
        """When this version appeared."""
        return item.current.published_at

    def item_categories(self, item):
        """Kind and period."""
        return [item.period.report_kind, item.period.label]
