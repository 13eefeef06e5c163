"""Runs the Java program."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path
from typing import IO, NoReturn

from .errors import DisassemblerError, InvalidInput

_PREFIX = "disassembler: "
# A progress bar, such as "Profile  45% [====>   ] 18/40 (0:00:07 / 0:00:08) 2.4/s".
_BAR = re.compile(r"\d+%\s*[\[|]")


def launcher() -> Path:
    """The launcher: DISASSEMBLER_PROGRAM's, or the one in this package."""
    home = os.environ.get("DISASSEMBLER_PROGRAM")
    folder = Path(home) if home else Path(__file__).parent / "java"
    if folder.is_file():
        return folder
    found = folder / "bin" / ("disassembler.cmd" if os.name == "nt" else "disassembler")
    if not found.exists():
        raise DisassemblerError(f"{found} is missing; install the wheel of this platform", 1)
    return found


def main() -> NoReturn:
    """The command `disassembler`."""
    command = [str(launcher()), *sys.argv[1:]]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def run(arguments: list[str], may_fail: bool = False) -> str:
    """Runs one command, shows its progress and returns what it printed.

    Its warnings become Python's. With `may_fail`, exit code 1 means that something did not hold, and is no error.
    """
    environment = dict(os.environ, DISASSEMBLER_TERMINAL="true" if _someone_watches() else "false")
    process = subprocess.Popen(
        [str(launcher()), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    assert process.stdout is not None and process.stderr is not None
    complaints: list[str] = []
    # Carriage returns end the states of a progress bar.
    errors = io.TextIOWrapper(process.stderr, "utf-8", "replace", newline="")
    listener = threading.Thread(target=_listen, args=(errors, complaints), daemon=True)
    listener.start()
    try:
        printed = process.stdout.read().decode("utf-8", "replace")
        process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    finally:
        listener.join()
        process.stdout.close()
        errors.close()
    for line in complaints:
        if line.startswith("WARN "):
            warnings.warn(line[len("WARN ") :], stacklevel=4)
    if process.returncode != 0 and not (may_fail and process.returncode == 1 and not _said(complaints)):
        kind = InvalidInput if process.returncode == 2 else DisassemblerError
        raise kind(_said(complaints) or "\n".join(complaints), process.returncode)
    return printed.replace("\r\n", "\n")


def _said(complaints: list[str]) -> str:
    lines = [line[len(_PREFIX) :] for line in complaints if line.startswith(_PREFIX)]
    return lines[-1] if lines else ""


def _someone_watches() -> bool:
    """True in terminals and notebooks."""
    return sys.stderr.isatty() or type(sys.stderr).__module__.startswith("ipykernel")


def _listen(stream: IO[str], complaints: list[str]) -> None:
    """Passes progress bars on as they come and keeps the other lines."""
    line = ""
    shown = 0
    while True:
        character = stream.read(1)
        if character not in ("\r", "\n", ""):
            line += character
            continue
        text = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line).rstrip()
        line = ""
        if _BAR.search(text):
            sys.stderr.write("\r" + text.ljust(shown))
            sys.stderr.flush()
            shown = len(text)
        elif text:
            complaints.append(text)
        if character == "":
            break
    if shown:
        sys.stderr.write("\r" + " " * shown + "\r")
        sys.stderr.flush()
