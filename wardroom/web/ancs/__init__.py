"""Commissions: their meetings, and the packet that goes along to each."""
