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
from datetime import datetime
from pathlib import Path

from wardroom.jobs.cli import DONE, SOME_REJECTED
from wardroom.kernel.business_time import Due
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
    if args.csv:
        return _file(args)
    due, rule = _due(args.rule, args.start, args.days)
    print(f"Due {due.due_at:%A} {due.due_at.day} {due.due_at:%B %Y at %H:%M}")
    for step in due.steps[:-1]:
        print(f"  {step}")
    print(f"  Rule {rule.code}: {rule.name}. {rule.citation}.")
    return DONE


def _due(rule_code: str, start: str, days: int | None) -> tuple[Due, queries.RuleRow]:
    try:
        at = datetime.fromisoformat(start.strip())
    except ValueError:
        raise Refused(
            "bad_start", f"'{start}' is not a time such as 2015-09-11T05:50.", field="start"
        ) from None
    rule = queries.rule_in_force(rule_code, at.date())
    if at.tzinfo is None:
        at = queries.calendar_named(rule.calendar_code).instant(at)
    return queries.due_under(rule, at, days=days), rule


def _file(args: argparse.Namespace) -> int:
    if not args.out:
        raise Refused("out_missing", "Say with --out where the answers go.", field="out")
    if not args.csv.is_file():
        raise Refused("no_file", f"There is no file {args.csv}.", field="csv")
    bad = rows = 0
    with args.csv.open(newline="", encoding="utf-8-sig") as source:
        reader = csv.DictReader(source)
        if "start" not in (reader.fieldnames or []):
            raise Refused("no_start", f"{args.csv} has no column 'start'.", field="csv")
        with args.out.open("w", newline="", encoding="utf-8") as target:
            writer = csv.writer(target)
            writer.writerow(["start", "days", "due", "explanation", "error"])
            for row in reader:
                rows += 1
                due, why, error = _one_row(args, row)
                bad += bool(error)
                writer.writerow([row["start"], row.get("days") or "", due, why, error])
    print(f"{rows} rows, {bad} could not be worked out: {args.out}")
    return SOME_REJECTED if bad else DONE


def _one_row(args: argparse.Namespace, row: dict[str, str]) -> tuple[str, str, str]:
    try:
        words = (row.get("days") or "").strip()
        if words and not words.isdigit():
            raise Refused("bad_days", f"'{words}' is not a number of days.", field="days")
        due, _ = _due(args.rule, row["start"] or "", int(words) if words else args.days)
    except Refused as no:
        return "", "", no.sentence
    return due.due_at.isoformat(), " ".join(due.steps), ""
