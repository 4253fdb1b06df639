"""Work out a due date and show its arithmetic.

One date:
    wardroom due --rule dc-311-2015 --start 2015-09-11T05:50 --days 2

Many: a CSV with the columns start and days in, the same with due, explanation and error out:
    wardroom due --rule dc-311-2015 --csv filed.csv --out due.csv

A start without a zone is the city's local time. A clock whose days the law fixes, such as
dc-foia, needs no --days. Exit code 3: some rows of the CSV could not be worked out.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from wardroom.jobs.cli import DONE, SOME_REJECTED
from wardroom.jobs.progress import Progress
from wardroom.kernel.business_time import Calendar, Due
from wardroom.kernel.cells import SafeWriter
from wardroom.kernel.errors import Refused
from wardroom.library import queries


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("--rule", required=True, help="the clock, such as dc-311-2015 or dc-foia")
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("--start", help="when it was filed or received, such as 2015-09-11T05:50")
    one.add_argument("--csv", type=Path, help="a CSV with the columns start and days")
    parser.add_argument("--days", type=int, help="how many days, where the clock leaves it open")
    parser.add_argument("--out", type=Path, help="where the CSV with the due dates goes")


def run(args: argparse.Namespace) -> int:
    """Answer one date on the terminal, or a file of them."""
    clock = RuleClock(args.rule)
    if args.csv:
        return _file(args, clock)
    due, rule = clock.due(args.start, args.days)
    print(f"Due {due.due_at:%A, %B} {due.due_at.day}, {due.due_at:%Y at %H:%M}")
    for step in due.steps[:-1]:
        print(f"  {step}")
    print(f"  Rule {rule.code}: {rule.name}. {rule.citation}.")
    return DONE


class RuleClock:
    """One rule in all its versions, each read once, so that a long file is answered quickly."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._rules: dict[date, queries.RuleRow | Refused] = {}
        self._calendars: dict[str, Calendar] = {}

    def due(self, start: str, days: int | None) -> tuple[Due, queries.RuleRow]:
        """When it is due, and the version of the rule that held on the day of the start.

        Refuses: a start that is no time, or is before the rule; what the rule refuses.
        """
        try:
            at = datetime.fromisoformat(start.strip())
        except ValueError:
            raise Refused(
                "bad_start", f"'{start}' is not a time such as 2015-09-11T05:50.", field="start"
            ) from None
        rule = self._rule_on(at.date())
        calendar = self._calendar(rule.calendar_code)
        at = at if at.tzinfo else calendar.instant(at)
        due = queries.due_under(rule, at, days=days, calendar=calendar, condition=rule.condition)
        return due, rule

    def _rule_on(self, day: date) -> queries.RuleRow:
        if day not in self._rules:
            try:
                self._rules[day] = queries.rule_in_force(self.code, day)
            except Refused as no:
                self._rules[day] = no
        found = self._rules[day]
        if isinstance(found, Refused):
            raise found.with_traceback(None)
        return found

    def _calendar(self, code: str) -> Calendar:
        if code not in self._calendars:
            self._calendars[code] = queries.calendar_named(code)
        return self._calendars[code]


def _file(args: argparse.Namespace, clock: RuleClock) -> int:
    if not args.out:
        raise Refused("out_missing", "Say with --out where the answers go.", field="out")
    if not args.csv.is_file():
        raise Refused("no_file", f"There is no file {args.csv}.", field="csv")
    if args.out.exists() and args.out.samefile(args.csv):
        raise Refused("same_file", "--out must be another file than --csv.", field="out")
    with args.csv.open(newline="", encoding="utf-8-sig", errors="replace") as source:
        reader = csv.DictReader(source)
        if "start" not in (reader.fieldnames or []):
            raise Refused("no_start", f"{args.csv} has no column 'start'.", field="csv")
        with args.out.open("w", newline="", encoding="utf-8") as target:
            rows, bad = _answer(reader, SafeWriter(target), clock, args.days)
    print(f"{rows:,} rows, {bad:,} could not be worked out: {args.out}")
    return SOME_REJECTED if bad else DONE


def _answer(
    rows: Iterable[dict[str, str | None]], target: Any, clock: RuleClock, days: int | None
) -> tuple[int, int]:
    """Write one answer a row; gives the number of rows and of those without a date."""
    progress = Progress("Working out due dates")
    count = bad = 0
    target.writerow(["start", "days", "due", "explanation", "error"])
    for count, row in enumerate(rows, start=1):
        start, words = row.get("start") or "", (row.get("days") or "").strip()
        due, why, error = _one_row(clock, start, words, days)
        bad += bool(error)
        target.writerow([start, words, due, why, error])
        if count % 1000 == 0:
            progress.at(count)
    progress.done(f"{count:,} rows")
    return count, bad


def _one_row(clock: RuleClock, start: str, words: str, days: int | None) -> tuple[str, str, str]:
    try:
        if words and not (words.isascii() and words.isdigit() and len(words) < 10):
            raise Refused("bad_days", f"'{words}' is not a number of days.", field="days")
        due, _ = clock.due(start, int(words) if words else days)
    except Refused as no:
        return "", "", no.sentence
    return due.due_at.isoformat(), " ".join(due.steps), ""
