"""Programs checked against commitments: the gaps, for talks with the heads of agencies."""
