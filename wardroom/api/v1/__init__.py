"""The JSON API, version 1: the pages of the office for other programs."""
