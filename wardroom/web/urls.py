"""The pages of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wardroom.web.asks import views as asks
from wardroom.web.house import views as house
from wardroom.web.reports import views as reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", house.healthz, name="healthz"),
    path("", house.home, name="home"),
    path("asks/", asks.ask_list, name="asks"),
    path("asks/<int:ask_id>/", asks.ask, name="ask"),
    path("asks/<int:ask_id>/<str:verb>/", asks.make_move, name="ask_move"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/draft/", reports.draft, name="report_draft"),
    path("reports/<int:edition_id>/", reports.report, name="report"),
    path("reports/<int:edition_id>/write/", reports.edit, name="report_edit"),
    path("reports/<int:edition_id>/sign/", reports.sign, name="report_sign"),
    path("reports/<int:edition_id>/correct/", reports.correct, name="report_correct"),
    path("reports/<int:edition_id>/report.pdf", reports.pdf, name="report_pdf"),
]
