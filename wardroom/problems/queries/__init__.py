"""What can we ask about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.queries.candidate_files import (
    CandidateFile,
    DecisionRow,
    NumberRow,
    candidate_file,
)
from wardroom.problems.queries.candidate_rows import CandidateRow
from wardroom.problems.queries.candidates import (
    CandidatePage,
    Chosen,
    Past,
    candidate_map,
    candidate_page,
    candidate_rows,
    decided_candidates,
    get_candidate,
    latest_detection,
    undecided_candidates,
)
from wardroom.problems.queries.episodes import EpisodeView, RequestLine
from wardroom.problems.queries.location_files import (
    AnalysisFile,
    AnalysisView,
    LocationFile,
    SpellRow,
    analysis_file,
    get_location,
    location_file,
)
from wardroom.problems.queries.locations import (
    LocationPage,
    LocationRow,
    LocationsThen,
    location_page,
    locations_then,
)
from wardroom.problems.queries.made_public import (
    location_news,
    public_locations,
)
from wardroom.problems.queries.news import NewPlace, NewPlaces, new_candidates
from wardroom.problems.queries.nominations import (
    NominationFile,
    NominationRow,
    RulePage,
    get_nomination,
    nomination_file,
    nomination_page,
    rule_page,
)
from wardroom.problems.queries.ordering import OFFICE, Evening
from wardroom.problems.queries.public_texts import (
    PublicTextFile,
    PublicTextRow,
    get_public_text,
    public_text_file,
)
from wardroom.problems.queries.stories import PlaceStory, StoryLine, place_story, reported_at
from wardroom.problems.queries.walks import WalkPage, WalkRow, districts_where_few_report, walk_page
from wardroom.problems.queries.weights import (
    WeightsPage,
    WeightsRow,
    office_weights,
    weights_page,
)

__all__ = [
    "OFFICE",
    "AnalysisFile",
    "AnalysisView",
    "CandidateFile",
    "CandidatePage",
    "CandidateRow",
    "Chosen",
    "DecisionRow",
    "EpisodeView",
    "Evening",
    "LocationFile",
    "LocationPage",
    "LocationRow",
    "LocationsThen",
    "NewPlace",
    "NewPlaces",
    "NominationFile",
    "NominationRow",
    "NumberRow",
    "Past",
    "PlaceStory",
    "PublicTextFile",
    "PublicTextRow",
    "RequestLine",
    "RulePage",
    "SpellRow",
    "StoryLine",
    "WalkPage",
    "WalkRow",
    "WeightsPage",
    "WeightsRow",
    "analysis_file",
    "candidate_file",
    "candidate_map",
    "candidate_page",
    "candidate_rows",
    "decided_candidates",
    "districts_where_few_report",
    "get_candidate",
    "get_location",
    "get_nomination",
    "get_public_text",
    "latest_detection",
    "location_file",
    "location_news",
    "location_page",
    "locations_then",
    "new_candidates",
    "nomination_file",
    "nomination_page",
    "office_weights",
    "place_story",
    "public_locations",
    "public_text_file",
    "reported_at",
    "rule_page",
    "undecided_candidates",
    "walk_page",
    "weights_page",
]
