"""What runs when: one table, kept in the queue's schedule by the worker at its start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django_q.models import Schedule

THURSDAY, FRIDAY, SUNDAY = 3, 4, 6


@dataclass(frozen=True)
class Routine:
    """One thing that the worker does by the clock.

    ``at`` is a time of day in the office's zone; without it the routine runs every so many
    ``minutes``.
    ``weekday`` counts from Monday as 0; without it a routine with a time runs every day.
    """

    name: str
    runs: str
    why: str
    at: time | None = None
    weekday: int | None = None
    minutes: int = 1


ROUTINES = (
    Routine(
        name="sweep",
        runs="wardroom.jobs.delivery.sweep",
        why="run what still has to follow from a line of the ledger",
    ),
    Routine(
        name="send mail",
        runs="wardroom.jobs.delivery.send_waiting",
        why="send the messages whose time has come",
    ),
    Routine(
        name="let mail go",
        runs="wardroom.jobs.lost_time.let_mail_go",
        why="let mail go out again once somebody said when the house stopped that was restored",
    ),
    Routine(
        name="send webhooks",
        runs="wardroom.jobs.hooks.send_hooks",
        why="send other programs word of the new lines that they may read",
    ),
    Routine(
        name="forget calls",
        runs="wardroom.jobs.hooks.forget_named_calls",
        why="forget the names that programs gave their calls, a day later",
        at=time(0, 5),
    ),
    Routine(
        name="forget what forms held",
        runs="wardroom.jobs.routines.forget_what_forms_held",
        why="forget what public forms held, and sign-ins whose time is over",
        minutes=15,
    ),
    Routine(
        name="sign the ledger",
        runs="wardroom.jobs.heads.sign_daily",
        why="sign what the ledger came to, and hand the signed head to those who keep it",
        at=time(0, 15),
    ),
    Routine(
        name="empty unsent applications",
        runs="wardroom.jobs.routines.keep_hirings",
        why="empty applications never sent, and tell which hirings were kept their months",
        at=time(0, 35),
    ),
    Routine(
        name="homes of incidents",
        runs="wardroom.jobs.routines.keep_households",
        why="tell of which incidents what households needed was kept its time",
        at=time(0, 40),
    ),
    Routine(
        name="fetch mail",
        runs="wardroom.jobs.fetching.fetch_mail",
        why="take in what lies in the mailbox, where one is set up",
    ),
    Routine(
        name="alerts",
        runs="wardroom.jobs.alerts.read_alerts",
        why="take in the alerts of other authorities, and those off the lists whose time ran out",
        minutes=5,
    ),
    Routine(
        name="call-outs",
        runs="wardroom.jobs.calling.climb_call_outs",
        why="call the next to an incident where nobody said in time that they have it",
    ),
    Routine(
        name="chase swaps",
        runs="wardroom.jobs.duty.chase_swaps",
        why="ask again for shifts that nobody took, and end the swaps of shifts that began",
        minutes=15,
    ),
    Routine(
        name="look for gaps",
        runs="wardroom.jobs.duty.look_for_gaps",
        why="put the gaps of the next 30 days into the lists of those who can fill them",
        at=time(0, 25),
    ),
    Routine(
        name="letters to many",
        runs="wardroom.jobs.news.send_circulars",
        why="put the copies of approved letters into the outbox, once the half minute is over",
    ),
    Routine(
        name="move subscribers",
        runs="wardroom.jobs.news.move_subscribers",
        why="let subscribers follow boundaries that came into force, and tell them",
        at=time(0, 10),
    ),
    Routine(
        name="digests",
        runs="wardroom.jobs.news.write_digests",
        why="write what became public to those who asked for it, by day, week or month",
        at=time(6, 45),
    ),
    Routine(
        name="climb ladders",
        runs="wardroom.jobs.routines.climb_ladders",
        why="take the next step with agencies that are silent, in working hours",
        minutes=60,
    ),
    Routine(
        name="terms",
        runs="wardroom.jobs.office.keep_terms",
        why="tell ahead who leaves and what has to be proved, and note whose time here ended",
        at=time(0, 10),
    ),
    Routine(
        name="left work",
        runs="wardroom.jobs.routines.take_up_left_work",
        why="give the director what somebody left behind whose role ended the day before",
        at=time(0, 20),
    ),
    Routine(
        name="announce fund ends",
        runs="wardroom.jobs.routines.announce_fund_ends",
        why="put funds that end in 60 or 30 days, or have no plan, on the directors' lists",
        at=time(0, 25),
    ),
    Routine(
        name="plan meetings",
        runs="wardroom.jobs.routines.plan_meetings_ahead",
        why="keep the weekly meetings of the core teams planned thirteen weeks ahead",
        at=time(0, 40),
    ),
    Routine(
        name="offer packets",
        runs="wardroom.jobs.routines.offer_packets",
        why="put the packets of the coming week's ANC meetings on the liaisons' lists",
        at=time(0, 50),
    ),
    Routine(
        name="end alerts",
        runs="wardroom.jobs.routines.end_alerts",
        why="take what was to be known of a service off it, once its last day is over",
        at=time(0, 55),
    ),
    Routine(
        name="read calendars",
        runs="wardroom.jobs.routines.read_outside_calendars",
        why="read the calendars of commissions and agencies again",
        minutes=60,
    ),
    Routine(
        name="read endpoints",
        runs="wardroom.jobs.endpoints.read_endpoints",
        why="read the Open311 servers that are due a little further",
    ),
    Routine(
        name="send requests on",
        runs="wardroom.jobs.endpoints.send_submissions",
        why="send what is to go to other Open311 servers",
    ),
    Routine(
        name="follow requests",
        runs="wardroom.jobs.endpoints.follow_submissions",
        why="ask other Open311 servers for numbers and how far they are",
    ),
    Routine(
        name="compare requests",
        runs="wardroom.jobs.endpoints.compare_nightly",
        why="hold what is mirrored and sent on to what the other systems say, and list the drift",
        at=time(2, 30),
    ),
    Routine(
        name="tell findings",
        runs="wardroom.jobs.routines.tell_findings_daily",
        why="write to agencies what spot checks found of their work since the day before",
        at=time(16, 30),
    ),
    Routine(
        name="detect",
        runs="wardroom.jobs.routines.detect_nightly",
        why="rank the places again with the requests of the day",
        at=time(3, 30),
    ),
    Routine(
        name="measure",
        runs="wardroom.jobs.routines.measure_nightly",
        why="measure the requests again: on time, time to close, backlog, what came back",
        at=time(4, 0),
    ),
    Routine(
        name="learn topics",
        runs="wardroom.jobs.routines.learn_topics_weekly",
        why="learn anew which words tell of which topic, to suggest one on the public form",
        at=time(4, 40),
        weekday=SUNDAY,
    ),
    Routine(
        name="verdicts",
        runs="wardroom.jobs.routines.judge_nightly",
        why="look at the evaluations under way, and give the verdicts that are due",
        at=time(4, 30),
    ),
    Routine(
        name="try the judge",
        runs="wardroom.jobs.routines.try_judge_quarterly",
        why="once a quarter, judge plans that nobody made: how often would they look helped?",
        at=time(5, 10),
    ),
    Routine(
        name="weekly reports",
        runs="wardroom.jobs.routines.draft_weekly_reports",
        why="draft the weekly report of every ward, for the liaison to finish",
        at=time(6, 0),
        weekday=THURSDAY,
    ),
    Routine(
        name="roll-up",
        runs="wardroom.jobs.routines.draft_weekly_roll_up",
        why="draft the director's roll-up from the reports of the wards",
        at=time(12, 30),
        weekday=FRIDAY,
    ),
    Routine(
        name="open data",
        runs="wardroom.jobs.routines.make_open_data",
        why="make the Parquet files that anybody may download, where their rows changed",
        at=time(4, 20),
    ),
    Routine(
        name="empty the log",
        runs="wardroom.jobs.routines.empty_log_often",
        why="empty SQLite's log, so that words that were taken out stand in no file any more",
        minutes=15,
    ),
    Routine(
        name="back up",
        runs="wardroom.jobs.backups.back_up_nightly",
        why="copy all that Wardroom keeps into one file, and keep the newest ones",
        at=time.fromisoformat(settings.BACKUP_AT),
    ),
    Routine(
        name="prove backup",
        runs="wardroom.jobs.backups.prove_weekly",
        why="restore the newest backup on trial, and look whether everything in it is whole",
        at=time(2, 10),
        weekday=SUNDAY,
    ),
    Routine(
        name="look outside",
        runs="wardroom.jobs.upkeep.look_outside",
        why="see whether the mail server takes mail and the certificate of the site holds",
        minutes=10,
    ),
    Routine(
        name="check the ledger",
        runs="wardroom.jobs.upkeep.check_ledger",
        why="walk the ledger from its first line, and write down whether it is whole",
        at=time(2, 50),
    ),
    Routine(
        name="take stock",
        runs="wardroom.jobs.upkeep.take_stock_nightly",
        why="let SQLite learn how its tables grew, so that every page stays quick",
        at=time(3, 40),
    ),
    Routine(
        name="rebuild reports",
        runs="wardroom.jobs.routines.rebuild_signed_reports",
        why="tell signed reports again from their frozen rows, and compare every number",
        at=time(5, 40),
        weekday=SUNDAY,
    ),
)


def first_run(routine: Routine, *, now: datetime, zone: ZoneInfo) -> datetime:
    """When a routine runs first after ``now``; the time of day holds across clock changes."""
    if routine.at is None:
        return now
    local = now.astimezone(zone)
    day = local.date()
    while True:
        moment = datetime.combine(day, routine.at, tzinfo=zone)
        if moment > now and routine.weekday in (None, day.weekday()):
            return moment
        day += timedelta(days=1)


def keep_schedule(*, now: datetime) -> None:
    """Make the queue's schedule agree with the table; a run that is due stays due."""
    zone = ZoneInfo(settings.TIME_ZONE)
    Schedule.objects.exclude(name__in=[r.name for r in ROUTINES]).delete()
    for routine in ROUTINES:
        wanted = {"func": routine.runs, "schedule_type": _type(routine), "repeats": -1}
        wanted["minutes"] = routine.minutes if routine.at is None else None
        kept = Schedule.objects.filter(name=routine.name).order_by("id")
        first = kept.first()
        if first is not None:
            kept.exclude(pk=first.pk).delete()
        if first is None or not _same_clock(first, routine, zone):
            wanted["next_run"] = first_run(routine, now=now, zone=zone)
        Schedule.objects.update_or_create(
            pk=first.pk if first else None, defaults={**wanted, "name": routine.name}
        )


def _type(routine: Routine) -> str:
    if routine.at is None:
        return str(Schedule.MINUTES)
    return str(Schedule.DAILY if routine.weekday is None else Schedule.WEEKLY)


def _same_clock(kept: Schedule, routine: Routine, zone: ZoneInfo) -> bool:
    if kept.schedule_type != _type(routine) or kept.next_run is None:
        return False
    if routine.at is None:
        return True
    local = kept.next_run.astimezone(zone)
    return local.time() == routine.at and routine.weekday in (None, local.weekday())
