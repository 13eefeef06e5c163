"""What goes wrong, in the program's own line."""

from __future__ import annotations


class DisassemblerError(Exception):
    """The program did not do what it was asked for; the message is its line on standard error."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class InvalidInput(DisassemblerError, ValueError):
    """Something handed in cannot be used, or memory or a native library is missing (exit code 2)."""
