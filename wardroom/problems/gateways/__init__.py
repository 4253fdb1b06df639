"""Ranking all places: of our own mirror of the requests, and of any city's file."""

from wardroom.problems.gateways.ranking import detect, keep_fresh, rank_city

__all__ = ["detect", "keep_fresh", "rank_city"]
