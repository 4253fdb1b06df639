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
from wardroom.engagement.queries.referrals import (
    GapNeed,
    HelpedSheet,
    ReferralFile,
    ReferralPage,
    ReferralRow,
    gaps,
    helped_sheet,
    may_make_referrals,
    referral_file,
    referral_page,
    referral_sheet,
    services_to_check,
)

__all__ = [
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "GapNeed",
    "HelpedSheet",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "ReferralFile",
    "ReferralPage",
    "ReferralRow",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "gaps",
    "get_concern",
    "helped_sheet",
    "may_hear_commitments",
    "may_make_referrals",
    "may_take_in_papers",
    "paper_file",
    "paper_page",
    "referral_file",
    "referral_page",
    "referral_sheet",
    "services_to_check",
]
