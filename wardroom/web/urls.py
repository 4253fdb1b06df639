"""The pages of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from wardroom.web.asks import views as asks
from wardroom.web.candidates import views as candidates
from wardroom.web.data import views as data
from wardroom.web.house import views as house
from wardroom.web.locations import plan
from wardroom.web.locations import views as locations
from wardroom.web.reports import views as reports
from wardroom.web.requests import views as requests

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", house.healthz, name="healthz"),
    path("", house.home, name="home"),
    path("candidates/", candidates.candidate_list, name="candidates"),
    path("candidates/<int:candidate_id>/", candidates.candidate, name="candidate"),
    path("candidates/<int:candidate_id>/decide/", candidates.decide, name="decide"),
    path("locations/", locations.location_list, name="locations"),
    path("locations/<int:matter_id>/", locations.location, name="location"),
    path("locations/<int:matter_id>/plan/", plan.plan_form, name="plan"),
    path(
        "locations/<int:matter_id>/plan/<int:version>/",
        locations.plan_version,
        name="plan_version",
    ),
    path("locations/<int:matter_id>/check/", locations.check, name="check"),
    path("locations/<int:matter_id>/next/", locations.next_step, name="next_step"),
    path("locations/<int:matter_id>/close/", locations.close, name="close"),
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
    path("requests/", requests.request_list, name="requests"),
    path("requests/<int:request_id>/", requests.service_request, name="request"),
    path("data/", data.overview, name="data"),
    path("data/messages/", data.outbox, name="outbox"),
    path("data/messages/<int:message_id>/retry/", data.retry, name="retry_message"),
]
