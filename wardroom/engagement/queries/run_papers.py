"""The run of show of an event with the Mayor on paper."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate, localtime

from wardroom.access.actor import Actor
from wardroom.city.queries import is_schematic
from wardroom.engagement.queries.door import RunRow
from wardroom.engagement.queries.visits import event_request_file
from wardroom.kernel.errors import NotFound
from wardroom.kernel.languages import twelve_hours
from wardroom.kernel.text import long_day, long_instant

NO_BREAK = "\N{NO-BREAK SPACE}"


def run_paper(matter_id: int, actor: Actor, *, on: date) -> tuple[str, bytes]:
    """The run of show as it stands: a file name and the PDF. `NotFound` before a yes."""
    from wardroom.engagement.gateways import typeset_run

    file = event_request_file(matter_id, actor)
    if file.event_id is None:
        raise NotFound(f"no run of show of request {matter_id}")
    day = localdate(file.row.starts_at)
    values = {
        "title": file.row.title,
        "when": long_instant(localtime(file.row.starts_at)),
        "where": file.where,
        "as_of": long_day(on),
        "canceled": file.event_state == "cancelled",
        "schematic": is_schematic(),
        "lines": [
            {"when": _span(line, day), "text": line.text, "owner": line.owner} for line in file.run
        ],
    }
    return f"run-of-show-{matter_id}-{day.isoformat()}.pdf", typeset_run(values)


def _span(line: RunRow, day: date) -> str:
    """From when to when; with its day where that is not the day of the event."""
    begins, ends = localtime(line.starts_at), localtime(line.ends_at)
    first = "" if begins.date() == day else f"{long_day(begins.date())}, "
    hours = (twelve_hours(at).replace(" ", NO_BREAK) for at in (begins, ends))
    return f"{first}{' to '.join(hours)}"
