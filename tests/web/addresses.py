"""Every address of the site, and real ones to try them with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.library.files import key
from tests.web.conftest import World
from wardroom.calendar.models import Event
from wardroom.engagement.models import BodyMeeting, Concern, EventRequest, Group
from wardroom.fieldwork.models import CheckRound, Stop, Walk, WalkLine, WalkPhoto
from wardroom.hiring.models import Posting
from wardroom.matters.models import Matter
from wardroom.office.models import BudgetSubmission

OTHER = {"5": "7", "7": "5"}
SPARE: dict[str, tuple[Any, ...]] = {
    "answer": ("no-such-link",),
    "helped": ("no-such-link",),
    "call": ("no-such-link",),
    "call_address_end": (999_999,),
    "welcome": ("no-such-link",),
    "invitation": ("no-such-link",),
    "invitation_answer": ("no-such-link", "yes"),
    "feed_secret_calendar": ("no-such-link",),
    "calendar_feed_move": ("open",),
    "calendar_other_end": (999_999,),
    "api_key_end": (999_999,),
    "hook": (999_999,),
    "hook_move": (999_999, "end"),
    "leave_group": ("no-such-link",),
    **dict.fromkeys(
        ("news_confirm", "news_stop", "news_mine", "news_change", "news_more"), ("no-such-link",)
    ),
    "topic": ("rodents",),
    "topic_move": ("rodents", "open"),
    "unit_move": ("unit",),
    "staffing_move": ("year",),
    "scenario_drop": (999_999,),
    "time_take_back": (999_999,),
    "authority": ("power_company",),
    "authority_move": ("power_company", "end"),
    "report_mine": ("no-such-link",),
    "report_say": ("no-such-link", "still"),
    **dict.fromkeys(("job_mine", "job_receipt", "job_withdraw"), ("no-such-link",)),
    "subscribers_undo": (999_999,),
    **dict.fromkeys(("records_mine", "records_fetch"), ("no-such-link",)),
    **dict.fromkeys(("records_record_file", "records_release"), (999_999, 1)),
    "answer_send": ("no-such-link", "accept_ask"),
    "document": (999_999, "original"),
    "incident_review_pdf": (999_999,),
    "found_one": (999_999,),
    "mail_file": (999_999, 1),
    "account_confirm_email": ("key",),
    "account_remove_factor": (999_999,),
    "account_reset_password_from_key": ("uid", "key"),
}


def last_stop(row: CheckRound) -> int:
    """The last stop of a round, where nobody has been."""
    stops = Stop.objects.filter(round=row).order_by("-walk", "-position")
    return int(stops.values_list("pk", flat=True)[0])


def comer_of(event: Event) -> int:
    """Who is down to come to an event."""
    coming = event.participations.exclude(answer="no").order_by("pk")
    return int(coming.values_list("party", flat=True)[0])


def stop_of(walk: Walk) -> int:
    """The stop of a walk where somebody was."""
    return int(WalkLine.objects.filter(walk=walk).order_by("pk").values_list("stop", flat=True)[0])


def patterns(resolver: Any = None) -> Iterator[URLPattern]:
    """Every pattern of the site, those of included lists too.

    What other programs call, and no sign-in opens, is tried in tests/api.
    """
    for entry in (resolver or get_resolver()).url_patterns:
        if getattr(entry, "namespace", None) in {"v1", "open311"}:
            continue
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def plan_arguments(start: str, matter: int) -> dict[str, tuple[Any, ...]]:
    """The pages of a plan and its first step."""
    return {
        f"{start}plan_version": (matter, 1),
        f"{start}plan_move": (matter, 1, "review"),
        f"{start}plan_step": (matter, 1),
        f"{start}plan_step_move": (matter, 1, "owner"),
    }


def first_concern(matter: Matter) -> int:
    """The first concern of a commission's paper."""
    return int(Concern.objects.filter(paper__matter=matter).order_by("position")[0].pk)


def group_arguments(group: Group) -> dict[str, tuple[Any, ...]]:
    """The pages of a group, of its first meeting, and of who asked to join it."""

    def meeting() -> int:
        return int(group.party.hosted.order_by("starts_at")[0].pk)

    return {
        "group": (group.pk,),
        "group_move": (group.pk, "shut"),
        "group_picture": (group.pk, "svg"),
        "group_sign_up": (group.pk, lambda: group.sign_ups.get(state="waiting").pk),
        **dict.fromkeys(("group_meeting", "group_minutes_pdf"), (meeting,)),
        "group_meeting_move": (meeting, "agenda"),
        "join_group": (group.token,),
    }


