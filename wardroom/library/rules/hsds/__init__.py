"""HSDS 3.0 in and out: what is kept of it, and how its files are read and written."""
