"""The guard of demonstration mode: anyone may sign in as anyone, so only this machine may ask.

Three doors, each enough by itself: the system check refuses to start with host names
that others can use, the server refuses an address that others can reach, and the page
that signs in refuses whoever asks from elsewhere.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


class OpenDemonstration(Exception):
    """Demonstration mode would be open to other machines; the words say what to do."""

    def __init__(self, host: str) -> None:
        self.host = host
        super().__init__(
            f"In demonstration mode anyone may sign in as anyone, so Remit serves it on this machine only, "
            f"not on {host}. Serve it on 127.0.0.1, or turn the mode off: REMIT_DEMONSTRATION=0"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine can be meant by `host`: a name, or an address with or without brackets."""
    bare = host.strip("[]").partition("%")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return bare == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def refuse_open_demonstration(host: str) -> None:
    """Refuse to serve demonstration mode where other machines reach it; say nothing outside the mode.

    Raises: OpenDemonstration.
    """
    if settings.DEMONSTRATION and not is_loopback(host):
        raise OpenDemonstration(host)


def check_demonstration(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start in demonstration mode with host names that others can use."""
    if not settings.DEMONSTRATION:
        return []
    return [
        Error(str(OpenDemonstration(host)), id="remit.E001") for host in settings.ALLOWED_HOSTS if not is_loopback(host)
    ]
