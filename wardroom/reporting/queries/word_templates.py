"""The Word templates of the office: which counts, the former ones, and what they may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.reporting import policy
from wardroom.reporting.models import WordTemplate
from wardroom.reporting.rules.kinds import WORD_TEMPLATES

FROM_HOUSE, FROM_FOLDER, HANDED_IN = "house", "folder", "handed_in"


@dataclass(frozen=True)
class TemplateRow:
    """One version of a template; without a name it says that the house's own counts again."""

    version: int
    name: str
    put_back: bool
    put_at: datetime
    put_by: str
    counts: bool


@dataclass(frozen=True)
class CheckedTemplate:
    """A Word file that was tried, and can be taken as the template of a kind of report."""

    report: str
    name: str
    content: bytes


@dataclass(frozen=True)
class TemplateFile:
    """The template of one kind of report: which counts, from where, and the former ones."""

    report: str
    title: str
    comes_from: str
    in_folder: bool
    rows: tuple[TemplateRow, ...]
    names: tuple[str, ...]
    allowed: frozenset[str]


def word_template_file(report: str, actor: Actor) -> TemplateFile:
    """The template of a kind of report with its versions; for those who may keep them."""
    from wardroom.reporting.gateways.word import word_values
    from wardroom.reporting.gateways.word_samples import sample

    _check(report, actor)
    rows = list(
        WordTemplate.objects.filter(report=report).select_related("document").order_by("-version")
    )
    return TemplateFile(
        report=report,
        title=WORD_TEMPLATES[report],
        comes_from=_comes_from(report, rows[0] if rows else None),
        in_folder=_is_in_folder(report),
        rows=tuple(
            TemplateRow(
                version=row.version,
                name=row.document.name if row.document is not None else "",
                put_back=row.put_back,
                put_at=row.put_at,
                put_by=row.put_by,
                counts=n == 0,
            )
            for n, row in enumerate(rows)
        ),
        names=tuple(sorted(word_values(sample(report, full=True)))),
        allowed=frozenset({"take_word_template", "put_back_word_template"}),
    )


def word_template_content(report: str, version: int, actor: Actor) -> tuple[str, bytes]:
    """A version of a template as a file to work on; version 0 is the one of the house."""
    from wardroom.documents.gateways import read_content
    from wardroom.reporting.gateways.word_template import built_in

    _check(report, actor)
    if not version:
        return f"{report}.docx", built_in(report)
    row = WordTemplate.objects.filter(report=report, version=version).first()
    if row is None or row.document is None:
        raise NotFound(f"no template {report} {version}")
    return row.document.name, read_content(row.document.digest)


def checked_word_template(report: str, name: str, content: bytes, actor: Actor) -> CheckedTemplate:
    """A Word file once it was tried; refused where it is no plain Word document or does not work.

    It takes long, so it is done before anything is locked. Refused are also macros, objects and
    links, and marks that ask for what the report does not have.
    """
    from wardroom.reporting.gateways.word_checking import check_template

    _check(report, actor)
    check_template(report, name, content)
    return CheckedTemplate(report, name, content)


def template_handed_in(report: str) -> bytes | None:
    """The template that somebody handed in and that counts now; none where none does."""
    from wardroom.documents.gateways import read_content

    rows = WordTemplate.objects.filter(report=report).order_by("-version")
    digest = next(iter(rows.values_list("document__digest", flat=True)[:1]), None)
    return read_content(digest) if digest else None


def may_keep_word_templates(actor: Actor) -> bool:
    """Whether somebody may say with which templates reports are made."""
    return policy.may_keep_word_templates(actor, None)


def _check(report: str, actor: Actor) -> None:
    if not policy.may_keep_word_templates(actor, None):
        raise NotAllowed
    if report not in WORD_TEMPLATES:
        raise NotFound(f"no report {report}")


def _comes_from(report: str, newest: WordTemplate | None) -> str:
    if newest is not None and newest.document_id is not None:
        return HANDED_IN
    return FROM_FOLDER if _is_in_folder(report) else FROM_HOUSE


def _is_in_folder(report: str) -> bool:
    return bool((settings.WORD_TEMPLATES / f"{report}.docx").exists())
