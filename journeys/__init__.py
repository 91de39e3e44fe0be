"""Journeys: what people do with Remit from the first page to the last, in a real browser."""
