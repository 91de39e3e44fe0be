"""Identifiers: ordered by time for the record, random where order would give someone away."""

from __future__ import annotations

import secrets
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Make an identifier that sorts by the moment it was made (UUID version 7)."""
    return uuid_utils.compat.uuid7()


def random_id() -> UUID:
    """Make an identifier that says nothing about when it was made (UUID version 4)."""
    return UUID(bytes=secrets.token_bytes(16), version=4)
