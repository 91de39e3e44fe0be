"""The database backend `remit.ledger.sqlite`.

The gate stands here, and not in `@action` alone, so that web sessions and sign-in
wait their turn with everybody else.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.sqlite3 import base

from remit.ledger.gate import Gate, gate_of


class DatabaseWrapper(base.DatabaseWrapper):
    """INVARIANT: inside the gate exactly while a transaction is open on this connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inside: Gate | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        # A COMMIT that fails leaves the transaction open; Django then rolls back, and that leaves.
        super()._commit()
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            self._leave()

    def _enter(self) -> None:
        if self._inside is None:
            gate = gate_of(str(self.settings_dict["NAME"]))
            gate.enter()
            self._inside = gate

    def _leave(self) -> None:
        if self._inside is not None:
            gate, self._inside = self._inside, None
            gate.leave()
