"""Why a part of a record may be kept back from who asks for it: the codes the office starts with.

Starting values that the office checks against the law: a change of law is a new row, from its
day on, and most years bring one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ExemptionSeed:
    """One ground for keeping something back, with its place in the law and the days it holds."""

    code: str
    name: str
    meaning: str
    citation: str
    valid_from: date
    valid_until: date | None = None


RECORDS_LAW = date(1977, 3, 29)
PLANS_AGAINST_ATTACK = date(2002, 10, 17)
PRIVACY = "(a)(2)"

EXEMPTIONS = (
    ExemptionSeed(
        "(a)(1)",
        "Trade secrets",
        "Trade secrets and commercial or financial information from outside, where giving it out"
        " would hurt whoever gave it.",
        "D.C. Code 2-534(a)(1)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        PRIVACY,
        "Personal privacy",
        "Information of a personal nature whose release would clearly invade somebody's privacy,"
        " such as who complained, and how to reach them.",
        "D.C. Code 2-534(a)(2)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        "(a)(3)",
        "Investigations",
        "Investigatory records of law enforcement, as far as their release would do one of the"
        " harms that the law lists.",
        "D.C. Code 2-534(a)(3)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        "(a)(4)",
        "Deliberation between agencies",
        "Memos and letters between or inside agencies that come before a decision, or are with a"
        " lawyer. Facts in them are not covered.",
        "D.C. Code 2-534(a)(4)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        "(a)(5)",
        "Test questions",
        "Questions and answers of tests that are still to be given.",
        "D.C. Code 2-534(a)(5)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        "(a)(6)",
        "Closed by another statute",
        "What another statute closes. Name the statute in the reason.",
        "D.C. Code 2-534(a)(6)",
        RECORDS_LAW,
    ),
    ExemptionSeed(
        "(a)(10)",
        "Plans against attack",
        "Response plans and vulnerability assessments whose release would endanger the public.",
        "D.C. Code 2-534(a)(10)",
        PLANS_AGAINST_ATTACK,
    ),
)
