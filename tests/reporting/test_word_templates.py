"""The office's own Word templates: tried before they are taken, and nothing hostile comes in."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.cast import Cast
from tests.reporting.conftest import SignIn, later
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.reporting.actions import put_back_word_template, take_word_template
from wardroom.reporting.gateways.word_template import built_in
from wardroom.reporting.models import Edition, WordTemplate
from wardroom.reporting.queries import checked_word_template, report_word, word_template_file
from wardroom.reporting.rules.kinds import MOST_BYTES

pytestmark = pytest.mark.django_db
KINDS = ("weekly", "roll_up", "anc_monthly")
LINK = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/image" Target="https://example.org/spy.png" {mode}/></Relationships>'
)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Settings) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.WORD_TEMPLATES = tmp_path / "word"


def template(*lines: str) -> bytes:
    """A Word file with a paragraph for each line."""
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same file with one part put otherwise; a part that is not there is added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            kept = old.read(name)
            new.writestr(name, change(kept.decode()) if name == part else kept)
        if part not in old.namelist():
            new.writestr(part, change(""))
    return made.getvalue()


def linked(mode: str) -> bytes:
    return changed(
        template("{{ title }}"),
        "word/_rels/document.xml.rels",
        lambda text: text.replace("</Relationships>", LINK.format(mode=mode)),
    )


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * (30 * 1024 * 1024))
    return made.getvalue()


def lying(method: int) -> bytes:
    """A file with a part that says it has 100 bytes, and unpacks to far more."""
    made, whole = BytesIO(), b"<x/>" + b" " * 2_000_000
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("word/document.xml", "<x/>")
        file.writestr("word/more.xml", whole, method)
    content = made.getvalue()
    for true, told in (
        (len(whole), 100),
        (zlib.crc32(whole), zlib.crc32(whole[:100])),
    ):
        content = content.replace(true.to_bytes(4, "little"), told.to_bytes(4, "little"))
    return content


def with_runs(*runs: str) -> bytes:
    """A template with these pieces of a field, and of marks, in one paragraph."""
    pieces = "".join(
        f"<w:r><w:t>{run[1:]}</w:t></w:r>"
        if run[0] == "="
        else f'<w:r><w:fldChar w:fldCharType="{run[1:]}"/></w:r>'
        if run[0] == ":"
        else f"<w:r><w:instrText>{run}</w:instrText></w:r>"
        for run in runs
    )
    return changed(
        template("{{ title }}", "here"),
        "word/document.xml",
        lambda text: text.replace("<w:r><w:t>here</w:t></w:r>", pieces),
    )


def with_simple(said: str) -> bytes:
    return changed(
        template("{{ title }}", "here"),
        "word/document.xml",
        lambda text: text.replace("<w:r><w:t>here</w:t></w:r>", f'<w:fldSimple w:instr="{said}"/>'),
    )


def other_part(name: str, letters: str) -> bytes:
    """A field that fetches, in a part with another ending and in any letters."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:hdr xmlns:w="{space}"><w:fldSimple w:instr="INCLUDEPICTURE x"/></w:hdr>'
    return changed(template("{{ title }}"), name, lambda _: text.encode(letters))  # type: ignore[arg-type,return-value]


def take(who: Cast, content: bytes, *, name: str = "ours.docx", report: str = "weekly") -> Any:
    checked = checked_word_template(report, name, content, who.actor)
    return take_word_template(None, checked=checked, stamp=later(who))


