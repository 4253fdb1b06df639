"""What the library keeps: topics and clocks, and the services that people are sent to."""

from __future__ import annotations

from wardroom.library.models.elsewhere import OtherAuthority
from wardroom.library.models.held import (
    Exemption,
    Rule,
    ServicePromise,
    Topic,
    TopicPromise,
    TopicService,
)
from wardroom.library.models.listed import (
    CostOption,
    HoursOpen,
    HsdsRow,
    ListedArea,
    ListedLanguage,
    ListedOrganization,
    ListedPhone,
    ListedService,
    Need,
    NeededPaper,
    NeedServed,
    ServiceAtSite,
    ServiceImport,
    Site,
    SiteAddress,
)
from wardroom.library.models.public import PublicTopic, Question

__all__ = [
    "CostOption",
    "Exemption",
    "HoursOpen",
    "HsdsRow",
    "ListedArea",
    "ListedLanguage",
    "ListedOrganization",
    "ListedPhone",
    "ListedService",
    "Need",
    "NeedServed",
    "NeededPaper",
    "OtherAuthority",
    "PublicTopic",
    "Question",
    "Rule",
    "ServiceAtSite",
    "ServiceImport",
    "ServicePromise",
    "Site",
    "SiteAddress",
    "Topic",
    "TopicPromise",
    "TopicService",
]
