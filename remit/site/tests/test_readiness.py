from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from remit.site.readiness import NotReady, Place, read_place

HERE = Place(host="127.0.0.1", port=0, data=Path("data"), demonstration=True)


def test_without_settings_it_is_a_demonstration_on_this_machine(tmp_path):
    assert read_place({}, root=tmp_path) == replace(HERE, port=8000, data=tmp_path / "var")


def test_settings_are_honoured(tmp_path):
    read = read_place(
        {"PORT": "8123", "REMIT_DATA": "/srv/remit", "REMIT_DEMONSTRATION": "0", "REMIT_HOST": "0.0.0.0"}, root=tmp_path
    )

    assert read == replace(HERE, port=8123, data=Path("/srv/remit"), demonstration=False, host="0.0.0.0")


@pytest.mark.parametrize("port", ["eight", "0", "65536", "-1", "8000 "])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    with pytest.raises(NotReady, match="a port is a number from 1 to 65535"):
        read_place({"PORT": port}, root=tmp_path)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "ward.example"])
def test_a_demonstration_is_never_opened_to_others(tmp_path, host):
    with pytest.raises(NotReady, match="on this machine only"):
        read_place({"REMIT_HOST": host}, root=tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_demonstration_is_served_on_loopback(tmp_path, host):
    assert read_place({"REMIT_HOST": host}, root=tmp_path).host == host


def test_a_port_in_use_is_said_with_another_to_try():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(NotReady, match=rf"Port {port} is in use.*PORT={port + 1} \./run"):
            replace(HERE, port=port).listen()


@pytest.mark.parametrize("folder", ["/dev/null/remit", "/proc/remit"])
def test_a_folder_that_cannot_be_made_is_said(folder):
    with pytest.raises(NotReady, match=f"cannot write to {folder}.*REMIT_DATA="):
        replace(HERE, data=Path(folder)).check_data()


def test_a_read_only_disk_is_said(tmp_path, monkeypatch):
    def refuse(**_options: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)

    with pytest.raises(NotReady, match="read-only file system"):
        replace(HERE, data=tmp_path).check_data()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to a read-only file")
def test_a_read_only_database_is_said(tmp_path):
    database = tmp_path / "remit.sqlite3"
    database.touch(mode=0o400)

    with pytest.raises(NotReady, match="cannot write"):
        replace(HERE, data=tmp_path).check_data()


def test_a_folder_is_made_and_left_empty(tmp_path):
    replace(HERE, data=tmp_path / "new" / "data").check_data()

    assert list((tmp_path / "new" / "data").iterdir()) == []
