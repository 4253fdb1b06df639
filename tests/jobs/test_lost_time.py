"""After a restoration what the old house wrote by the clock does not reach anybody twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.conftest import NOON, plain_actor, stamp_for
from tests.engagement.subscribed import EVERYTHING, later, sent, subscribe, visitor
from tests.jobs.bells import BellRung, hear_bell, register_bells, ring_bell
from wardroom import reactions
from wardroom.access.actor import SYSTEM, Role, Stamp
from wardroom.engagement.actions import ask_for_news
from wardroom.engagement.gateways import news as gateways
from wardroom.engagement.models import Digest
from wardroom.jobs import delivery, lost_time, news
from wardroom.jobs.lost_time import let_mail_go, moments_between, relived_routines
from wardroom.jobs.schedule import ROUTINES, Routine
from wardroom.jobs.stamps import worker_stamp
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.reactions import Reaction, due_moments, register_reactions
from wardroom.ledger.rules import MOST_ATTEMPTS
from wardroom.matters.rules.news import TEXT, PublicNews
from wardroom.notices.actions import hold_mail, release_mail, take_hold_to_end
from wardroom.notices.models import MailHold, Message
from wardroom.notices.queries import get_mail_hold, mail_hold

DIRECTOR = plain_actor(Role.DIRECTOR, city=True)
TAKEN, STOPPED, BACK = later(hours=2), later(days=1, hours=5), later(days=1, hours=6)
MINUTE = timedelta(minutes=1)
WRITES_TO_NOBODY = {
    "sweep", "send mail", "let mail go", "send webhooks", "forget calls", "fetch mail", "alerts",
    "forget what forms held", "sign the ledger", "empty unsent applications", "homes of incidents",
    "call-outs", "announce fund ends", "plan meetings", "offer packets", "end alerts",
    "read calendars", "read endpoints", "send requests on", "follow requests",
    "compare requests", "detect", "measure", "learn topics", "verdicts", "try the judge",
    "weekly reports", "open data", "back up", "prove backup", "look outside", "check the ledger",
    "rebuild reports", "empty the log", "take stock",
}  # fmt: skip


@pytest.fixture
def made_public(monkeypatch: pytest.MonkeyPatch) -> list[PublicNews]:
    """What became public; a test adds to it."""
    found: list[PublicNews] = []
    monkeypatch.setattr(gateways, "_SOURCES", [lambda since, until: found])
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The clock of the house: its last entry is now."""
    now = [NOON]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[-1])
    return now


def news_at(at: datetime) -> PublicNews:
    return PublicNews(
        kind=TEXT, key=f"text/{at}", at=at, local=at, text="A gate.", label="First Street NE"
    )


def ask(address: str, *, stamp: Stamp) -> None:
    ask_for_news(None, address=address, language="en", wanted=EVERYTHING, stamp=stamp)


def restored(clock: list[datetime]) -> MailHold:
    """The house of the backup, brought back after the old one stopped."""
    clock.append(BACK)
    hold_mail(None, taken_at=TAKEN, stamp=stamp_for(SYSTEM, BACK))
    hold = get_mail_hold()
    assert hold is not None
    return hold


def released(hold: MailHold, clock: list[datetime]) -> tuple[int, int] | None:
    """What became of the mail once the director said when the old house stopped."""
    clock.append(BACK + 30 * MINUTE)
    release_mail(hold, stopped_at=STOPPED, stamp=stamp_for(DIRECTOR, clock[-1]))
    return let_mail_go()


