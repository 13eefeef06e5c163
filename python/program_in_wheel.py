"""Puts the program that scripts/package packed for one platform into that platform's wheel."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ProgramInWheel(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + os.environ["DISASSEMBLER_WHEEL_PLATFORM"]
        build_data["force_include"][os.environ["DISASSEMBLER_PROGRAM"]] = "disassembler/java"
