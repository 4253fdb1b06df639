"""An office on its own data: files, the shell, a clock, a worker, and people at their desks."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from shapely.geometry import mapping

from tests.remembered import remembered_with_files
from tests.stories.desk import Desk
from wardroom.demonstration.catalogue import AGENCIES
from wardroom.demonstration.district import boundaries
from wardroom.demonstration.planted import Planted
from wardroom.demonstration.requests import NAMES, truth, write_csv
from wardroom.jobs.cli import DONE, main
from wardroom.jobs.delivery import send_waiting, sweep
from wardroom.jobs.routines import climb_ladders

PASSWORD = "walk-the-alley-twice"
LAST_DAY = date(2026, 11, 18)
REQUESTS = 6_000
ZONE = ZoneInfo("America/New_York")
DIRECTOR = "director@city.example"
LIAISON2, LIAISON7 = "liaison2@city.example", "liaison7@city.example"
ASKED = ("DOB", "DOH", "DPW")
ROLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (DIRECTOR, "The Director", ("--role", "director")),
    (LIAISON2, "Liaison of Ward 2", ("--role", "liaison", "--ward", "2")),
    (LIAISON7, "Liaison of Ward 7", ("--role", "liaison", "--ward", "7")),
    *(
        (
            f"{code.lower()}@city.example",
            f"Partner at {code}",
            ("--role", "partner", "--agency", code),
        )
        for code in ASKED
    ),
)


@dataclass
class Clock:
    """The clock on the wall of the office."""

    at: datetime = datetime(2026, 11, 18, 13, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.at

    def strikes(self, text: str) -> None:
        """Let it be this time, in Washington."""
        at = datetime.fromisoformat(text).replace(tzinfo=ZONE)
        assert at >= self.at, "the clock does not go back"
        self.at = at


class Office:
    """Everything that people of the office can reach, and nothing else."""

    def __init__(self, clock: Clock, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.clock = clock
        self.folder = folder
        self.capsys = capsys
        self.password_file = folder / "password"
        self.password_file.write_text(PASSWORD + "\n")

    def shell(self, *words: object, code: int = DONE) -> str:
        """Call `wardroom` with these words; gives what it printed."""
        self.capsys.readouterr()
        assert main([str(w) for w in words]) == code, self.capsys.readouterr().err
        return self.capsys.readouterr().out

    def hire(self, email: str, name: str, *role: str) -> None:
        """Let somebody sign in, from the shell."""
        file = ("--password-file", self.password_file)
        self.shell("people", "add", email, "--name", name, *role, *file)

    def at_desk(self, email: str) -> Desk:
        """Somebody signs in at a browser."""
        desk = Desk(email)
        desk.sign_in(PASSWORD)
        return desk

    def worker(self) -> list[str]:
        """The worker does what is due and sends the mail; gives what it sent, and to whom.

        The matter's reference, which leads each subject, is left out.
        """
        before = len(mail.outbox)
        sweep()
        send_waiting()
        return [
            f"{parseaddr(m.to[0])[1]}: {re.sub(r'^.W-[0-9]+. ', '', str(m.subject))}"
            for m in mail.outbox[before:]
        ]

    def some_minutes_of_work(self) -> list[str]:
        """The worker runs twice, since letters to residents can be taken back for a moment."""
        sent = self.worker()
        self.clock.at += timedelta(minutes=2)
        return sent + self.worker()

    def an_hour_of_work(self) -> list[str]:
        """The worker follows silent agencies up, as it does each hour; gives what it sent then."""
        climb_ladders()
        return self.worker()

    def letter(self, to: str, words: str) -> str:
        """The newest letter to an address whose subject says this."""
        found = [m for m in mail.outbox if parseaddr(m.to[0])[1] == to and words in str(m.subject)]
        assert found, f"no letter to {to} says “{words}”"
        return str(found[-1].body)

    def by_link(self, to: str, words: str) -> Desk:
        """Somebody without an account opens the link in a letter."""
        (link,) = set(re.findall(r"http\S+?(/answer/\S+/)", self.letter(to, words)))
        desk = Desk(to)
        desk.open(link)
        return desk

    def asks_of(self, code: str, name: str) -> None:
        """Let an agency be asked: its name, and where it gets its post."""
        email = f"desk.{code.lower()}@city.example"
        self.shell("people", "agency", code, "--name", name, "--email", email)

    def file_of_wards(self) -> Path:
        """The wards as a GeoJSON file."""
        path = self.folder / "wards.geojson"
        features = [
            {
                "type": "Feature",
                "properties": {"WARD": ward.code, "NAME": ward.name},
                "geometry": mapping(ward.geometry),
            }
            for ward in boundaries("ward")
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return path

    def file_of_requests(self) -> Path:
        """Three years of requests as the city's file."""
        path = self.folder / "requests_2026_11.csv"
        write_csv(path, REQUESTS, end=LAST_DAY)
        return path

    def file_of_next_month(self, place: Planted, days: Iterable[tuple[datetime, int]]) -> Path:
        """Another month's file: reports at one place, each closed after so many days."""
        path = self.folder / "requests_2026_12.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, NAMES)
            writer.writeheader()
            for number, (opened, lasts) in enumerate(days):
                row = {
                    "id": f"D{number:08}",
                    "opened": opened.isoformat(),
                    "closed": (opened + timedelta(days=lasts)).isoformat() if lasts else "",
                    "kind": "DUMP",
                    "kind_name": "Illegal Dumping",
                    "agency": "DPW",
                    "lon": place.lon,
                    "lat": place.lat,
                    "address": place.address,
                    "address_id": place.address_id or "",
                    "reporter": 500 + number,
                    "status": "CLOSED" if lasts else "OPEN",
                    "calls": 1,
                }
                writer.writerow(row)
        return path

    def opens_for_the_first_time(self) -> None:
        """Set up, read the files, hire the people, and tell where agencies get their mail.

        Once through the shell; the other stories of a run begin with the same rows and files.
        """
        first_day(self.folder, self)

    def is_opened(self) -> None:
        """The first day, through the shell."""
        with pytest.MonkeyPatch.context() as patch:
            # The PostgreSQL of the tests is made to be forgotten.
            patch.setattr("wardroom.config.checks.unsafe_settings", lambda _: [])
            self.shell("setup")
        wards = ("--kind", "ward", "--valid-from", "2022-01-01")
        self.shell("import", "boundaries", self.file_of_wards(), *wards)
        self.shell("import", "requests", self.file_of_requests())
        for code in ASKED:
            self.asks_of(code, AGENCIES[code])
        for email, name, role in ROLES:
            self.hire(email, name, *role)


@remembered_with_files
def first_day(_folder: Path, office: Office) -> None:
    """An office with its people and its files, all of them in this folder."""
    office.is_opened()


def planted(ward: str, kind: str = "") -> Planted:
    """The worst of the planted places of a ward (and of a kind) that is in trouble still."""
    alive = [p for p in truth(REQUESTS, end=LAST_DAY) if p.ward == ward and p.ends_on is None]
    return max((p for p in alive if kind in ("", p.kind)), key=lambda p: p.episodes_a_month)


def words_on_paper(content: bytes, folder: Path) -> str:
    """The text of a PDF, with single blanks."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    )
    return re.sub(r"\s+", " ", done.stdout)


def can_read_paper() -> bool:
    """Whether this machine can take the words out of a PDF."""
    return shutil.which("pdftotext") is not None
