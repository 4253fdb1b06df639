"""The measures whose months have cases of their own: reports, promises, clocks, meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy
from wardroom.calendar import rules as calendar_rules
from wardroom.calendar.models import Event, Participation
from wardroom.casework import policy as casework_policy
from wardroom.casework.models import Complaint
from wardroom.casework.rules import CHANNELS, PUBLIC_CHANNELS, WALK
from wardroom.engagement import policy as engagement_policy
from wardroom.engagement.models import CommissionPaper, Commitment, CommitmentChange
from wardroom.engagement.rules import commitments, papers
from wardroom.library.queries import office_hours
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside, reach_of_asks
from wardroom.matters.rules import DEADLINE, REFERRAL
from wardroom.notices.models import Received
from wardroom.notices.policy import received_reach
from wardroom.problems.models import Spell
from wardroom.problems.rules import files
from wardroom.reporting.queries.office.deadlines import Deadline, end_of
from wardroom.reporting.queries.office.parts import CountedRow, Flow, Part, met_where
from wardroom.reporting.queries.promises import withdrawn_before
from wardroom.reporting.rules import office_measures as rules
from wardroom.reporting.rules.answering import answered_by, late_up_to

NO_HOURS = (
    "The office's working days are not known yet, so nobody can say what the next one was."
    " Load them with: wardroom setup"
)
IN_ERROR = "opened_in_error"
AT_ONCE = (*PUBLIC_CHANNELS, WALK)


def answered(actor: Actor, today: date) -> Flow:
    """Reports that a person had to take in, and mail that nobody has looked at."""
    measure = rules.MEASURES["answered"]
    calendar = office_hours()
    if calendar is None:
        return Flow(measure, today, (), why_not=NO_HOURS)
    spans = answered_by(rules.first_months(today)[0], today, calendar)
    # Most are taken in at once, which is in time whatever the day: those need not be looked up.
    at_once = Q(taken_at__lte=F("received_at"), received_at__lt=end_of(today))
    reports = Complaint.objects.within(casework_policy.reach(actor)).exclude(channel__in=AT_ONCE)
    reports = (
        reports.annotate(on_day=TruncDate("received_at"))
        .alias(taken_on=TruncDate("taken_at"), due_on=Deadline("received_at", spans))
        .annotate(met=met_where(at_once | Q(taken_on__lte=F("due_on"))))
    )
    mail = Received.objects.within(received_reach(actor)).filter(state=Received.State.WAITING)
    late = late_up_to(spans, today)
    mail = mail.filter(received_at__lt=end_of(late)) if late is not None else mail.none()
    mail = mail.annotate(on_day=TruncDate("received_at"), met=met_where(Q(pk=None)))
    return Flow(
        measure,
        today,
        (Part(reports.select_related("matter"), _complaint), Part(mail, _mail)),
        why_not="No resident's report has come in yet that a person had to take in.",
    )


def promises(actor: Actor, today: date) -> Flow:
    """Asks whose first promised day is over, as `promises_by_agency` counts them."""
    asks = Ask.objects.filter(kind=REFERRAL, first_promised_on__lt=today)
    asks = asks.within(reach_of_asks(actor))
    asks = asks.exclude(Q(state="withdrawn") & withdrawn_before())
    asks = asks.annotate(
        on_day=F("first_promised_on"),
        met=met_where(Q(done_at__date__lte=F("first_promised_on"))),
    )
    return Flow(
        rules.MEASURES["promises"],
        today,
        (Part(asks.select_related("party", "matter"), _ask),),
        why_not="No agency has promised us anything whose day is over.",
    )


def anc_clocks(actor: Actor, today: date) -> Flow:
    """The clocks that a commission's own proposal starts, once their day is over."""
    asks = Ask.objects.filter(
        kind=DEADLINE,
        rule_code__in=[papers.ANSWER_CLOCK, papers.STATUS_CLOCK],
        due_on__lt=today,
    )
    asks = asks.within(reach_of_asks(actor)).exclude(state="withdrawn")
    asks = asks.exclude(matter__outcome=IN_ERROR)
    asks = asks.annotate(on_day=F("due_on"), met=met_where(Q(done_at__date__lte=F("due_on"))))
    return Flow(
        rules.MEASURES["anc_clocks"],
        today,
        (Part(asks.select_related("party", "matter"), _ask),),
        beside=lambda: _great_weight(actor, today),
        why_not="No clock of a commission's own proposal has come due yet.",
    )


def core_teams(actor: Actor, today: date) -> Flow:
    """The meetings of core teams that were planned, as `kept_of` counts them."""
    measure = rules.MEASURES["core_teams"]
    rows = Event.objects.within(calendar_policy.reach_inside(actor))
    rows = rows.filter(kind=calendar_rules.CORE_TEAM).annotate(on_day=TruncDate("starts_at"))
    beyond = Q(series__ended_on__isnull=False, on_day__gt=F("series__ended_on"))
    rows = rows.exclude(beyond, state=calendar_rules.CANCELLED)
    over = Q(on_day__lt=today) | (Q(on_day=today) & ~Q(state=calendar_rules.PLANNED))
    rows = rows.filter(over).annotate(met=met_where(Q(state=calendar_rules.HELD)))
    return Flow(
        measure,
        today,
        (Part(rows, _event),),
        beside=lambda: _attendance(actor, today),
        why_not="No meeting of a core team was planned for a day that is over.",
    )


def public_promises(actor: Actor, today: date) -> Flow:
    """Confirmed promises made in public, by the first day they were given."""
    first = CommitmentChange.objects.filter(commitment=OuterRef("pk"), due_on__isnull=False)
    rows = Commitment.objects.within(engagement_policy.reach(actor))
    rows = rows.exclude(stage=commitments.HEARD)
    rows = rows.exclude(matter__outcome__in=["not_made", IN_ERROR])
    rows = rows.annotate(
        on_day=Coalesce(Subquery(first.order_by("pk").values("due_on")[:1]), "due_on")
    ).filter(on_day__lt=today)
    kept = Q(matter__outcome="kept", matter__closed_at__date__lte=F("on_day"))
    rows = rows.annotate(met=met_where(kept))
    return Flow(
        rules.MEASURES["commitments"],
        today,
        (Part(rows.select_related("matter"), _commitment),),
        why_not="No confirmed promise with a day has come due yet.",
    )


def sustained(actor: Actor, today: date) -> Flow:
    """Times that a location was left as solved and whose watch is over."""
    inside = Matter.objects.within(reach_inside(actor)).values("pk")
    again = Spell.objects.filter(
        location=OuterRef("location"),
        number__gt=OuterRef("number"),
        entry=files.RELAPSED,
        entered_at__date__lte=OuterRef("watch_until"),
    )
    rows = Spell.objects.filter(
        location__matter__in=inside, outcome__in=files.SOLVED, watch_until__lt=today
    )
    rows = rows.annotate(on_day=F("watch_until"), met=met_where(~Exists(again)))
    return Flow(
        rules.MEASURES["sustained"],
        today,
        (Part(rows.select_related("location__matter"), _spell),),
        why_not="No location that was left as solved has come to the end of its watch yet.",
    )


def _great_weight(actor: Actor, today: date) -> tuple[str, ...]:
    since = rules.counted_from(today)
    rows = CommissionPaper.objects.within(engagement_policy.reach(actor))
    rows = rows.filter(matter__kind=papers.RECOMMENDATION, received_on__gte=since)
    rows = rows.exclude(matter__outcome__in=papers.UNANSWERED)
    decided = Q(letters__letter=papers.DECISION)
    told = rows.aggregate(
        of=Count("pk", distinct=True), yes=Count("pk", distinct=True, filter=decided)
    )
    if not told["of"]:
        return ("No recommendation for great weight came in these months.",)
    return (
        f"Great weight: {told['yes']} of {told['of']} recommendations of these months have their"
        " written decision, concern by concern.",
    )


def _attendance(actor: Actor, today: date) -> tuple[str, ...]:
    rows = Participation.objects.filter(
        event__in=Event.objects.within(calendar_policy.reach_inside(actor)).order_by().values("pk"),
        event__kind=calendar_rules.CORE_TEAM,
        event__state=calendar_rules.HELD,
        event__starts_at__date__gte=rules.counted_from(today),
        event__starts_at__date__lte=today,
        seat__isnull=False,
    ).exclude(attended="")
    came = Q(attended__in=calendar_rules.COME)
    told = rows.aggregate(of=Count("pk"), yes=Count("pk", filter=came))
    if not told["of"]:
        return ("Nobody wrote down yet who came for the seats.",)
    return (f"Seats filled in those held: {told['yes']:,} of {told['of']:,}.",)


def _complaint(row: Any) -> CountedRow:
    taken = f"Taken in {localdate(row.taken_at):%B %-d, %Y}"
    about = f"{CHANNELS.get(row.channel, row.channel)}. {taken}."
    return CountedRow("issue", str(row.matter.pk), row.matter.title, about, row.on_day, row.met)


def _mail(row: Any) -> CountedRow:
    title = row.subject or "Mail without a subject"
    about = "Nobody has looked at it yet."
    return CountedRow("mail_message", str(row.pk), title, about, row.on_day, row.met)


def _ask(row: Any) -> CountedRow:
    who = row.party.code or row.party.name
    done = f"Done {localdate(row.done_at):%B %-d, %Y}." if row.done_at else "Not done."
    return CountedRow("ask", str(row.pk), f"{who}: {row.wording}", done, row.on_day, row.met)


def _event(row: Any) -> CountedRow:
    state = calendar_rules.STATES.get(row.state, row.state)
    return CountedRow("event", str(row.pk), row.title, state, row.on_day, row.met)


def _commitment(row: Any) -> CountedRow:
    about = f"{row.maker_name}, to {row.made_to}"
    return CountedRow("commitment", str(row.matter_id), row.wording, about, row.on_day, row.met)


def _spell(row: Any) -> CountedRow:
    matter = row.location.matter
    left = f"Left {localdate(row.left_at):%B %-d, %Y}."
    return CountedRow("location", str(matter.pk), matter.title, left, row.on_day, row.met)
