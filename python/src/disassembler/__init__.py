"""Cuts a small network for the categories you need out of a trained segmentation network.

Each function runs the command of the same name, with its options as arguments: `disassembler extract
--keep-macs 0.5` is `extract(..., keep_macs=0.5)`. What a command cannot use is an `InvalidInput` with the same
one line.
"""

from .commands import check, demo, evaluate, extract, figures, inspect, profile, scenes
from .display import Figures, Picture, Report
from .errors import DisassemblerError, InvalidInput
from .export import from_torch
from .results import (
    Category,
    Check,
    Demo,
    Evaluation,
    Extraction,
    Inspection,
    Layer,
    Network,
    Profile,
    Scenes,
    SeenCategory,
)

__all__ = [
    "Category",
    "Check",
    "Demo",
    "DisassemblerError",
    "Evaluation",
    "Extraction",
    "Figures",
    "Inspection",
    "InvalidInput",
    "Layer",
    "Network",
    "Picture",
    "Profile",
    "Report",
    "Scenes",
    "SeenCategory",
    "check",
    "demo",
    "evaluate",
    "extract",
    "figures",
    "from_torch",
    "inspect",
    "profile",
    "scenes",
]
