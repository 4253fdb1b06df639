"""The pages on which residents report something, and follow it."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.residents import following, reporting

pages: list[URLPattern] = [
    path("report/", reporting.report, name="report_concern"),
    path("mine/", following.links, name="report_links"),
    path("mine/<str:token>/", following.mine, name="report_mine"),
    path("mine/<str:token>/<str:verb>/", following.say, name="report_say"),
]
