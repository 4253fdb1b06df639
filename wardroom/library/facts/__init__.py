"""What can happen to the library."""

from __future__ import annotations

from wardroom.library.facts.elsewhere import (
    AuthorityEnded,
    AuthorityFact,
    AuthorityKept,
    AuthorityTranslated,
)
from wardroom.library.facts.held import (
    ReferenceDataLoaded,
    ServicePlaced,
    ServicesSorted,
    TopicPromiseSet,
)
from wardroom.library.facts.listed import (
    NeedsLoaded,
    ServiceAlertSet,
    ServiceAssured,
    ServiceClosed,
    ServiceFileRead,
    ServiceListed,
    ServiceRevised,
    ServicesImported,
    ServicesTakenBack,
)
from wardroom.library.facts.public import (
    PublicTopicFact,
    QuestionAsked,
    QuestionEnded,
    TopicClosed,
    TopicOpened,
)

__all__ = [
    "AuthorityEnded",
    "AuthorityFact",
    "AuthorityKept",
    "AuthorityTranslated",
    "NeedsLoaded",
    "PublicTopicFact",
    "QuestionAsked",
    "QuestionEnded",
    "ReferenceDataLoaded",
    "ServiceAlertSet",
    "ServiceAssured",
    "ServiceClosed",
    "ServiceFileRead",
    "ServiceListed",
    "ServicePlaced",
    "ServiceRevised",
    "ServicesImported",
    "ServicesSorted",
    "ServicesTakenBack",
    "TopicClosed",
    "TopicOpened",
    "TopicPromiseSet",
]
