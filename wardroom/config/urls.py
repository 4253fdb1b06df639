"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from wardroom.api.alerts import urls as alert_urls
from wardroom.api.feeds import urls as feed_urls
from wardroom.api.hsds import urls as hsds_urls
from wardroom.api.open311 import urls as open311_urls
from wardroom.api.open_data import urls as open_data_urls
from wardroom.api.v1 import urls as v1_urls
from wardroom.web import sign_in
from wardroom.web import urls as web_urls

handler500 = "wardroom.web.unwell.broke"
urlpatterns = [
    path("account/", include(sign_in)),
    path("feeds/", include(feed_urls)),
    path("api/", include(alert_urls)),
    path("open-data/", include(open_data_urls)),
    path("hsds/v3/", include(hsds_urls)),
    path("open311/", include((open311_urls.urlpatterns, "open311"), namespace="open311")),
    path("api/v1/", include((v1_urls.urlpatterns, "v1"), namespace="v1")),
    path("", include(web_urls)),
]
