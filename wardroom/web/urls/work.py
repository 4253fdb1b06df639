"""The pages of what the office works on, issue by issue and promise by promise."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.commissions import views as commissions
from wardroom.web.commitments import views as commitments
from wardroom.web.improvements import views as improvements
from wardroom.web.initiatives import campaign
from wardroom.web.initiatives import file as one_initiative
from wardroom.web.initiatives import views as initiatives
from wardroom.web.issues import asking, batches, closing, details, lists, todo
from wardroom.web.issues import file as issue
from wardroom.web.issues import views as issues
from wardroom.web.policies import views as policies
from wardroom.web.programs import views as programs
from wardroom.web.urls.plans import plan_paths

pages: list[URLPattern] = [
    path("issues/", lists.issue_list, name="issues"),
    path("issues/new/", issues.intake, name="intake"),
    path("issues/batches/", batches.batch_list, name="batches"),
    path("issues/batches/new/", batches.batch_new, name="batch_new"),
    path("issues/batches/<id:batch_id>/", batches.batch, name="batch"),
    path("issues/batches/<id:batch_id>/<str:verb>/", batches.batch_move, name="batch_move"),
    path("issues/<id:matter_id>/", issue.issue, name="issue"),
    path("issues/<id:matter_id>/details/", details.details, name="issue_details"),
    path("issues/<id:matter_id>/ask/", asking.ask, name="issue_ask"),
    path("issues/<id:matter_id>/close/", closing.close, name="issue_close"),
    path("issues/<id:matter_id>/todo/", todo.todo, name="issue_todo"),
    path(
        "issues/<id:matter_id>/todo/<id:task_id>/<str:verb>/",
        todo.make_task_move,
        name="issue_task",
    ),
    path("issues/<id:matter_id>/<str:verb>/", issue.make_move, name="issue_move"),
    path("initiatives/", initiatives.initiative_list, name="initiatives"),
    path("initiatives/new/", initiatives.initiative_new, name="initiative_new"),
    path("initiatives/<id:matter_id>/", initiatives.initiative, name="initiative"),
    path("initiatives/<id:matter_id>/wards/", campaign.campaign, name="campaign"),
    *plan_paths("initiatives", "initiative_"),
    path(
        "initiatives/<id:matter_id>/<str:verb>/", one_initiative.make_move, name="initiative_move"
    ),
    path("commissions/", commissions.paper_list, name="commission_papers"),
    path("commissions/new/", commissions.paper_new, name="commission_paper_new"),
    path("commissions/<id:matter_id>/", commissions.paper, name="commission_paper"),
    path(
        "commissions/<id:matter_id>/concerns/<id:concern_id>/",
        commissions.answer,
        name="commission_concern",
    ),
    path(
        "commissions/<id:matter_id>/<str:verb>/",
        commissions.make_move,
        name="commission_paper_move",
    ),
    path("commitments/programs/", programs.program_list, name="programs"),
    path("commitments/programs/new/", programs.program_new, name="program_new"),
    path("commitments/programs/<id:program_id>/end/", programs.program_end, name="program_end"),
    path("commitments/programs/<id:matter_id>/", programs.program_check, name="program_check"),
    path("commitments/", commitments.commitment_list, name="commitments"),
    path("commitments/new/", commitments.commitment_new, name="commitment_new"),
    path("commitments/<id:matter_id>/", commitments.commitment, name="commitment"),
    path("commitments/<id:matter_id>/<str:verb>/", commitments.make_move, name="commitment_move"),
    path("improvements/", improvements.improvement_list, name="improvements"),
    path("improvements/new/", improvements.improvement_new, name="improvement_new"),
    path("improvements/<id:matter_id>/", improvements.improvement, name="improvement"),
    path(
        "improvements/<id:matter_id>/<str:verb>/", improvements.make_move, name="improvement_move"
    ),
    path("policies/", policies.policies, name="policies"),
    path("policies/<id:matter_id>/", policies.policy, name="policy"),
    path("policies/<id:matter_id>/<str:verb>/", policies.policy_move, name="policy_move"),
]
