"""What every answer carries, and what no page may hold."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.urls import URLPattern, URLResolver, get_resolver

from remit.kernel.actor import KEEPER
from remit.kernel.clock import now
from remit.network.actions import give_account
from remit.network.models import Party

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


def plain_addresses(resolver, prefix=""):
    """Every address of the site that takes no argument."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from plain_addresses(entry, route)
        elif isinstance(entry, URLPattern) and not re.search(r"[<(^]", route):
            yield f"/{route}"


ADDRESSES = [*sorted(set(plain_addresses(get_resolver()))), "/nowhere/"]


@pytest.fixture
def signed_in(client, db):
    Party.objects.create(kind="organisation", code="fenmoor-hospitals", name="Fenmoor Hospitals")
    client.force_login(
        give_account("bronagh", person_id=None, by=KEEPER, at=now()), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def policy_of(response):
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize("who", ["client", "signed_in"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_policy_and_no_page_breaks_it(request, db, address, who):
    response = request.getfixturevalue(who).get(address)

    assert policy_of(response) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    if response["Content-Type"].startswith("text/html"):
        page = response.content.decode()
        assert not INLINE.search(page), INLINE.search(page)
        assert not ELSEWHERE.search(page), ELSEWHERE.search(page)


def test_no_template_writes_script_or_style_into_a_page():
    found = []
    for template in Path(django_settings.BASE_DIR, "remit").rglob("*.jinja"):
        text = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [f"{template.name}: {hit[0]}" for hit in INLINE.finditer(text)]
    assert found == []


def test_every_form_that_sends_carries_the_token():
    lacking = []
    for template in Path(django_settings.BASE_DIR, "remit").rglob("*.jinja"):
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(encoding="utf-8"), re.DOTALL):
            if "csrf_input" not in form:
                lacking.append(template.name)
    assert lacking == []


@pytest.mark.django_db
def test_cookies_are_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/sign-in/").cookies["csrftoken"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert django_settings.SESSION_COOKIE_HTTPONLY
    assert django_settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert django_settings.SESSION_COOKIE_AGE == 12 * 60 * 60


def start(**environment):
    """Start Remit's settings in a process of their own, with the system checks."""
    script = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.core.management import call_command\n"
        "call_command('check')\n"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0,"
        " s.DEMONSTRATION, s.DEBUG, s.ALLOWED_HOSTS)\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REMIT_") or name == "REMIT_DATA"}
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**kept, "DJANGO_SETTINGS_MODULE": "remit.site.settings", **environment},
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.slow
def test_over_https_cookies_never_travel_without():
    assert "True True True True False False" in start(REMIT_HTTPS="1", REMIT_HOSTS="remit.example").stdout


@pytest.mark.slow
def test_a_demonstration_answers_only_to_names_of_this_machine():
    started = start(REMIT_DEMONSTRATION="1", REMIT_HOSTS="remit.example")

    assert "['127.0.0.1', 'localhost', '[::1]']" in started.stdout


@pytest.mark.parametrize("address", ["/acting-in/", "/network/", "/nowhere/"])
def test_what_someone_read_is_never_kept_by_the_browser(signed_in, address):
    assert "no-store" in signed_in.get(address)["Cache-Control"]
