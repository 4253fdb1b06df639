"""The pages of the office's own people."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.office_people import positions, residency, staffing, terms, training

pages: list[URLPattern] = [
    path("positions/", positions.position_list, name="positions"),
    path("positions/new/", positions.position_new, name="position_new"),
    path("positions/units/<str:verb>/", positions.unit_move, name="unit_move"),
    path("positions/<id:position_id>/", positions.position, name="position"),
    path("positions/<id:position_id>/<str:verb>/", positions.position_move, name="position_move"),
    path("staffing/", staffing.requirement, name="staffing"),
    path("staffing/study/", staffing.study, name="time_study"),
    path("staffing/study/<id:log_id>/take-back/", staffing.take_back, name="time_take_back"),
    path("staffing/scenarios/<id:scenario_id>/drop/", staffing.drop, name="scenario_drop"),
    path("staffing/<str:verb>/", staffing.make_move, name="staffing_move"),
    path("terms/", terms.term_list, name="terms"),
    path("terms/new/", terms.term_new, name="term_new"),
    path("terms/<id:term_id>/", terms.term, name="term"),
    path("terms/<id:term_id>/<str:verb>/", terms.make_move, name="term_move"),
    path("training/", training.training_list, name="trainings"),
    path("training/new/", training.training_new, name="training_new"),
    path("training/<id:training_id>/", training.training, name="training"),
    path(
        "training/<id:training_id>/certificate/",
        training.certificate,
        name="training_certificate",
    ),
    path("training/<id:training_id>/<str:verb>/", training.make_move, name="training_move"),
    path("residency/", residency.residency_list, name="residency"),
    path("residency/new/", residency.residency_new, name="residency_new"),
    path("residency/<id:clock_id>/", residency.residency_clock, name="residency_clock"),
    path("residency/<id:clock_id>/<str:verb>/", residency.make_move, name="residency_move"),
]
