"""What can be asked of commissions' papers and of promises."""

from __future__ import annotations

from wardroom.engagement.queries.commitments import (
    CommitmentFile,
    CommitmentPage,
    CommitmentRow,
    commitment_file,
    commitment_page,
    may_hear_commitments,
)
from wardroom.engagement.queries.contacts import ContactPage, ContactRow, contact_page
from wardroom.engagement.queries.outreach import (
    OutreachPlanFile,
    OutreachPlanPage,
    OutreachPlanRow,
    PlansInForce,
    VersionRow,
    may_adopt_outreach_plans,
    outreach_plan_file,
    outreach_plan_page,
    plans_in_force,
)
from wardroom.engagement.queries.papers import (
    PaperFile,
    PaperPage,
    PaperRow,
    commissions_named,
    get_concern,
    may_take_in_papers,
    paper_file,
    paper_page,
)
from wardroom.engagement.queries.silence import (
    Lens,
    SilencePage,
    SilenceRow,
    contacts_were_counted,
    silence_page,
    silence_rows,
)
from wardroom.engagement.queries.strategies import (
    StrategyPage,
    StrategyRow,
    get_strategy,
    strategy_page,
)
from wardroom.engagement.queries.touches import (
    TouchDraft,
    TouchPage,
    TouchRow,
    get_touch,
    touch_page,
)

__all__ = [
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "ContactPage",
    "ContactRow",
    "Lens",
    "OutreachPlanFile",
    "OutreachPlanPage",
    "OutreachPlanRow",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "PlansInForce",
    "SilencePage",
    "SilenceRow",
    "StrategyPage",
    "StrategyRow",
    "TouchDraft",
    "TouchPage",
    "TouchRow",
    "VersionRow",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "contact_page",
    "contacts_were_counted",
    "get_concern",
    "get_strategy",
    "get_touch",
    "may_adopt_outreach_plans",
    "may_hear_commitments",
    "may_take_in_papers",
    "outreach_plan_file",
    "outreach_plan_page",
    "paper_file",
    "paper_page",
    "plans_in_force",
    "silence_page",
    "silence_rows",
    "strategy_page",
    "touch_page",
]
