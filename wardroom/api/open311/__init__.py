"""GeoReport v2, the Open311 server: what was reported, and reports from other programs."""