def work_arguments(work: Mapping[str, int]) -> dict[str, tuple[Any, ...]]:
    """The pages of a group's plan, of help for it, of a guideline, and of a review."""
    return {
        "guideline": (work["guideline"],),
        "guideline_move": (work["guideline"], "accept"),
        "group_plan": (work["plan"],),
        "group_plan_move": (work["plan"], "end"),
        "assistance": (work["help"],),
        "assistance_move": (work["help"], "need"),
        "program_review": (work["review"],),
        "program_review_move": (work["review"], "hear"),
    }


def visit_arguments(matter: Matter) -> dict[str, tuple[Any, ...]]:
    """A request for the Mayor, its run of show, its door and its paper sheet."""

    def event() -> Event:
        found = EventRequest.objects.get(matter=matter).event
        assert found is not None
        return found

    def number() -> int:
        return event().pk

    def sheet() -> int:
        return int(event().sign_in_sheets.get().pk)

    return {
        **dict.fromkeys(("event_request", "event_run", "event_run_pdf"), (matter.pk,)),
        "event_request_move": (matter.pk, "next"),
        **dict.fromkeys(
            ("event_run_strike", "event_run_revise"),
            (matter.pk, lambda: event().run_lines.get().pk),
        ),
        **dict.fromkeys(("event_door", "event_walk_in", "event_sheets"), (number,)),
        **dict.fromkeys(("event_undo", "event_door_take", "event_door_go"), (number,)),
        **dict.fromkeys(("event_door_worker", "event_door_lines"), (number,)),
        "event_invited": (
            number,
            lambda: event().participations.order_by("pk")[0].pk,
        ),
        **dict.fromkeys(("event_sheet", "event_sheet_row", "event_sheet_done"), (sheet,)),
    }


def body_of_meeting(matter: Matter) -> int:
    """The organisation that holds a meeting."""
    return int(BodyMeeting.objects.get(matter=matter).body.party_id)


def elsewhere_arguments(world: World, ward: str) -> dict[str, tuple[Any, ...]]:
    """The pages of another system, of what was sent to it, and of where it says otherwise."""
    endpoint = world.endpoint.pk if world.endpoint else 0
    return {
        **dict.fromkeys(("endpoint", "endpoint_edit"), (endpoint,)),
        "endpoint_move": (endpoint, "hurry"),
        "drift": (world.drifts[ward].pk,),
        "drift_move": (world.drifts[ward].pk, "accept"),
        "submission": (world.submissions[ward].pk,),
        "submission_move": (world.submissions[ward].pk, "give_up"),
        "matter_send_on": (world.matters[ward].pk,),
        "ask_send_on": (world.asks[ward].pk,),
    }


def money_arguments(world: World) -> dict[str, tuple[Any, ...]]:
    """The pages of a fund and of its newest line."""
    fund = world.fund
    number = fund.pk if fund else 0

    def line() -> int:
        return int(fund.lines.order_by("-pk")[0].pk) if fund else 0

    def sheet() -> int:
        return int(BudgetSubmission.objects.values_list("pk", flat=True)[0])

    return {
        **dict.fromkeys(("fund", "fund_change", "fund_plan", "fund_lines_file"), (number,)),
        "fund_line": (number, line),
        "fund_move": (number, "certify"),
        **dict.fromkeys(("budget_submission", "budget_pdf", "budget_sheet"), (sheet,)),
        "budget_submission_move": (sheet, "word"),
    }


def duty_arguments(world: World, ward: str) -> dict[str, tuple[Any, ...]]:
    """The pages of rotas, of shifts, and of swaps."""
    duties = world.duties
    return {
        "rota": (duties.rota,),
        "rota_turn": (duties.draft, duties.turn),
        "rota_move": (duties.draft, "drop"),
        **dict.fromkeys(("rota_person", "rota_leave"), (duties.people[ward],)),
        "my_wish_withdraw": (duties.wishes[ward],),
        "my_swap": (duties.shifts[ward],),
        "swap": (duties.swaps[ward],),
        "swap_move": (duties.swaps[ward], "withdraw"),
        **dict.fromkeys(("on_call_shift", "on_call_take"), (duties.gaps[ward],)),
    }


