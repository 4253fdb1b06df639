"""Draft the weekly report of a ward, print it, or save it as PDF.

    wardroom report weekly --ward 5 --week 2026-W47 --out report.pdf
    wardroom report weekly --ward 5
    wardroom report weekly --all-wards --out reports
    wardroom report weekly --ward 5 --json

Without --week it is the running week. A draft's numbers are brought up to date first, and what
people wrote into it stays; a signed report is shown as it was signed. --out takes a PDF file,
or, with --all-wards, a folder. Signing is for people, in the browser.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from wardroom.access.actor import SYSTEM
from wardroom.city.queries import districts
from wardroom.jobs.cli import DONE
from wardroom.jobs.progress import Progress
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.reporting.actions import draft_weekly_report
from wardroom.reporting.queries import ReportFile, report_file, report_page, report_pdf, this_week
from wardroom.reporting.rules import week_named


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("report", choices=["weekly"], help="which report")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--ward", help="the ward, such as 5")
    which.add_argument("--all-wards", action="store_true", help="each ward of the city")
    parser.add_argument("--week", help="an ISO week such as 2026-W47 (default: the running one)")
    parser.add_argument("--out", type=Path, help="a PDF file, or a folder with --all-wards")
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")


def run(args: argparse.Namespace) -> int:
    """Bring each ward's report up to date, then print or save it."""
    name = args.week or this_week(timezone.now()).name
    week = week_named(name, zone=settings.TIME_ZONE)
    known = [d.code for d in districts("ward", week.starts_on)]
    if not known:
        raise Refused("no_wards", "No ward boundaries are loaded; see wardroom import --help.")
    if args.ward and args.ward not in known:
        raise Refused(
            "no_such_ward",
            f"There is no ward {args.ward} in that week; there are {', '.join(known)}.",
            field="ward",
        )
    wards = [args.ward] if args.ward else known
    if args.out and not args.all_wards and args.out.is_dir():
        raise Refused(
            "out_is_folder", f"{args.out} is a folder; give --out a file name.", field="out"
        )
    progress = Progress("Drafting", total=len(wards))
    files = []
    for done, ward in enumerate(wards):
        if len(wards) > 1:
            progress.at(done)
        files.append(_up_to_date(ward, week.name))
        if args.out:
            _save(files[-1], args.out, folder=args.all_wards)
    if len(wards) > 1:
        progress.done(f"{len(wards)} reports")
    if args.json:
        print(json.dumps([_plain(file) for file in files], indent=1))
    elif not args.out:
        print("\n\n".join(_text(file) for file in files))
    return DONE


def _up_to_date(ward: str, week: str) -> ReportFile:
    try:
        edition = draft_weekly_report(None, ward_code=ward, week=week, stamp=shell_stamp())
    except Refused as no:
        if no.code != "already_signed":
            raise
        signed = report_page(SYSTEM, ward=ward, week=week).rows[0]
        return report_file(signed.id, SYSTEM)
    return report_file(edition.pk, SYSTEM)


def _save(file: ReportFile, out: Path, *, folder: bool) -> None:
    name, content = report_pdf(file.head.id, SYSTEM)
    path = out / name if folder else out
    try:
        if folder:
            out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Refused(
            "no_write", f"{path} cannot be written: {error.strerror}.", field="out"
        ) from None
    print(f"{file.title}, {_state(file)}: {path}")


def _state(file: ReportFile) -> str:
    head = file.head
    if head.signed_at is None:
        return f"draft of version {head.version}"
    signed_on = timezone.localdate(head.signed_at)
    return f"version {head.version}, signed by {head.signed_by} on {signed_on}"


def _plain(file: ReportFile) -> dict[str, object]:
    head = file.head
    return {
        "ward": head.ward_code,
        "week": head.week,
        "version": head.version,
        "state": head.state,
        "as_of": timezone.localtime(file.as_of).isoformat(),
        "schematic": file.schematic,
        "figures": {
            f.code: {"label": f.label, "shown": f.shown, "definition": f.definition}
            for group in file.groups
            for f in group.figures
        },
        "needs": [need.sentence for need in file.needs],
        "locations": [{**asdict(row), "next_on": str(row.next_on)} for row in file.locations],
        "narrative": {part.code: part.text for part in file.narrative},
        "digest": file.digest,
    }


def _text(file: ReportFile) -> str:
    lines = [f"{file.title}: {_state(file)}"]
    if file.schematic:
        lines.append("Schematic demonstration data; not real.")
    for group in file.groups:
        lines += ["", group.title]
        width = max((len(f.label) for f in group.figures), default=0)
        lines += [f"  {f.label:<{width}}  {f.shown}  {f.note}".rstrip() for f in group.figures]
    lines += _listed("Needs a decision", [need.sentence for need in file.needs])
    lines += _listed(
        "Persistent locations", [f"{r.title}: {r.stage}; {r.asks}" for r in file.locations]
    )
    for part in file.narrative:
        lines += _listed(part.title, part.text.splitlines())
    return "\n".join(lines)


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []
