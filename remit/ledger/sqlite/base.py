"""The database backend `remit.ledger.sqlite`.

The gate stands here, and not in `@action` alone, so that web sessions and sign-in
wait their turn with everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base

from remit.ledger.gate import Gate, gate_of

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class GatedCursor(base.SQLiteCursorWrapper):
    """A cursor whose lone writes, those outside a transaction, take a turn each."""

    wrapper: DatabaseWrapper

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return (
            _with_question_marks(query)
            if param_names is None
            else super().convert_query(query, param_names=param_names)
        )

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction or not query.startswith(WRITES):
            return super().execute(query, params)
        self.wrapper.enter_gate()
        try:
            return super().execute(query, params)
        finally:
            self.wrapper.leave_gate_if_done()

    def executemany(self, query: str, param_list: Iterable[Any]) -> Any:
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        self.wrapper.enter_gate()
        try:
            return super().executemany(query, param_list)
        finally:
            self.wrapper.leave_gate_if_done()


@lru_cache(maxsize=1024)
def _with_question_marks(query: str) -> str:
    """A statement in SQLite's own placeholders. The same few are sent again and again."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """INVARIANT: inside the gate exactly while a transaction is open on this connection."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._inside: Gate | None = None

    def create_cursor(self, name: str | None = None) -> GatedCursor:
        cursor: GatedCursor = self.connection.cursor(factory=GatedCursor)
        cursor.wrapper = self
        return cursor

    def enter_gate(self) -> None:
        if self._inside is not None:
            return
        self._inside = gate_of(str(self.settings_dict["NAME"]))
        try:
            self._inside.enter()
        except BaseException:
            self._inside = None
            raise

    def leave_gate_if_done(self) -> None:
        """Leave, unless a transaction is still open: after a COMMIT that failed Django rolls back, and that leaves."""
        if self.connection is None or not self.connection.in_transaction:
            self._leave_gate()

    def _leave_gate(self) -> None:
        if self._inside is not None:
            gate, self._inside = self._inside, None
            gate.leave()

    def _start_transaction_under_autocommit(self) -> None:
        self.enter_gate()
        try:
            with self.wrap_database_errors:
                self.connection.execute(f"BEGIN {self.transaction_mode or 'DEFERRED'}")  # type: ignore[attr-defined]
        except BaseException:
            self.leave_gate_if_done()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.leave_gate_if_done()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.leave_gate_if_done()

    def _set_autocommit(self, autocommit: bool) -> None:
        # Python's sqlite3 commits what is open when it is set to autocommit.
        try:
            super()._set_autocommit(autocommit)  # type: ignore[misc]
        finally:
            self.leave_gate_if_done()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave_gate()
