"""What is said when an official file cannot be used."""

from __future__ import annotations

from typing import Any, ClassVar

from remit.kernel.errors import RemitError


class BadFile(RemitError):
    """A file that cannot be read as it should be: which, where and what is wrong."""

    code: ClassVar[str] = "bad-file"

    def __init__(self, file: str, what: str, *, line: int | None = None) -> None:
        self.file, self.line, self.what = file, line, what
        where = file if line is None else f"{file}, line {line}"
        super().__init__(f"{where}: {what} Nothing was loaded.")

    def details(self) -> dict[str, Any]:
        return {"file": self.file, "line": self.line, "what": self.what}
