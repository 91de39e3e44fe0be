from __future__ import annotations

import sys

import pytest

from remit.site import command


def test_help_lists_only_the_commands_of_remit(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["remit", "--help"])

    assert command.main() == 0

    said = capsys.readouterr().out
    assert "verify-ledger" in said
    assert "migrate" not in said
    assert "flush" not in said


def test_every_command_says_in_a_sentence_what_it_does():
    for name, says in command.own_commands().items():
        assert says.endswith("."), name
        assert says[0].isupper(), name


@pytest.mark.parametrize("width", [40, 80, 100])
def test_the_list_fits_the_window(width):
    assert max(len(line) for line in command.overview(width=width).splitlines()[:2]) <= width


def test_a_command_is_known_as_people_type_it():
    assert command.known_as("verify-ledger") == "verify_ledger"
    assert command.known_as("--version") == "--version"
