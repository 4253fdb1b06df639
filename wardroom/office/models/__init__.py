"""What the office keeps about itself."""

from __future__ import annotations

from wardroom.office.models.money import (
    FiscalYear,
    Fund,
    FundLine,
    PlannedMonth,
    Purpose,
    SpendingPlan,
)
from wardroom.office.models.residency import (
    ResidencyClock,
    ResidencyDecision,
    ResidencyProof,
)
from wardroom.office.models.rota import Rota, RotaTurn, SpokenLanguage, Swap, Wish
from wardroom.office.models.structure import (
    Position,
    Unit,
)
from wardroom.office.models.submissions import (
    BudgetSubmission,
)
from wardroom.office.models.terms import (
    Reminder,
    Term,
    TermLine,
)
from wardroom.office.models.training import (
    Training,
)
from wardroom.office.models.workload import (
    Scenario,
    TimeLog,
    UnitTime,
    WorkYear,
)

__all__ = [
    "BudgetSubmission",
    "FiscalYear",
    "Fund",
    "FundLine",
    "PlannedMonth",
    "Position",
    "Purpose",
    "Reminder",
    "ResidencyClock",
    "ResidencyDecision",
    "ResidencyProof",
    "Rota",
    "RotaTurn",
    "Scenario",
    "SpendingPlan",
    "SpokenLanguage",
    "Swap",
    "Term",
    "TermLine",
    "TimeLog",
    "Training",
    "Unit",
    "UnitTime",
    "Wish",
    "WorkYear",
]
