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
from wardroom.engagement.queries.groups import (
    GroupFile,
    GroupPage,
    GroupRow,
    Health,
    MetRow,
    OpenGroup,
    SignUpFile,
    get_group,
    get_member,
    get_open_group,
    get_sign_up,
    group_file,
    group_page,
    may_found_groups,
    open_group,
    sign_up_file,
)
from wardroom.engagement.queries.members import (
    MemberRow,
    RoleRow,
)
from wardroom.engagement.queries.minutes import (
    GroupMeeting,
    get_group_meeting,
    group_meeting,
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

__all__ = [
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "GroupFile",
    "GroupMeeting",
    "GroupPage",
    "GroupRow",
    "Health",
    "MemberRow",
    "MetRow",
    "OpenGroup",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "RoleRow",
    "SignUpFile",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "get_concern",
    "get_group",
    "get_group_meeting",
    "get_member",
    "get_open_group",
    "get_sign_up",
    "group_file",
    "group_meeting",
    "group_page",
    "may_found_groups",
    "may_hear_commitments",
    "may_take_in_papers",
    "open_group",
    "paper_file",
    "paper_page",
    "sign_up_file",
]