def text_of(content: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("report", KINDS)
def test_template_of_the_house_is_taken_as_it_is(director: Cast, report: str) -> None:
    assert take(director, built_in(report), report=report).version == 1


def test_reports_are_made_with_the_template_that_was_handed_in(
    draft5: Edition, director: Cast, liaison5: Cast
) -> None:
    """Versions stay; a former one, or that of the house, can be put back."""
    take(director, template("First: {{ title }}"))
    take(director, template("Second: {{ title }}"))
    assert text_of(report_word(draft5.pk, liaison5.actor)[1]) == "Second: Ward 5, week 2026-W47"
    put_back_word_template(None, report="weekly", version=1, stamp=later(director))
    assert text_of(report_word(draft5.pk, liaison5.actor)[1]) == "First: Ward 5, week 2026-W47"
    put_back_word_template(None, report="weekly", version=0, stamp=later(director))
    assert "What the numbers mean" in text_of(report_word(draft5.pk, liaison5.actor)[1])
    file = word_template_file("weekly", director.actor)
    assert [(row.version, row.counts) for row in file.rows] == [
        (4, True), (3, False), (2, False), (1, False),
    ]  # fmt: skip
    kinds = Entry.objects.order_by("pk").values_list("kind", flat=True)
    assert [k for k in kinds if k.startswith("WordTemplate")] == [
        *["WordTemplateTaken"] * 2, *["WordTemplatePutBack"] * 2,
    ]  # fmt: skip


def test_folder_of_the_settings_counts_where_nothing_was_handed_in(
    draft5: Edition, director: Cast, liaison5: Cast, settings: Settings
) -> None:
    settings.WORD_TEMPLATES.mkdir()
    (settings.WORD_TEMPLATES / "weekly.docx").write_bytes(template("Folder: {{ title }}"))
    assert text_of(report_word(draft5.pk, liaison5.actor)[1]).startswith("Folder: ")
    assert word_template_file("weekly", director.actor).comes_from == "folder"
    take(director, template("Page: {{ title }}"))
    assert text_of(report_word(draft5.pk, liaison5.actor)[1]).startswith("Page: ")


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        (["{{ titel }}"], "unknown_names", "“titel”"),
        (["{{ title }}", "{% for row in locations %}{{ row.lateness }}{% endfor %}"],
         "unknown_names", "“lateness”"),
        (["{{ title"], "bad_marks", "cannot be read"),
        (["{% for x in needs %}{{ x }}"], "bad_marks", "cannot be read"),
        (["{{ title * 999999999 }}"], "bad_marks", "may not do"),
        (["{{ title.__class__.__mro__ }}"], "bad_marks", "may not do"),
        (["{{ title.center(999999999) }}"], "bad_marks", "may not do"),
        (["{% macro a() %}{{ a() }}{% endmacro %}{{ title }}{{ a() }}"], "bad_marks", "may not do"),
        (["{{ title|pprint }}"], "bad_marks", "pprint"),
        (["{{ title }}{% include '/etc/passwd' %}"], "bad_marks", "include"),
        (["{% for a in groups|sort|list %}{{ a.titel }}{% endfor %}"], "unknown_names", "titel"),
        (["{{ title ~ title }}"], "bad_marks", "may not do"),
        (["{{ title + title }}"], "bad_marks", "may not do"),
        (["{{ title|replace('a', 'aaaaaaaa') }}"], "bad_marks", "replace"),
        (["{{ title|batch(1000000, 'x')|list }}"], "bad_marks", "batch"),
        (["{% for a in 'abcdef' %}{{ title }}{% endfor %}"], "bad_marks", "may not do"),
        (["{% for a in [1, 2] %}{{ title }}{% endfor %}"], "bad_marks", "may not do"),
        (["{% set x = 'abcdef' %}{% for a in x %}{{ title }}{% endfor %}"],
         "bad_marks", "may not do"),
        (["{% set x %}{{ title }}{{ title }}{% endset %}{{ x }}"], "bad_marks", "may not do"),
        (["{% autoescape false %}{{ title }}{% endautoescape %}"], "bad_marks", "may not do"),
        (["{{ title" + "|join('xxxxxxxx')" * 12 + " }}"], "bad_marks", "may not do"),
        (["{% for a in groups %}" * 4 + "{{ title }}" + "{% endfor %}" * 4],
         "bad_marks", "may not do"),
        (["Nothing to fill in"], "no_names", "no marks"),
    ],
)  # fmt: skip
def test_template_that_does_not_work_is_not_taken(
    director: Cast, lines: list[str], code: str, words: str
) -> None:
    with pytest.raises(Refused) as no:
        take(director, template(*lines))
    assert (no.value.code, no.value.field) == (code, "file")
    assert words in no.value.sentence
    assert not WordTemplate.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "x.docx", "empty_file"),
        (b"PK\3\4 not a file", "x.docx", "bad_type"),
        (template("{{ title }}"), "x.docm", "has_macros"),
        (template("{{ title }}"), "x.pdf", "bad_type"),
        (b"x" * (MOST_BYTES + 1), "x.docx", "too_large"),
        (bomb(), "x.docx", "too_large"),
        (changed(template("{{ title }}"), "word/vbaProject.bin", lambda _: "x"), "x.docx",
         "has_macros"),
        (changed(template("{{ title }}"), "[Content_Types].xml",
                 lambda text: text.replace("wordprocessingml.document.main",
                                           "ms-word.document.macroEnabled.main")),
         "x.docx", "has_macros"),
        (changed(template("{{ title }}"), "word/embeddings/o.bin", lambda _: "x"), "x.docx",
         "has_objects"),
        (linked('TargetMode="External"'), "x.docx", "reaches_outside"),
        (linked('TargetMode="Ext&#101;rnal"'), "x.docx", "reaches_outside"),
        (lying(zipfile.ZIP_DEFLATED), "x.docx", "bad_type"),
        (lying(zipfile.ZIP_BZIP2), "x.docx", "bad_type"),
        (with_runs("INCLUDE", "TEXT x"), "x.docx", "reaches_outside"),
        (with_runs("INCLUDE{% if title %}PICTURE{% endif %} x"), "x.docx", "reaches_outside"),
        (with_runs("INCLUDE{", "% if title %}PICTURE{% endif %} x"), "x.docx", "reaches_outside"),
        (with_runs(":begin", "INCLUDE", "={% if not title %}", "x", "={% endif %}", "PICTURE y",
                   ":end"), "x.docx", "reaches_outside"),
        (with_runs("={{ titl", "PAGE", "=e }}"), "x.docx", "reaches_outside"),
        (with_simple("INCLUDE{% if title %}PICTURE{% endif %} x"), "x.docx", "reaches_outside"),
        (other_part("word/header9.dat", "utf-8"), "x.docx", "reaches_outside"),
        (other_part("word/header9.dat", "utf-16"), "x.docx", "bad_type"),
        (changed(template("{{ title }}"), "word/settings.xml",
                 lambda _: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'),
         "x.docx", "bad_type"),
        (changed(template("{{ title }}"), "../out.xml", lambda _: "<x/>"), "x.docx", "bad_type"),
    ],
)  # fmt: skip
def test_hostile_file_is_not_taken(director: Cast, content: bytes, name: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        take(director, content, name=name)
    assert (no.value.code, no.value.field) == (code, "file")
    assert not WordTemplate.objects.exists()


def test_field_may_stand_beside_a_mark(director: Cast) -> None:
    runs = ("={% if title %}", ":begin", "PAGE", ":separate", "=1", ":end", "={% endif %}")
    assert take(director, with_runs(*runs)).version == 1


def test_only_the_director_hands_templates_in(
    liaison5: Cast, partner_dpw: Cast, director: Cast
) -> None:
    for who in (liaison5, partner_dpw):
        with pytest.raises(NotAllowed):
            take(who, template("{{ title }}"))
        with pytest.raises(NotAllowed):
            put_back_word_template(None, report="weekly", version=0, stamp=later(who))
        with pytest.raises(NotAllowed):
            word_template_file("weekly", who.actor)


@pytest.mark.parametrize(
    ("report", "version", "code"),
    [("weekly", 7, "version_unknown"), ("weekly", 0, "already_so"), ("x", 0, "report_unknown")],
)
def test_version_that_is_not_there_is_not_put_back(
    director: Cast, report: str, version: int, code: str
) -> None:
    with pytest.raises(Refused) as no:
        put_back_word_template(None, report=report, version=version, stamp=later(director))
    assert no.value.code == code


def test_page_names_the_folder_where_its_template_counts_again(
    director: Cast, sign_in: SignIn, settings: Settings
) -> None:
    settings.WORD_TEMPLATES.mkdir()
    (settings.WORD_TEMPLATES / "weekly.docx").write_bytes(template("Folder: {{ title }}"))
    take(director, template("{{ title }}"))
    site, path = sign_in(director), "/reports/word/weekly/"
    assert "Use the folder's template again" in site.get(path).content.decode()
    put_back_word_template(None, report="weekly", version=0, stamp=later(director))
    page = site.get(path).content.decode()
    assert "The folder&#x27;s" in page
    assert "comes with Wardroom" not in page


def test_page_takes_a_template_and_says_what_is_wrong_with_another(
    director: Cast, sign_in: SignIn
) -> None:
    site = sign_in(director)
    path = "/reports/word/weekly/"
    assert "the template that comes with Wardroom" in site.get(path).content.decode()
    bad = SimpleUploadedFile("ours.docx", template("{{ titel }}"))
    answer = site.post(path, {"file": bad})
    assert answer.status_code == 422
    assert "“titel”" in answer.content.decode()
    good = SimpleUploadedFile("ours.docx", template("{{ title }}"))
    assert site.post(path, {"file": good}).status_code == 302
    page = site.get(path).content.decode()
    assert "the office&#x27;s own template" in page or "the office's own template" in page
    answer = site.get(f"{path}1/template.docx")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert site.get(f"{path}house/template.docx").status_code == 200
    for wrong in ("9", "0", "none", "9" * 40):
        assert site.get(f"{path}{wrong}/template.docx").status_code == 404
    assert site.post(f"{path}back/", {"version": "0"}).status_code == 302
    assert site.post(f"{path}back/", {"version": "x"}).status_code == 422
    assert site.get("/reports/word/none/").status_code == 404
