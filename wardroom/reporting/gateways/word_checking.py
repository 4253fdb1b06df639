"""Whether a Word file can be the office's template: what is wrong with it, in a sentence.

It comes from outside. It is opened as an archive first, with limits, then read for what reaches
out of it, and at last filled with a report of everything and with one of nothing.
"""

from __future__ import annotations

import re
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from wardroom.reporting.gateways.word import BROKEN, filled, word_values
from wardroom.reporting.gateways.word_archive import check_archive, check_made, refuse
from wardroom.reporting.gateways.word_samples import sample
from wardroom.reporting.gateways.word_sandbox import StrictSandbox

UNKNOWN = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'|no element (\S+)")


def check_template(report: str, name: str, content: bytes) -> None:
    """Refuses a file that is no template for this report, and says what is wrong with it."""
    check_archive(name, content)
    _check_filled(report, content)


def _check_filled(report: str, content: bytes) -> None:
    """The names that it asks for are there, and it can be filled with much and with nothing."""
    full, bare = (word_values(sample(report, full=full)) for full in (True, False))
    try:
        asked = DocxTemplate(BytesIO(content)).get_undeclared_template_variables(StrictSandbox())
        unknown = sorted(asked - full.keys())
        if unknown:
            refuse("unknown_names", _unknown_words(unknown))
        if not asked & {*full}:
            refuse("no_names", "The file has no marks such as {{ title }}, so it would always"
                                " say the same. Start from Wardroom's own template.")  # fmt: skip
        for values in (full, bare):
            check_made(filled(content, values, StrictSandbox()))
    except UndefinedError as error:
        found = UNKNOWN.search(str(error))
        named = next((part for part in found.groups() if part), "") if found else ""
        refuse("unknown_names", _unknown_words([named or str(error)]))
    except TemplateSyntaxError as error:
        refuse("bad_marks", f"A mark in curly brackets cannot be read: {error.message}.")
    except SecurityError as error:
        refuse("bad_marks", f"A mark asks for something that a template may not do: {error}.")
    except (*BROKEN, RecursionError, AttributeError, MemoryError) as error:
        refuse("bad_marks", f"The file could not be filled: {str(error)[:200]}.")


def _unknown_words(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:8])
    which = "a name" if len(names) == 1 else "names"
    return (
        f"The template asks for {which} that this report does not have: {shown}. The names that"
        " it has are listed on this page."
    )
