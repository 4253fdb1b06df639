"""The made-up office that the benchmark measures is one that the house's actions could make."""
