"""The pages of jobs, for everybody, and of a hiring, for its keeper and its panel."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.hiring import applications, keeping, views
from wardroom.web.jobs import applying, postings

pages: list[URLPattern] = [
    path("jobs/", postings.job_list, name="jobs"),
    path("jobs/mine/<str:token>/", applying.mine, name="job_mine"),
    path("jobs/mine/<str:token>/receipt.pdf", applying.receipt, name="job_receipt"),
    path("jobs/mine/<str:token>/withdraw/", applying.withdraw, name="job_withdraw"),
    path("jobs/<slug:slug>/", postings.job, name="job"),
    path("jobs/<slug:slug>/apply/", applying.begin, name="job_apply"),
    path("hiring/", views.hiring_list, name="hirings"),
    path("hiring/new/", views.hiring_new, name="hiring_new"),
    path("hiring/kept/", keeping.kept_list, name="hiring_kept"),
    path("hiring/kept/<id:posting_id>/<str:verb>/", keeping.kept_move, name="hiring_kept_move"),
    path("hiring/<id:posting_id>/", views.hiring, name="hiring"),
    path("hiring/<id:posting_id>/edit/", views.hiring_edit, name="hiring_edit"),
    path("hiring/<id:posting_id>/declare/", views.hiring_declare, name="hiring_declare"),
    path("hiring/<id:posting_id>/<str:verb>/", views.hiring_move, name="hiring_move"),
    path(
        "hiring/<id:posting_id>/applications/<id:number>/",
        applications.application,
        name="hiring_application",
    ),
    path(
        "hiring/<id:posting_id>/applications/<id:number>/resume/",
        applications.resume,
        name="hiring_resume",
    ),
    path(
        "hiring/<id:posting_id>/applications/<id:number>/<str:verb>/",
        applications.application_move,
        name="hiring_application_move",
    ),
]
