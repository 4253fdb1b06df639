"""The pages on which residents report something, and follow it."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.authorities import views as authorities
from wardroom.web.residents import following, reporting
from wardroom.web.topics import views as topics

pages: list[URLPattern] = [
    path("report/", reporting.report, name="report_concern"),
    path("mine/", following.links, name="report_links"),
    path("mine/<str:token>/", following.mine, name="report_mine"),
    path("mine/<str:token>/<str:verb>/", following.say, name="report_say"),
    path("topics/", topics.listing, name="topics"),
    path("topics/learn/", topics.learn, name="topics_learn"),
    path("topics/<slug:code>/", topics.topic, name="topic"),
    path("topics/<slug:code>/<str:verb>/", topics.make_move, name="topic_move"),
    path("authorities/", authorities.listing, name="authorities"),
    path("authorities/add/", authorities.add, name="authority_add"),
    path("authorities/<slug:code>/", authorities.authority, name="authority"),
    path("authorities/<slug:code>/<str:verb>/", authorities.make_move, name="authority_move"),
]
