"""What the worker does by the clock; `wardroom.jobs.schedule` says when."""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone

from wardroom.calendar.actions import plan_ahead
from wardroom.calendar.queries import get_calendars_to_read, get_series_to_plan
from wardroom.casework.actions import forget_held, learn_topics
from wardroom.city.queries import districts
from wardroom.directory.actions import forget_sent_forms, forget_sessions, forget_tallies
from wardroom.fieldwork.actions import tell_findings
from wardroom.fieldwork.queries.telling import agencies_to_tell
from wardroom.hiring.actions import drop_drafts, remind_of_disposal
from wardroom.hiring.queries.keeping import hirings_to_dispose, over_with_drafts
from wardroom.incidents.actions import remind_of_households
from wardroom.incidents.queries.keeping import homes_to_dispose
from wardroom.jobs.each import do_each
from wardroom.jobs.reliving import relived
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel.errors import Refused
from wardroom.library.actions import end_service_alert
from wardroom.library.queries.finding import get_services_to_quiet
from wardroom.matters import actions
from wardroom.matters.actions import climb_ladder
from wardroom.matters.queries import due_rungs, get_ask, get_people_who_left_work
from wardroom.office.actions import announce_fund_end, ask_for_plan
from wardroom.office.queries.money import get_funds_to_announce, get_funds_without_plan
from wardroom.problems.actions import keep_false_alarms
from wardroom.problems.gateways import detect
from wardroom.problems.queries.evaluations import evaluations_under_way
from wardroom.problems.queries.false_alarms import tried_this_quarter
from wardroom.reporting.actions import (
    draft_roll_up,
    draft_weekly_report,
    offer_packet,
    rebuild_report,
    withdraw_packet_offer,
)
from wardroom.reporting.gateways import measure
from wardroom.reporting.queries import get_edition, get_offers_to_change, this_week
from wardroom.reporting.queries.due import due_rebuilds, missed_before, unsigned_before
from wardroom.reporting.rules import ROLL_UP, WEEKLY
from wardroom.reporting.rules.open_data import DATASETS
from wardroom.retention.gateways import empty_log
from wardroom.upkeep.actions import keep_emptied

logger = logging.getLogger(__name__)


def detect_nightly() -> None:
    """Rank the places again with all that came in during the day, read from the database."""
    try:
        detect(from_scratch=True, stamp=worker_stamp())
    except Refused as no:
        logger.warning("no ranking tonight: %s", no.sentence)


def forget_what_forms_held() -> int:
    """Forget what forms held, were counted by and sent yesterday, and old sign-ins; how many."""
    at = worker_stamp().at
    forms = forget_held(at=at) + forget_tallies(at=at) + forget_sent_forms(at=at)
    return forms + forget_sessions(at=at)


def keep_hirings() -> int:
    """Empty applications never sent, two weeks after their posting ended; tell what is due."""
    stamp = worker_stamp()
    today = timezone.localdate(stamp.at)
    over, due = over_with_drafts(today=today), hirings_to_dispose(today=today)
    done = do_each(over, lambda row: drop_drafts(row, stamp=stamp), told="drafts of posting")
    return done + do_each(
        due, lambda row: remind_of_disposal(row, stamp=stamp), told="end of hiring"
    )


def keep_households() -> int:
    """Tell the records officer of which incidents what households needed was kept its time."""
    stamp = worker_stamp()
    due = homes_to_dispose(today=timezone.localdate(stamp.at))
    return do_each(
        due, lambda row: remind_of_households(row, stamp=stamp), told="homes of incident"
    )


def measure_nightly() -> None:
    """Measure the requests again with all that came in during the day."""
    try:
        measure(stamp=worker_stamp())
    except Refused as no:
        logger.warning("nothing measured tonight: %s", no.sentence)


def make_open_data() -> int:
    """Make the files of open data anew whose rows changed; gives how many.

    One that fails is written down in the log and stops no other.
    """
    from wardroom.reporting.gateways.open_data import make_file

    at = worker_stamp().at
    made = 0
    for dataset in DATASETS.values():
        try:
            made += make_file(dataset, at=at)
        except Exception:
            logger.exception("the file of %s could not be made", dataset.code)
    return made


def judge_nightly() -> int:
    """Look at every evaluation under way, each in a commit of its own; returns how many.

    One that fails is written down in the log and stops no other.
    """
    from wardroom.problems.gateways.evaluating import give_verdict

    told = 0
    for evaluation_id in evaluations_under_way():
        try:
            told += give_verdict(evaluation_id, stamp=worker_stamp()) is not None
        except Refused as no:
            logger.warning("evaluation %s: %s", evaluation_id, no)
        except Exception:
            logger.exception("evaluation %s could not be judged", evaluation_id)
    return told


def try_judge_quarterly() -> bool:
    """Try the judge on the office's own data, once a quarter; whether it was done now."""
    stamp = worker_stamp()
    if tried_this_quarter(timezone.localdate(stamp.at)):
        return False
    from wardroom.problems.gateways.trying import try_judge

    try:
        keep_false_alarms(None, tried=try_judge(stamp.at), stamp=worker_stamp())
    except Refused as no:
        logger.info("the judge is not tried: %s", no.sentence)
        return False
    return True


