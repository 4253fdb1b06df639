"""What can we ask about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.queries.candidate_files import (
    CandidateFile,
    DecisionRow,
    NumberRow,
    candidate_file,
)
from wardroom.problems.queries.candidates import (
    CandidatePage,
    CandidateRow,
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

__all__ = [
    "CandidateFile",
    "CandidatePage",
    "CandidateRow",
    "Chosen",
    "DecisionRow",
    "EpisodeView",
    "LocationFile",
    "LocationPage",
    "LocationRow",
    "LocationsThen",
    "NewPlace",
    "NewPlaces",
    "NumberRow",
    "Past",
    "RequestLine",
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
    "undecided_candidates",
]
