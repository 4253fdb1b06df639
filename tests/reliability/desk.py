"""An office at work, unit by unit: each is done through actions and then said to be done."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from tests.casework.intake import take
from tests.cast import HOUSE, Cast
from tests.ground import FRIDAY, NEXT, Ground
from tests.incidents.calling import MINUTE, NIGHT, by, fire
from tests.plans.planning import CLEAR, at
from tests.plans.planning import adopted as adopt
from tests.reliability.killing import Say
from tests.service_requests.samples import row, write
from wardroom.casework.actions import close_issue
from wardroom.directory.actions import note_person
from wardroom.directory.models import Party
from wardroom.incidents.actions import take_incident, write_situation
from wardroom.incidents.models import Incident
from wardroom.jobs.delivery import sweep
from wardroom.matters.actions import open_matter
from wardroom.plans.rules import StepDraft
from wardroom.service_requests.gateways import files
from wardroom.service_requests.gateways.importing import import_file

ROWS, BATCH = 30, 10
SWEEP = StepDraft("DPW", "Sweep the alley", "DPW sweeps alleys", FRIDAY)


@dataclass(frozen=True)
class Desk:
    """Whoever works, and what there is to work on."""

    ground: Ground
    who: Cast
    resident: Party
    incident: Incident
    folder: Path

    def work(self, say: Say, *, turn: int, most: int = 10_000) -> None:
        """Do one thing after another, in an order of chance, until killed."""
        chance = random.Random(turn)
        kinds = [self.read_file, self.plan, self.handle_issue, self.update_incident, self.deliver]
        for n in range(most):
            chance.choice(kinds)(say, f"{turn}-{n}")

    def read_file(self, say: Say, word: str) -> None:
        """Read a file of requests in three batches."""
        files.BATCH = BATCH
        path = write(self.folder / f"{word}.csv", (row(f"{word}-{n}") for n in range(ROWS)))

        def tell(done: int) -> None:
            say(f"rows {word} {done}")

        import_file(path, stamp=HOUSE, progress=tell)
        say(f"file {path.name}")

    def plan(self, say: Say, word: str) -> None:
        """Open a location, adopt a plan for it, and revise it."""
        matter = open_matter(
            self.ground.places["5"],
            kind="persistent_location",
            title=f"Dumping {word}",
            owner=self.who.party,
            next_on=NEXT,
            next_step="Walk the alley",
            ward=self.ground.wards["5"],
            stamp=self.who.stamp,
        )
        say(f"matter {matter.pk}")
        first = StepDraft("DPW", CLEAR.wording, "", FRIDAY)
        say(f"plan {adopt(matter, self.who, first).pk}")
        later = at(self.who, days=1)
        say(f"plan {adopt(matter, self.who, SWEEP, reason='More', stamp=later).pk}")

    def handle_issue(self, say: Say, word: str) -> None:
        """Take a complaint, tell the resident what became of it, and close it."""
        words = {"reporter": self.resident, "reporter_typed": "", "title": f"Rats {word}"}
        complaint = take(self.who, self.ground, **words)
        say(f"complaint {complaint.pk}")
        close = partial(close_issue, complaint.matter, outcome="fixed")
        say(f"closed {close(text='The burrows are closed.', stamp=self.who.stamp).pk}")

    def update_incident(self, say: Say, word: str) -> None:
        """Write down how an incident stands."""
        report = write_situation(
            self.incident,
            what=f"Homes burned, {word}",
            where_text="1300 block of Maple Street NE",
            affected={"homes": 3},
            next_update_at=NIGHT + 120 * MINUTE,
            stamp=by(self.who, NIGHT + timedelta(minutes=40)),
        )
        say(f"situation {report.pk}")

    def deliver(self, say: Say, word: str) -> None:
        """Let what is due follow: residents are written to."""
        say(f"followed {sweep()}")


def desk_of(ground: Ground, who: Cast, staff: Cast, folder: Path) -> Desk:
    """The desk of a liaison who has an incident, and of a resident who can be written to."""
    resident = note_person(
        None, name="A resident", email="resident@example.org", consent=True, stamp=HOUSE
    )
    incident = fire(staff, ground.wards["5"])
    incident = take_incident(incident, stamp=by(who, NIGHT + MINUTE))
    return Desk(ground, who, resident, incident, folder)
