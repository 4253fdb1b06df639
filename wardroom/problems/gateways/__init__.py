"""Ranking all places: of our own mirror of the requests, and of any city's file."""

from wardroom.problems.gateways.ranking import detect, rank_city

__all__ = ["detect", "rank_city"]
