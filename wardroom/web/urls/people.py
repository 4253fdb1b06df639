"""The pages of people, of where they live, and of who was reached."""

from __future__ import annotations

from django.urls import URLPattern, path

from wardroom.web.capture import mentions
from wardroom.web.outreach import contacts as outreach_contacts
from wardroom.web.outreach import plans as outreach_plans
from wardroom.web.outreach import strategies, touches
from wardroom.web.outreach import views as outreach
from wardroom.web.people import areas, brief, cards, importing, joining, organisations, places
from wardroom.web.people import views as people

pages: list[URLPattern] = [
    path("people/", people.people_list, name="people"),
    path("people/names/", mentions.mention_list, name="mentions"),
    path("people/names/<id:mention_id>/", mentions.mention, name="mention"),
    path("people/cards.vcf", cards.cards, name="people_cards"),
    path("people/organizations/new/", organisations.organisation_new, name="organization_new"),
    path("people/commissions/", organisations.make, name="make_commissions"),
    path("people/import/", importing.contacts, name="contacts_import"),
    path("people/imports/<id:import_id>/", importing.imported, name="contacts_imported"),
    path("people/imports/<id:import_id>/undo/", importing.undo, name="contacts_undo"),
    path("people/twins/", joining.twins, name="twins"),
    path("people/<id:party_id>/brief/", brief.brief, name="brief"),
    path("people/<id:party_id>/card.vcf", cards.card, name="party_card"),
    path("people/<id:party_id>/join/<id:other_id>/", joining.join, name="party_join"),
    path("people/<id:party_id>/part/<id:joined_id>/", joining.part, name="party_part"),
    path("people/<id:party_id>/", people.party, name="party"),
    path("people/<id:party_id>/<str:verb>/", people.make_move, name="party_move"),
    path("outreach/", outreach.silence, name="outreach"),
    path("outreach/contacts/", outreach_contacts.real_contacts, name="real_contacts"),
    path("outreach/touches/", touches.touches, name="touches"),
    path("outreach/touches/<slug:key>/<str:verb>/", touches.make_move, name="touch_move"),
    path("outreach/plans/", outreach_plans.plan_list, name="outreach_plans"),
    path("outreach/plans/new/", outreach_plans.plan_new, name="outreach_plan_new"),
    path("outreach/plans/<id:matter_id>/", outreach_plans.plan, name="outreach_plan"),
    path(
        "outreach/plans/<id:matter_id>/<str:verb>/",
        outreach_plans.make_move,
        name="outreach_plan_move",
    ),
    path("outreach/strategies/", strategies.strategies, name="strategies"),
    path("outreach/strategies/<id:strategy_id>/use/", strategies.use, name="strategy_use"),
    path("places/<id:place_id>/", places.place, name="place"),
    path("areas/<slug:kind>/<path:key>/", areas.area, name="area"),
]