def arguments(world: World, ward: str) -> dict[str, tuple[Any, ...]]:
    """What the addresses that name a thing are called with: a real thing of this ward.

    What has to be looked up is looked up for the address that needs it.
    """
    matter, ask = world.matters[ward].pk, world.asks[ward].pk
    draft, signed = world.drafts[ward].pk, world.signed[ward].pk
    return {
        **dict.fromkeys(("candidate", "decide"), (world.candidates[ward].pk,)),
        **dict.fromkeys(("location", "plan", "check", "next_step", "close"), (matter,)),
        **plan_arguments("", matter),
        **plan_arguments("initiative_", world.initiatives[ward].pk),
        **dict.fromkeys(("initiative", "initiative_plan"), (world.initiatives[ward].pk,)),
        **dict.fromkeys(("alert", "alert_file", "feed_alert"), (world.alerts[ward],)),
        "open_data_file": ("requests", "csv"),
        **dict.fromkeys(
            ("office_measure", "office_measure_rows", "office_measure_target"), ("answered",)
        ),
        "feed_kind": ("events", "atom"),
        "feed_news_rss_of": ("ward", ward),
        "alert_move": (world.alerts[ward], "aside"),
        "incident": (world.incidents[ward].pk,),
        **dict.fromkeys(
            (
                *("incident_text", "households", "household_note", "household_follow"),
                "incident_review",
            ),
            (world.incidents[ward].pk,),
        ),
        "household_keep": (world.incidents[ward].pk, "hold"),
        "incident_review_move": (world.incidents[ward].pk, "write"),
        **dict.fromkeys(
            (
                *("incident_report", "incident_report_text", "incident_release"),
                "incident_send_back",
            ),
            (world.incidents[ward].pk, 1),
        ),
        "incident_move": (world.incidents[ward].pk, "next"),
        "policy": (world.policies[ward].pk,),
        "policy_move": (world.policies[ward].pk, "say"),
        "campaign": (world.campaigns[ward].pk,),
        "initiative_move": (world.initiatives[ward].pk, "next"),
        "commission_paper": (world.papers[ward].pk,),
        "commission_paper_move": (world.papers[ward].pk, "letter"),
        "commission_concern": (
            world.papers[ward].pk,
            lambda: first_concern(world.papers[ward]),
        ),
        **dict.fromkeys(("body_meeting", "open_meeting"), (world.body_meetings[ward].pk,)),
        "body_meeting_move": (world.body_meetings[ward].pk, "next"),
        "open_minutes": (world.body_meetings[ward].pk, 1),
        "body": (lambda: body_of_meeting(world.body_meetings[ward]),),
        "body_move": (lambda: body_of_meeting(world.body_meetings[ward]), "seat"),
        **dict.fromkeys(("packet", "packet_pdf", "packet_send"), (world.convened[ward].pk,)),
        "program_check": (world.held_to[ward].pk,),
        "program_end": (world.programs[ward].pk,),
        "anc_notice": (world.owed[ward].pk,),
        "anc_notice_move": (world.owed[ward].pk, "seen"),
        "anc_notices_own_answer": (world.initiatives[ward].pk,),
        "anc": (world.convened[ward].host_id,),
        "anc_move": (world.convened[ward].host_id, "meeting"),
        **visit_arguments(world.visits[ward]),
        **money_arguments(world),
        "commitment": (world.promises[ward].pk,),
        "commitment_move": (world.promises[ward].pk, "confirm"),
        **group_arguments(world.groups[ward]),
        **work_arguments(world.works[ward]),
        **dict.fromkeys(
            ("subscriber", "subscriber_stop"), (world.subscriptions[ward].subscriber_id,)
        ),
        "circular": (world.circular.pk if world.circular else 0,),
        "circular_move": (world.circular.pk if world.circular else 0, "reword"),
        **dict.fromkeys(("feed_news_of", "feed_news_places_of", "feed_near_of"), ("ward", ward)),
        "outreach_plan": (world.outreach_plans[ward].pk,),
        "outreach_plan_move": (world.outreach_plans[ward].pk, "next"),
        "touch_move": ("smd-5Z99", "not_now"),
        "strategy_use": (world.strategies[ward].pk,),
        "improvement": (world.improvements[ward].pk,),
        "term": (world.terms[ward].pk,),
        "position": (world.positions[ward].pk,),
        "position_move": (world.positions[ward].pk, "change"),
        **dict.fromkeys(("training", "training_certificate"), (world.trainings[ward].pk,)),
        "training_move": (world.trainings[ward].pk, "replace"),
        "residency_clock": (world.clocks[ward].pk,),
        "residency_move": (world.clocks[ward].pk, "proof"),
        "term_move": (world.terms[ward].pk, "shorten"),
        "improvement_move": (world.improvements[ward].pk, "evidence"),
        **dict.fromkeys(("analysis", "location_reopen", "place_story", "feed_location"), (matter,)),
        "location_public": (matter,),
        "location_public_move": (matter, "write"),
        **dict.fromkeys(("nomination", "nomination_decide"), (world.nominations[ward].pk,)),
        **dict.fromkeys(("evaluation", "evaluation_withdraw"), (world.evaluations[ward].pk,)),
        **dict.fromkeys(("issue", "issue_ask", "issue_details"), (world.issues[ward].pk,)),
        **dict.fromkeys(("round", "round_end"), (world.rounds[ward].pk,)),
        **dict.fromkeys(("round_walk", "feed_round_walk"), (world.rounds[ward].pk, 1)),
        "round_stop": (world.rounds[ward].pk, lambda: last_stop(world.rounds[ward])),
        "dispute_settle": (world.rounds[ward].pk, lambda: last_stop(world.rounds[ward])),
        **dict.fromkeys(
            ("meeting", "meeting_matters", "action_list", "action_list_pdf"),
            (world.meetings[ward].pk,),
        ),
        "meeting_move": (world.meetings[ward].pk, "line"),
        "event": (world.work_days[ward].pk,),
        "event_move": (world.work_days[ward].pk, "join"),
        "event_live": (world.work_days[ward].pk,),
        "week_cover": (f"event-{world.work_days[ward].pk}",),
        "week_uncover": (
            f"event-{world.work_days[ward].pk}",
            lambda: comer_of(world.work_days[ward]),
        ),
        "sheet_edit": ("brief", world.work_days[ward].pk),
        "team": (ward,),
        "team_move": (ward, "seat"),
        **dict.fromkeys(
            (
                "outing",
                "walk_take",
                "walk_end",
                "walk_ledger",
                "walk_go",
                "walk_worker",
                "walk_lines",
                "feed_walk_route",
            ),
            (world.walks[ward].pk,),
        ),
        "walk_settle": (world.walks[ward].pk, lambda: stop_of(world.walks[ward])),
        "walk_withhold": (
            world.walks[ward].pk,
            lambda: WalkPhoto.objects.get(walk=world.walks[ward]).pk,
        ),
        "walk_photograph": (world.walks[ward].pk, "no-key"),
        "batch": (world.batches[ward].pk,),
        "batch_move": (world.batches[ward].pk, "do"),
        "issue_move": (world.issues[ward].pk, "next"),
        **dict.fromkeys(("issue_close", "issue_todo"), (world.issues[ward].pk,)),
        "issue_task": (world.issues[ward].pk, world.issue_tasks[ward].pk, "finish_task"),
        "ask": (ask,),
        "day_move": (world.tasks[ward].pk, "finish_task"),
        "place": (world.matters[ward].place_id,),
        "party": (world.people[ward].pk,),
        "party_move": (world.people[ward].pk, "contact"),
        **dict.fromkeys(("brief", "party_card"), (world.people[ward].pk,)),
        "party_join": (world.people[ward].pk, world.cast[f"liaison{ward}"].party.pk),
        "party_part": (world.people[ward].pk, 999_999),
        **dict.fromkeys(("contacts_imported", "contacts_undo"), (world.imports[ward],)),
        "mention": (lambda: world.mentions[ward],),
        "matter_history": (world.issues[ward].pk,),
        "line": (world.lines[ward],),
        "area": ("ward", ward),
        "near_area": ("ward", ward),
        "near_location": (matter,),
        "near_place": (world.matters[ward].place_id,),
        "feed_area": ("ward", ward),
        "feed_place": (world.matters[ward].place_id,),
        "ask_move": (ask, "withdraw_ask"),
        **dict.fromkeys(("report", "report_edit", "report_sign", "report_pdf"), (draft,)),
        **dict.fromkeys(("report_answer", "report_word"), (draft,)),
        "report_rows": (draft, "matters_open"),
        "report_correct": (signed,),
        **dict.fromkeys(("word_template", "word_template_back"), ("weekly",)),
        "word_template_file": ("weekly", "house"),
        **dict.fromkeys(("sheet", "sheet_pdf", "sheet_word"), ("memo", world.matters[ward].pk)),
        "report_rebuild": (signed,),
        "measure": ("agency", "DPW"),
        "request": (world.requests[ward].pk,),
        **dict.fromkeys(("receipt_retry", "receipt_give_up"), (world.given_up,)),
        "retry_message": (world.message.pk,),
        "staff_member": (world.cast[f"liaison{ward}"].party.pk,),
        "staff_move": (world.cast[f"liaison{ward}"].party.pk, "cover"),
        "handover": (world.handovers[ward].pk,),
        "handover_move": (world.handovers[ward].pk, "note"),
        **dict.fromkeys(
            ("set_message_aside", "recall_message", "hurry_message"), (world.message.pk,)
        ),
        "mail_message": (world.mail.pk,),
        "mail_move": (world.mail.pk, "aside"),
        **dict.fromkeys(("letters", "write_letter"), (matter,)),
        **dict.fromkeys(("referral", "referral_pdf"), (world.referrals[ward].pk,)),
        "referral_move": (world.referrals[ward].pk, "end"),
        **dict.fromkeys(("service_listed", "service_edit"), (lambda: key("pantry"),)),
        "service_move": (lambda: key("pantry"), "assure"),
        "hsds_service": (lambda: key("pantry"),),
        "service_file": (world.service_file,),
        "service_file_move": (world.service_file, "undo"),
        **elsewhere_arguments(world, ward),
        **duty_arguments(world, ward),
        **hiring_arguments(world.postings[ward]),
        **records_arguments(world.records_request),
        **retention_arguments(world.legal_hold, world.disposal),
        **SPARE,
    }


