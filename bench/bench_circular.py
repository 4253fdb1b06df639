"""A letter to 10,000: the preview, putting every copy into the outbox, and sending it.

What is sent goes to a mail server that takes everything at once, so that the figures are the
house's own.
"""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from typing import Any

from bench.figures import MILLION, Figure, Scale, measured_in_child
from bench.homes import END, environment, wardroom

READERS = 10_000
PREVIEW_SECONDS, CPU_MS_EACH = 2.0, 30.0


def run(scale: Scale) -> list[Figure]:
    """The city gets its readers, then a letter is looked at, queued and sent."""
    readers = int(READERS * min(1.0, scale.rows / MILLION))
    home = scale.folder / "circular"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    wardroom(home, "setup")
    around = environment(home)
    measured_in_child("bench.bench_circular:fill", environment=around, readers=readers)
    looked = measured_in_child("bench.bench_circular:look", environment=around)
    queued = measured_in_child("bench.bench_circular:queue", environment=around)
    sent = measured_in_child("bench.bench_circular:send", environment=around)
    assert looked.value == queued.value == sent.value == readers
    each = 1000 * (queued.cpu_seconds + sent.cpu_seconds) / readers
    return [
        Figure(
            name="letter to many, preview with its exact count",
            rows=readers,
            seconds=looked.seconds,
            cpu_seconds=looked.cpu_seconds,
            peak_mb=looked.peak_mb,
            bar=f"{PREVIEW_SECONDS:.0f} s",
            ok=looked.seconds <= PREVIEW_SECONDS if scale.counts else None,
        ),
        Figure(
            name="letter to many, copies into the outbox",
            rows=readers,
            seconds=queued.seconds,
            cpu_seconds=queued.cpu_seconds,
            peak_mb=queued.peak_mb,
        ),
        Figure(
            name="letter to many, sent",
            rows=readers,
            seconds=sent.seconds,
            cpu_seconds=sent.cpu_seconds,
            peak_mb=sent.peak_mb,
            bar=f"{CPU_MS_EACH:.0f} ms CPU each",
            ok=each <= CPU_MS_EACH if scale.counts else None,
            note=f"{each:.1f} ms CPU a message, queued and sent",
        ),
    ]


def prepare() -> None:
    """Django stands before the clock starts; the clock is that of the office on its last day."""
    from bench.bench_candidate_pages import prepare as stand

    stand()


def fill(*, readers: int) -> int:
    """Put the city and its readers into the database, and an approved letter."""
    from wardroom.access.gate import guard_pass
    from wardroom.demonstration.loader import Plan, load_district, stamp_of
    from wardroom.engagement.actions import write_circular

    plan = Plan(requests=0, seed=5, end=date.fromisoformat(END))
    load_district(plan, say=lambda _: None)
    with guard_pass("a benchmark"):
        _readers(readers, plan.now)
    stamp = stamp_of("liaison5@wardroom.example", plan.now)
    write_circular(None, subject="The library opens", text="On Monday at nine.", stamp=stamp)
    return readers


def _readers(count: int, at: datetime) -> None:
    from wardroom.engagement.models import Subscriber, Subscription
    from wardroom.engagement.rules.tongues import TONGUES

    spoken = list(TONGUES)
    made = Subscriber.objects.bulk_create(
        (
            Subscriber(
                address=f"reader{n}@city.example",
                match=f"reader{n}@city.example",
                language=spoken[n % len(spoken)],
                asked_at=at,
                confirmed_at=at,
            )
            for n in range(count)
        ),
        batch_size=2000,
    )
    Subscription.objects.bulk_create(
        (
            Subscription(
                subscriber=one,
                area="city",
                frequency="weekly",
                shown="the consent",
                how="on the public page",
                asked_at=at,
                asked_by="Visitor",
                confirmed_at=at,
            )
            for one in made
        ),
        batch_size=2000,
    )


def look() -> int:
    """The page of the letter as the director sees it; how many it says."""
    from wardroom.engagement.models import Circular
    from wardroom.engagement.queries.circulars import circular_file

    stamp = _director()
    file = circular_file(Circular.objects.get().pk, stamp.actor, on=stamp.at.date())
    return file.count


def queue() -> int:
    """Approve it, let the half minute pass, and put every copy into the outbox."""
    from wardroom.access.actor import SYSTEM, Stamp, Window
    from wardroom.engagement.actions import approve_circular, open_circular, send_copies
    from wardroom.engagement.models import Circular, CircularCopy

    stamp = _director()
    circular = Circular.objects.get()
    approve_circular(circular, copies=look(), stamp=stamp)
    house = Stamp(SYSTEM, stamp.at + timedelta(seconds=31), Window.WORKER)
    open_circular(circular, stamp=house)
    while send_copies(circular, stamp=house):
        pass
    return CircularCopy.objects.filter(state="queued").count()


def send() -> int:
    """Send all that waits."""
    from django.core.mail import EmailMessage

    from wardroom.jobs.delivery import send_waiting
    from wardroom.notices.models import Message

    def take(mail: EmailMessage, fail_silently: bool = False) -> int:
        return len(mail.message().as_bytes()) and 1

    setattr(EmailMessage, "send", take)  # noqa: B010
    send_waiting(seconds=3600)
    return Message.objects.filter(state="sent", on_list__startswith="subscriber:").count()


def _director() -> Any:
    from wardroom.demonstration.loader import Plan, stamp_of

    plan = Plan(requests=0, seed=5, end=date.fromisoformat(END))
    return stamp_of("director@wardroom.example", plan.now)
