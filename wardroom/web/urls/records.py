"""The pages of requests for records: for everybody, and for whoever answers them."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.records import ask, reviewing, taking, views

ONE = "records/<id:request_id>/"
RECORD = f"{ONE}<id:number>/"
pages: list[URLPattern] = [
    path("records/ask/", ask.ask, name="records_ask"),
    path("records/mine/<str:token>/", ask.mine, name="records_mine"),
    path("records/mine/<str:token>/records.zip", ask.fetch, name="records_fetch"),
    path("records/", views.request_list, name="records_requests"),
    path("records/new/", taking.request_new, name="records_request_new"),
    path(ONE, views.one_request, name="records_request"),
    path(f"{ONE}preview.pdf", views.preview, name="records_preview"),
    path(f"{ONE}answers/<id:release_id>/", views.release, name="records_release"),
    path(RECORD, reviewing.record, name="records_record"),
    path(f"{RECORD}file/", reviewing.record_file_view, name="records_record_file"),
    path(f"{RECORD}<str:verb>/", reviewing.record_move, name="records_record_move"),
    path(f"{ONE}<str:verb>/", views.request_move, name="records_request_move"),
]