def records_arguments(number: int) -> dict[str, tuple[Any, ...]]:
    """The pages of a request for records, and of the first record that was found for it."""
    return {
        **dict.fromkeys(("records_request", "records_preview"), (number,)),
        "records_request_move": (number, "search"),
        "records_record": (number, 1),
        "records_record_move": (number, 1, "decide"),
    }


def retention_arguments(hold: int, disposal: int) -> dict[str, tuple[Any, ...]]:
    """The pages of a class of records, of a legal hold, and of a disposal."""
    return {
        "retention_class": ("issues",),
        "retention_class_move": ("issues", "adopt"),
        "legal_hold": (hold,),
        "legal_hold_move": (hold, "lift"),
        **dict.fromkeys(("disposal", "disposal_certificate"), (disposal,)),
        "disposal_move": (disposal, "drop"),
    }


def hiring_arguments(posting: Posting) -> dict[str, tuple[Any, ...]]:
    """The pages of a job for everybody, and of its hiring, with the one application."""
    number = posting.pk
    return {
        **dict.fromkeys(("job", "job_apply"), (posting.slug,)),
        **dict.fromkeys(("hiring", "hiring_edit", "hiring_declare"), (number,)),
        "hiring_move": (number, "question"),
        "hiring_kept_move": (number, "hold"),
        **dict.fromkeys(("hiring_application", "hiring_resume"), (number, 1)),
        "hiring_application_move": (number, 1, "declare"),
    }


def address(world: World, name: str, ward: str = "5") -> str:
    """The address of this name, about a thing of this ward where it is about one."""
    given = arguments(world, ward).get(name, ())
    return reverse(name, args=[part() if callable(part) else part for part in given])


def names() -> list[str]:
    """The name of every pattern, in the order of the site."""
    return [str(pattern.name) for pattern in patterns()]


def word(answer: HttpResponseBase) -> str:
    """What came back: the status, `login` for the way to sign in, `on` for any other way on."""
    if answer.status_code != 302:
        return str(answer.status_code)
    return "login" if answer.headers["Location"].startswith("/account/login/") else "on"
