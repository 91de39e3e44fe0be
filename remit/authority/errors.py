"""What authority refuses."""

from __future__ import annotations

from remit.authority.rules.findings import SchemeRefused

__all__ = ["SchemeRefused"]
