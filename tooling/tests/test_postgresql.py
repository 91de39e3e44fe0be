from __future__ import annotations

import stat

import pytest

from tooling.postgresql import modes_kept


def test_modes_of_folders_above_are_put_back_also_after_a_failure(tmp_path):
    home = tmp_path / "home"
    package = home / "project" / "package"
    package.mkdir(parents=True)
    home.chmod(0o700)

    def opened_and_failed() -> None:
        with modes_kept(package):
            home.chmod(0o755)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        opened_and_failed()

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
