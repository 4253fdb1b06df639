"""What belongs to the police and the courts, and is never kept here.

Source: CJIS Security Policy 6.0 binds whoever stores criminal justice information; Wardroom keeps
the number of a police report and nothing that stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardroom.kernel.errors import Refused

_THEIRS = re.compile(
    r"\b(?:arrest\w*|charge[ds]|charge (?:code|description)|convict(?:s|ed|ions?)?|criminal|"
    r"defendants?|felon(?:y|ies|s)?|fingerprints?|indict\w*|inmates?|jail\w*|misdemeanors?|"
    r"mug ?shots?|ncic|offenders?|offen[cs]es?|parole(?:es?|d)?|probation(?:ers?)?|rap sheets?|"
    r"suspects?|warrants?)\b"
)
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])|[^A-Za-z]+")


def of_justice(headings: Iterable[str]) -> tuple[str, ...]:
    """The columns that tell of somebody's arrests, charges or convictions, in their order."""
    return tuple(one for one in headings if _THEIRS.search(_PARTS.sub(" ", one).lower()))


def refuse_justice(
    headings: Iterable[str], *, code: str, what: str, field: str | None = None
) -> None:
    """Take no column that tells of criminal justice.

    ``what`` begins the sentence, such as "This table".

    Refuses: ``code``, naming the first such column.
    """
    theirs = of_justice(headings)
    if theirs:
        raise Refused(
            code,
            f"{what} has a column '{theirs[0]}'. What the police and the courts know of a person "
            "is not kept in Wardroom. Take the column out; the number of a police report is fine.",
            field=field,
        )
