"""Editions on paper: their plain values, and the files that are made of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from wardroom.access.actor import Actor
from wardroom.reporting import rules
from wardroom.reporting.models import Edition
from wardroom.reporting.queries.answers import answers_to
from wardroom.reporting.queries.editions import get_edition
from wardroom.reporting.queries.word_templates import template_handed_in
from wardroom.reporting.rules.items import SECTIONS, finished
from wardroom.reporting.rules.monthly import HIDDEN_NOTE_1


def edition_for_print(edition_id: int, actor: Actor) -> dict[str, Any]:
    """One edition as plain values, for the typesetter; instants on the office's clock."""
    return values_of(get_edition(edition_id, actor))


def values_of(edition: Edition) -> dict[str, Any]:
    """An edition's plain values: the lines that are in, in the words of whoever signed."""
    return {
        "report": edition.report,
        "ward_code": edition.ward_code,
        "area": edition.area,
        "week": edition.week,
        "version": edition.version,
        "state": edition.state,
        "facts": {
            "hidden_note": HIDDEN_NOTE_1,
            **edition.facts,
            **_lines_of(edition),
            "as_of": _on_the_clock(edition.facts["as_of"]),
            "data_as_of": _on_the_clock(edition.facts["data_as_of"]),
        },
        "narrative": [
            {"code": code, "title": title, "text": edition.narrative.get(code, "")}
            for code, title in rules.NARRATIVE_OF[edition.report].items()
        ],
        "correction": edition.narrative.get("correction", ""),
        "definitions": edition.definitions,
        "sources": edition.sources,
        "signed_by": edition.signed_by.name if edition.signed_by else "",
        "signed_at": _on_the_clock(edition.signed_at.isoformat() if edition.signed_at else ""),
        "digest": edition.digest,
    }


def _lines_of(edition: Edition) -> dict[str, list[dict[str, Any]]]:
    """The lines that are in, those of a roll-up with what the director answered to them.

    What was answered after the signature is on the page only: the paper stays as it was signed.
    """
    is_rolled = edition.report == rules.ROLL_UP
    answers = answers_to(edition, until=edition.signed_at) if is_rolled else {}
    told = {
        key: {"text": answer.text, "at": _on_the_clock(answer.at.isoformat())}
        for key, answer in answers.items()
    }
    return {
        code: [
            {**row, "answer": told[row["key"]]} if row.get("key") in told else row
            for row in finished(edition.facts, edition.edits, code)
        ]
        for code in SECTIONS
    }


def report_pdf(edition_id: int, actor: Actor) -> tuple[str, bytes]:
    """The edition on paper: a file name and a tagged PDF made from its frozen content."""
    from wardroom.documents.gateways import read_content
    from wardroom.reporting.gateways.paper import typeset

    edition = get_edition(edition_id, actor)
    name = f"{file_name(edition)}.pdf"
    if edition.pdf is not None:
        return name, read_content(edition.pdf.digest)
    return name, typeset(values_of(edition), template=edition.report)


def report_word(edition_id: int, actor: Actor) -> tuple[str, bytes]:
    """The edition as a Word file in the office's own template, made from its frozen content."""
    from wardroom.reporting.gateways.word import written

    edition = get_edition(edition_id, actor)
    own = template_handed_in(edition.report)
    return f"{file_name(edition)}.docx", written(values_of(edition), own)


def file_name(edition: Edition) -> str:
    """What a file of an edition is called, without its ending."""
    span = f"{edition.week}-v{edition.version}"
    draft = "" if edition.state == rules.SIGNED else "-draft"
    if edition.report == rules.ROLL_UP:
        return f"roll-up-{span}{draft}"
    if edition.report == rules.MONTHLY:
        return f"anc-{edition.area.replace('/', '-')}-{span}{draft}"
    return f"ward-{edition.ward_code}-{span}{draft}"


def _on_the_clock(text: str) -> str:
    at = datetime.fromisoformat(text) if text else None
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).isoformat() if at else ""