def subjects(state: str) -> list[str]:
    return list(
        Message.objects.filter(state=state).order_by("pk").values_list("subject", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.any_database
def test_digest_of_the_lost_time_goes_to_nobody_twice(
    made_public: list[PublicNews], clock: list[datetime]
) -> None:
    subscribe("uno@example.org", EVERYTHING)
    sent(later(hours=1))
    made_public.append(news_at(later(hours=1)))
    hold = restored(clock)
    clock.append(BACK + MINUTE)
    assert news.write_digests() == 0, "it waits while mail is held"
    assert not Digest.objects.exists()

    assert released(hold, clock) == (0, 1)
    assert mail_hold() is None
    digest = Digest.objects.get(period="2026-11-19")
    assert digest.until_at.astimezone(BACK.tzinfo) < STOPPED, "at the time it was written before"
    assert len(subjects("set_aside")) == 1
    assert news.write_digests() == 0

    made_public.append(news_at(later(days=1, hours=2)))
    clock.append(later(days=2))
    assert news.write_digests() == 1
    assert len(sent(later(days=2))) == 1, "what is new since goes out"


@pytest.mark.django_db
def test_power_check_without_living_again_the_digest_goes_out_twice(
    made_public: list[PublicNews], clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault on purpose: the routine of the lost time runs after the release alone."""
    monkeypatch.setattr(lost_time, "relived_routines", lambda: ())
    subscribe("uno@example.org", EVERYTHING)
    sent(later(hours=1))
    made_public.append(news_at(later(hours=1)))
    hold = restored(clock)
    assert released(hold, clock) == (0, 0)
    news.write_digests()
    assert len(sent(clock[-1] + MINUTE)) == 1


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_was_about_to_follow_at_the_backup_is_not_done_twice_to_people(
    clock: list[datetime],
) -> None:
    """A line of the backup whose letter was not written yet: the old house wrote it then."""
    ask("old@example.org", stamp=visitor(TAKEN))
    hold = restored(clock)
    clock.append(BACK + MINUTE)
    ask("new@example.org", stamp=visitor(clock[-1]))
    clock.append(BACK + 2 * MINUTE)
    assert delivery.sweep() == 2
    old = Message.objects.get(to_address="old@example.org")
    assert old.queued_at == TAKEN
    assert released(hold, clock) == (1, 1)
    clock.append(later(days=1, hours=9))
    delivery.send_waiting()
    states = dict(Message.objects.values_list("to_address", "state"))
    assert states == {"old@example.org": "set_aside", "new@example.org": "sent"}


@pytest.mark.django_db
def test_release_is_said_once_taken_by_one_worker_and_written_down(
    clock: list[datetime],
) -> None:
    hold = restored(clock)
    assert let_mail_go() is None, "nobody said yet when the old house stopped"
    assert mail_hold() is not None
    release_mail(hold, stopped_at=STOPPED, stamp=stamp_for(DIRECTOR, BACK))
    assert take_hold_to_end(stamp=stamp_for(SYSTEM, BACK)) is not None
    assert let_mail_go() is None, "another worker is at it"
    clock.append(BACK + 11 * MINUTE)
    assert let_mail_go() == (0, 0), "whose lease ran out with it"
    kinds = Entry.objects.filter(kind__startswith="MailRelease").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["MailReleaseWanted", "MailReleased"]


def test_every_routine_is_lived_through_again_or_known_to_write_to_nobody() -> None:
    """A new routine is put on one of both lists by whoever adds it."""
    again = {routine.name for routine in relived_routines()}
    assert again.isdisjoint(WRITES_TO_NOBODY)
    assert again | WRITES_TO_NOBODY == {routine.name for routine in ROUTINES}


def test_moments_of_the_lost_time_come_in_order_and_all_of_them() -> None:
    moments = list(moments_between(TAKEN, STOPPED))
    times = [moment for moment, _ in moments]
    assert times == sorted(times)
    assert times[-1] == STOPPED
    names = [routine.name for _, routines in moments for routine in routines]
    assert names.count("digests") == 1
    assert names.count("tell findings") == 2, "at 16:30 of both days"
    assert names.count("roll-up") == 0, "it was no Friday"
    assert names.count("climb ladders") == 27
    assert next(iter(moments_between(TAKEN, TAKEN)))[0] == TAKEN
    assert list(moments_between(TAKEN, TAKEN - MINUTE)) == [], "it stood still at the backup"


class Killed(BaseException):
    """What a worker gets that has taken too long."""


@pytest.mark.django_db
@pytest.mark.any_database
def test_worker_that_is_killed_leaves_its_place_to_the_next(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    lived: list[datetime] = []

    def run(routine: Routine) -> None:
        if routine.name == "climb ladders":
            lived.append(worker_stamp().at)
            if len(lived) == 10:
                raise Killed

    monkeypatch.setattr(lost_time, "_run", run)
    hold = restored(clock)
    with pytest.raises(Killed):
        released(hold, clock)
    hold.refresh_from_db()
    assert hold.lived_until is not None
    assert lived[8] <= hold.lived_until < lived[9]
    clock.append(clock[-1] + 11 * MINUTE)
    assert let_mail_go() == (0, 0)
    assert lived[10] == lived[9], "the moment at which it was killed is lived once more"
    assert (len(lived), lived[-1]) == (28, STOPPED), "and none before it"


@pytest.mark.django_db
@pytest.mark.any_database
@pytest.mark.parametrize("hours", [-3, 1], ids=["earlier", "later"])
def test_stop_that_is_changed_meanwhile_is_the_one_that_is_lived_to(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    """The worker that is at it stops; whoever comes next goes on from its place."""
    hold, lived = restored(clock), list[datetime]()
    right = STOPPED + timedelta(hours=hours)

    def run(routine: Routine) -> None:
        if routine.name == "climb ladders":
            lived.append(worker_stamp().at)
            if len(lived) == 10:
                release_mail(hold, stopped_at=right, stamp=stamp_for(DIRECTOR, clock[-1]))

    monkeypatch.setattr(lost_time, "_run", run)
    assert released(hold, clock) is None
    assert mail_hold() is not None
    assert len(lived) == 10
    assert let_mail_go() == (0, 0)
    assert (len(lived), lived[-1]) == (28 + hours - 1, right)
    assert len(set(lived)) == len(lived), "no moment is lived twice"
    hold.refresh_from_db()
    assert (hold.stopped_at, mail_hold()) == (right, None)


@pytest.mark.django_db
def test_power_check_without_the_look_the_old_stop_would_end_the_hold(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault on purpose: it is changed in the last moment, and nobody looks before it."""
    hold = restored(clock)
    monkeypatch.setattr(lost_time, "_stands", lambda _: True)

    def run(_: Routine) -> None:
        if worker_stamp().at == STOPPED and mail_hold().stopped_at == STOPPED:  # type: ignore[union-attr]
            earlier = STOPPED - timedelta(hours=3)
            release_mail(hold, stopped_at=earlier, stamp=stamp_for(DIRECTOR, clock[-1]))

    monkeypatch.setattr(lost_time, "_run", run)
    assert released(hold, clock) is None, "the end of the hold looks too"
    assert let_mail_go() == (0, 0)


@pytest.mark.django_db
def test_lease_is_kept_while_a_long_moment_is_lived_through(
    clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lost_time, "KEPT_SECONDS", -1.0)
    hold = restored(clock)

    def run(_: Routine) -> None:
        clock.append(clock[-1] + 9 * MINUTE)
        assert take_hold_to_end(stamp=stamp_for(SYSTEM, clock[-1])) is None, "still leased"

    monkeypatch.setattr(lost_time, "_run", run)
    assert released(hold, clock) == (0, 0)


@pytest.fixture
def bells() -> Iterator[None]:
    register_bells()
    yield
    register_reactions(reactions.FOLLOWS)


@pytest.mark.django_db
@pytest.mark.any_database
def test_what_fails_in_the_lost_time_has_its_pause_and_mail_waits_for_it(
    clock: list[datetime], bells: None
) -> None:
    """At its next try it is dated in the lost time as well, or it would go out a second time."""
    ring_bell(None, tone="cracked", stamp=stamp_for(SYSTEM, TAKEN))
    hold = restored(clock)
    assert released(hold, clock) is None
    assert delivery.sweep() == 0
    receipt = Receipt.objects.get()
    assert (receipt.state, receipt.attempts) == ("due", 1)
    assert receipt.next_try_at == clock[-1] + MINUTE / 2
    clock.append(receipt.next_try_at)
    assert due_moments([receipt.pk], until=hold.since) == {receipt.pk: TAKEN}
    while receipt.state == "due":
        clock.append(receipt.next_try_at)
        assert mail_hold() is not None
        let_mail_go()
        receipt.refresh_from_db()
    assert (receipt.state, receipt.attempts) == ("failed", MOST_ATTEMPTS)
    assert mail_hold() is None, "a person sees to what failed at every try"


@pytest.mark.django_db
@pytest.mark.any_database
def test_second_try_of_what_failed_is_dated_in_the_lost_time(
    clock: list[datetime], bells: None
) -> None:
    ring_bell(None, tone="cracked", stamp=stamp_for(SYSTEM, TAKEN))
    hold = restored(clock)
    assert released(hold, clock) is None
    register_reactions({BellRung: (Reaction("hear", hear_softly),)})
    clock.append(Receipt.objects.get().next_try_at)
    assert let_mail_go() == (0, 0)
    assert Entry.objects.get(kind="BellHeard").at == TAKEN


def hear_softly(fact: BellRung, *, entry_id: int, stamp: Stamp) -> None:
    """Hear even a cracked one."""
    hear_bell(None, tone=fact.tone, stamp=stamp)
