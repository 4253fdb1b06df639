"""The addresses of the feeds."""

from __future__ import annotations

from django.urls import path

from wardroom.api.feeds import alerts, calendars, near, news, silence, views, walks

urlpatterns = [
    path("calendar.ics", calendars.public, name="feed_calendar"),
    path("calendars/<str:token>.ics", calendars.secret, name="feed_secret_calendar"),
    path("wards.geojson", views.wards, name="feed_wards"),
    path("candidates.geojson", views.candidates, name="feed_candidates"),
    path("places/<int:place_id>/open.geojson", views.place, name="feed_place"),
    path("locations/<int:matter_id>/reported.geojson", views.location, name="feed_location"),
    path("rounds/<int:round_id>/walks/<int:walk>.geojson", walks.of_round, name="feed_round_walk"),
    path("walks/<int:walk_id>.geojson", walks.of_walk, name="feed_walk_route"),
    path("alerts/<id:draft_id>.geojson", alerts.outline, name="feed_alert"),
    path("silence.geojson", silence.silence, name="feed_silence"),
    path("walk.geojson", walks.of_ward, name="feed_walk"),
    path("news.atom", news.news, name="feed_news"),
    path("news.rss", news.news, {"form": "rss"}, name="feed_news_rss"),
    path(
        "news/<slug:kind>/<path:code>/news.rss", news.news, {"form": "rss"}, name="feed_news_rss_of"
    ),
    path("public/<slug:what>.<slug:form>", news.of_kind, name="feed_kind"),
    path("near.geojson", near.near, name="feed_near"),
    path("near/<slug:kind>/<path:code>/map.geojson", near.near, name="feed_near_of"),
    path("news.geojson", news.places, name="feed_news_places"),
    path("news/<slug:kind>/<path:code>/news.atom", news.news, name="feed_news_of"),
    path("news/<slug:kind>/<path:code>/places.geojson", news.places, name="feed_news_places_of"),
    path("areas/<slug:kind>/<path:key>/open.geojson", views.area, name="feed_area"),
]