def draft_weekly_reports() -> int:
    """Draft this week's report of every ward, and count the unsigned ones anew; gives how many.

    Weeks in which the house was down on the day are made up for. What people wrote into a
    draft stays. One that fails is written down and stops no other.
    """
    stamp = worker_stamp()
    week = this_week(stamp.at)
    wards = [(ward.code, week.name) for ward in districts("ward", timezone.localdate(stamp.at))]

    def draft(report: tuple[str, str]) -> None:
        ward, name = report
        draft_weekly_report(None, ward_code=ward, week=name, stamp=stamp)

    before = (*missed_before(week, WEEKLY), *unsigned_before(week))
    return do_each((*before, *wards), draft, told="report of ward")


@relived
def draft_weekly_roll_up() -> bool:
    """Draft the director's roll-up of the running week; whether that was done.

    Weeks in which the house was down on the day are made up for.
    """
    stamp = worker_stamp()
    week = this_week(stamp.at)
    missed = [name for _, name in missed_before(week, ROLL_UP)]
    do_each(missed, lambda name: draft_roll_up(None, week=name, stamp=stamp), told="roll-up")
    try:
        draft_roll_up(None, week=week.name, stamp=stamp)
    except Refused as no:
        logger.info("no roll-up: %s", no.sentence)
        return False
    return True


def rebuild_signed_reports() -> int:
    """Rebuild the signed reports whose turn it is from their frozen rows; gives how many.

    One that is not identical any more is written down as an error.
    """
    rebuilt = 0
    for edition_id in due_rebuilds(worker_stamp().at):
        stamp = worker_stamp()
        try:
            done = rebuild_report(get_edition(edition_id, stamp.actor), stamp=stamp)
        except Refused as no:
            logger.info("report %s: %s", edition_id, no)
            continue
        except Exception:
            logger.exception("report %s could not be rebuilt", edition_id)
            continue
        rebuilt += 1
        if not done.identical:
            logger.error("report %s is not what was signed: %s", edition_id, done.differences)
    return rebuilt


@relived
def tell_findings_daily() -> int:
    """Tell each agency what was found of its work since it was told last; gives how many."""
    stamp = worker_stamp()
    agencies = agencies_to_tell(at=stamp.at)
    return do_each(agencies, lambda agency: tell_findings(agency, stamp=stamp), told="findings of")


def plan_meetings_ahead() -> int:
    """Put the next meetings of every weekly series into the calendar; returns for how many."""
    stamp = worker_stamp()
    due = get_series_to_plan(on=timezone.localdate(stamp.at))
    return do_each(due, lambda series: plan_ahead(series, stamp=stamp), told="series")


def offer_packets() -> int:
    """Put the packets of the coming week's ANC meetings on the liaisons' lists; gives how many.

    What is over, canceled or far off again comes off them.
    """
    stamp = worker_stamp()

    def change(offer: tuple[Any, bool]) -> None:
        event, wanted = offer
        (offer_packet if wanted else withdraw_packet_offer)(event, stamp=stamp)

    offers = get_offers_to_change(on=timezone.localdate(stamp.at))
    return do_each(offers, change, told="packet of event")


def end_alerts() -> int:
    """Take the alerts off services whose last day is over; gives how many."""
    stamp = worker_stamp()
    services = get_services_to_quiet(on=timezone.localdate(stamp.at))
    return do_each(
        services, lambda service: end_service_alert(service, stamp=stamp), told="alert of service"
    )


def read_outside_calendars() -> int:
    """Read the calendars of others again; gives how many told something new.

    One that fails is written down and stops no other.
    """
    from wardroom.calendar.gateways.reading_outside import read_outside

    read = 0
    for calendar in get_calendars_to_read():
        try:
            read += read_outside(calendar, stamp=worker_stamp())
        except Refused as no:
            logger.info("calendar %s: %s", calendar.pk, no)
        except Exception:
            logger.exception("calendar %s could not be read", calendar.pk)
    return read


def announce_fund_ends() -> int:
    """Put funds that end soon, and those without a plan, on the directors' lists; how many."""
    stamp = worker_stamp()
    without = get_funds_without_plan(timezone.localdate(stamp.at))
    asked = do_each(without, lambda fund: ask_for_plan(fund, stamp=stamp), told="fund")
    due = get_funds_to_announce(timezone.localdate(stamp.at))
    return asked + do_each(
        due, lambda fund: announce_fund_end(fund, stamp=stamp), told="end of fund"
    )


@relived
def take_up_left_work() -> int:
    """Hand what people left behind when their roles ended to the director, each by itself.

    One that fails is written down in the log and stops no other; returns how many there were.
    """
    stamp = worker_stamp()
    left = get_people_who_left_work(on=timezone.localdate(stamp.at))
    return do_each(
        left, lambda party: actions.take_up_left_work(party, stamp=stamp), told="what was left by"
    )


@relived
def climb_ladders() -> int:
    """Take the next step with every agency that is silent, each in a commit of its own.

    One that fails is written down in the log and stops no other; returns how many climbed.
    """

    def climb(ask_id: int) -> None:
        stamp = worker_stamp()
        climb_ladder(get_ask(ask_id, actor=stamp.actor), stamp=stamp)

    return do_each(due_rungs(worker_stamp().at), climb, told="ladder of ask")


def learn_topics_weekly() -> None:
    """Learn anew which words tell of which topic, from all that was reported until now."""
    try:
        learn_topics(None, stamp=worker_stamp())
    except Refused as no:
        logger.info("nothing learned this week: %s", no.sentence)


def empty_log_often() -> bool:
    """Empty the database's own log of what was taken out; whether nobody stood in the way."""
    done = empty_log()
    keep_emptied(done, stamp=worker_stamp())
    return done
