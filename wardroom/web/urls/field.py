"""The pages of problem locations, of checks and of walks."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.candidates import views as candidates
from wardroom.web.candidates import walks as few_report
from wardroom.web.candidates import weights
from wardroom.web.checks import chosen, found, walks
from wardroom.web.checks import views as checks
from wardroom.web.evaluations import views as evaluations
from wardroom.web.locations import files as location_files
from wardroom.web.locations import nominations, public_texts
from wardroom.web.locations import rule as location_rule
from wardroom.web.locations import views as locations
from wardroom.web.urls.plans import plan_paths
from wardroom.web.walks import phone
from wardroom.web.walks import views as outings

pages: list[URLPattern] = [
    path("candidates/", candidates.candidate_list, name="candidates"),
    path("candidates/walks/", few_report.walk_list, name="walks"),
    path("candidates/weights/", weights.weights, name="weights"),
    path("candidates/<id:candidate_id>/", candidates.candidate, name="candidate"),
    path("candidates/<id:candidate_id>/decide/", candidates.decide, name="decide"),
    path("locations/", locations.location_list, name="locations"),
    path("locations/nominate/", nominations.nominate, name="nominate"),
    path("locations/nominations/", nominations.nomination_list, name="nominations"),
    path("locations/nominations/<id:nomination_id>/", nominations.nomination, name="nomination"),
    path(
        "locations/nominations/<id:nomination_id>/decide/",
        nominations.decide,
        name="nomination_decide",
    ),
    path("locations/rule/", location_rule.rule, name="location_rule"),
    path("locations/<id:matter_id>/analysis/", location_files.analysis, name="analysis"),
    path("locations/<id:matter_id>/reopen/", location_files.reopen, name="location_reopen"),
    path("locations/<id:matter_id>/public/", public_texts.public_text, name="location_public"),
    path(
        "locations/<id:matter_id>/public/<str:verb>/",
        public_texts.public_text_move,
        name="location_public_move",
    ),
    path("locations/<id:matter_id>/story/", location_files.story, name="place_story"),
    path("locations/<id:matter_id>/", locations.location, name="location"),
    *plan_paths("locations", ""),
    path("locations/<id:matter_id>/check/", locations.check, name="check"),
    path("locations/<id:matter_id>/next/", locations.next_step, name="next_step"),
    path("locations/<id:matter_id>/close/", locations.close, name="close"),
    path("evaluations/", evaluations.evaluation_list, name="evaluations"),
    path("evaluations/new/", evaluations.evaluation_new, name="evaluation_new"),
    path("evaluations/<id:evaluation_id>/", evaluations.evaluation, name="evaluation"),
    path(
        "evaluations/<id:evaluation_id>/withdraw/",
        evaluations.withdraw,
        name="evaluation_withdraw",
    ),
    path("checks/", checks.round_list, name="rounds"),
    path("checks/new/", checks.round_new, name="round_new"),
    path("checks/walk/", walks.walk, name="walk"),
    path("checks/chosen/", chosen.chosen_list, name="checks_chosen"),
    path("checks/found/", found.found_list, name="found"),
    path("checks/found/<id:stop_id>/", found.found_one, name="found_one"),
    path("checks/<id:round_id>/", checks.check_round, name="round"),
    path("checks/<id:round_id>/end/", checks.end, name="round_end"),
    path("checks/<id:round_id>/walks/<id:walk>/", walks.round_walk, name="round_walk"),
    path("checks/<id:round_id>/stops/<id:stop_id>/", walks.round_stop, name="round_stop"),
    path("checks/<id:round_id>/stops/<id:stop_id>/settle/", walks.settle, name="dispute_settle"),
    path("walks/", outings.walks, name="outings"),
    path("walks/new/", outings.walk_new, name="walk_new"),
    path("walks/<id:walk_id>/", outings.outing, name="outing"),
    path("walks/<id:walk_id>/take/", outings.take, name="walk_take"),
    path("walks/<id:walk_id>/end/", outings.end, name="walk_end"),
    path("walks/<id:walk_id>/ledger/", outings.ledger, name="walk_ledger"),
    path("walks/<id:walk_id>/stops/<id:stop_id>/settle/", outings.settle, name="walk_settle"),
    path("walks/<id:walk_id>/photos/<id:photo_id>/out/", outings.withhold, name="walk_withhold"),
    path("walks/<id:walk_id>/go/", phone.go, name="walk_go"),
    path("walks/<id:walk_id>/go/worker.mjs", phone.worker, name="walk_worker"),
    path("walks/<id:walk_id>/lines/", phone.lines, name="walk_lines"),
    path(
        "walks/<id:walk_id>/photographs/<slug:key>/",
        phone.photographs,
        name="walk_photograph",
    ),
]
