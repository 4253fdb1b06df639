"""Hiring: postings, applications and panels, apart from everything else."""
