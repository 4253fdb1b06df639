"""What can be asked of commissions' papers and of promises."""

from __future__ import annotations

from wardroom.engagement.queries.circulars import (
    CircularFile,
    CircularPage,
    CircularRow,
    circular_file,
    circular_page,
    get_circular,
    may_write_circulars,
)
from wardroom.engagement.queries.commitments import (
    CommitmentFile,
    CommitmentPage,
    CommitmentRow,
    commitment_file,
    commitment_page,
    may_hear_commitments,
)
from wardroom.engagement.queries.consenting import (
    why_no_news,
)
from wardroom.engagement.queries.news_due import (
    circulars_to_send,
    get_circular_to_send,
    moves_due,
    subscribers_due,
)
from wardroom.engagement.queries.own_news import (
    OwnNews,
    OwnWish,
    WishToConfirm,
    own_news,
    wish_to_confirm,
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
from wardroom.engagement.queries.public_news import (
    public_news,
    public_places,
)
from wardroom.engagement.queries.subscribers import (
    BoundaryChange,
    SubscriberFile,
    WishPage,
    WishRow,
    boundary_changes,
    get_boundaries_of_moves,
    get_subscriber,
    may_add_subscribers,
    subscriber_file,
    wish_page,
)

__all__ = [
    "BoundaryChange",
    "CircularFile",
    "CircularPage",
    "CircularRow",
    "CommitmentFile",
    "CommitmentPage",
    "CommitmentRow",
    "OwnNews",
    "OwnWish",
    "PaperFile",
    "PaperPage",
    "PaperRow",
    "SubscriberFile",
    "WishPage",
    "WishRow",
    "WishToConfirm",
    "boundary_changes",
    "circular_file",
    "circular_page",
    "circulars_to_send",
    "commissions_named",
    "commitment_file",
    "commitment_page",
    "get_boundaries_of_moves",
    "get_circular",
    "get_circular_to_send",
    "get_concern",
    "get_subscriber",
    "may_add_subscribers",
    "may_hear_commitments",
    "may_take_in_papers",
    "may_write_circulars",
    "moves_due",
    "own_news",
    "paper_file",
    "paper_page",
    "public_news",
    "public_places",
    "subscriber_file",
    "subscribers_due",
    "why_no_news",
    "wish_page",
    "wish_to_confirm",
]
