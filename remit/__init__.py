"""Remit: each decision with the nearest people who have the authority for it."""
