"""Draft the weekly report of a ward, print it, or save it; rebuild signed reports.

    wardroom report weekly --ward 5 --week 2026-W47 --out report.pdf
    wardroom report weekly --ward 5
    wardroom report weekly --all-wards --out reports
    wardroom report weekly --ward 5 --json
    wardroom report rebuild
    wardroom report templates --out folder

Without --week it is the running week. A draft's numbers are brought up to date first, and what
people wrote into it stays; a signed report is shown as it was signed. --out takes a PDF file
or a Word file (.docx), or, with --all-wards, a folder. Signing is for people, in the browser.
`rebuild` tells every signed report again from the rows frozen with it, compares all of its
values, and ends with 1 where one differs. `templates` writes out the Word templates of the
house, to be edited and put into the folder of WARDROOM_WORD_TEMPLATES.
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
from wardroom.jobs.cli import DONE, FAILED
from wardroom.jobs.progress import Progress
from wardroom.jobs.stamps import shell_stamp
from wardroom.kernel.errors import Refused
from wardroom.reporting.actions import draft_weekly_report, rebuild_report
from wardroom.reporting.queries import (
    ReportFile,
    get_edition,
    report_file,
    report_page,
    report_pdf,
    report_word,
    this_week,
)
from wardroom.reporting.queries.due import every_signed_with_rows
from wardroom.reporting.rules import MONTHLY, ROLL_UP, WEEKLY, week_named

KINDS = (WEEKLY, ROLL_UP, MONTHLY)


def rebuild_all(args: argparse.Namespace) -> int:
    """Rebuild every signed report that has frozen rows, and say which differ."""
    differs = 0
    for head in every_signed_with_rows():
        stamp = shell_stamp()
        done = rebuild_report(get_edition(head.id, stamp.actor), stamp=stamp)
        said = f"identical, {done.numbers:,} values" if done.identical else "DIFFERS"
        print(f"{head.title}, version {head.version}: {said}")
        for where in done.differences:
            print(f"  {where}")
        differs += not done.identical
    return FAILED if differs else DONE


def write_templates(args: argparse.Namespace) -> int:
    """Write out the Word templates that come with the house."""
    from wardroom.reporting.gateways.word_template import built_in

    if not args.out:
        raise Refused("no_out", "Say where to with --out FOLDER.", field="out")
    for kind in KINDS:
        _write(args.out / f"{kind}.docx", built_in(kind))
        print(args.out / f"{kind}.docx")
    return DONE


OTHERS = {"rebuild": rebuild_all, "templates": write_templates}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of the call."""
    parser.add_argument("report", choices=["weekly", *OTHERS], help="which report, or what to do")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--ward", help="the ward, such as 5")
    which.add_argument("--all-wards", action="store_true", help="each ward of the city")
    parser.add_argument("--week", help="an ISO week such as 2026-W47 (default: the running one)")
    parser.add_argument("--out", type=Path, help="a PDF file, or a folder with --all-wards")
    parser.add_argument("--json", action="store_true", help="print the numbers as JSON")


def run(args: argparse.Namespace) -> int:
    """Bring each ward's report up to date, then print or save it; or do what else was asked."""
    if args.report in OTHERS:
        return OTHERS[args.report](args)
    if not args.ward and not args.all_wards:
        raise Refused("no_ward", "Say which ward with --ward, or --all-wards.", field="ward")
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
    made = report_word if out.suffix == ".docx" and not folder else report_pdf
    name, content = made(file.head.id, SYSTEM)
    path = out / name if folder else out
    _write(path, content, makes_folder=folder)
    print(f"{file.title}, {_state(file)}: {path}")


def _write(path: Path, content: bytes, *, makes_folder: bool = True) -> None:
    try:
        if makes_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Refused(
            "no_write", f"{path} cannot be written: {error.strerror}.", field="out"
        ) from None


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
        "lines": {section.code: [item.said for item in section.shown] for section in file.sections},
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
    for section in file.sections:
        lines += _listed(section.title, [item.said for item in section.shown])
    lines += _listed(
        "Persistent locations", [f"{r.title}: {r.stage}; {r.asks}" for r in file.locations]
    )
    for part in file.narrative:
        lines += _listed(part.title, part.text.splitlines())
    return "\n".join(lines)


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []
