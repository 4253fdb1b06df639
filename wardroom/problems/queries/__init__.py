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
from wardroom.problems.queries.locations import (
    LocationFile,
    LocationPage,
    LocationRow,
    LocationsThen,
    location_file,
    location_page,
    locations_then,
)
from wardroom.problems.queries.news import NewPlace, NewPlaces, new_candidates
from wardroom.problems.queries.ordering import OFFICE, Evening
from wardroom.problems.queries.walks import WalkPage, WalkRow, walk_page
from wardroom.problems.queries.weights import (
    WeightsPage,
    WeightsRow,
    office_weights,
    weights_page,
)

__all__ = [
    "OFFICE",
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
    "NumberRow",
    "Past",
    "RequestLine",
    "WalkPage",
    "WalkRow",
    "WeightsPage",
    "WeightsRow",
    "candidate_file",
    "candidate_map",
    "candidate_page",
    "candidate_rows",
    "decided_candidates",
    "get_candidate",
    "latest_detection",
    "location_file",
    "location_page",
    "locations_then",
    "new_candidates",
    "office_weights",
    "undecided_candidates",
    "walk_page",
    "weights_page",
]
