"""What commands return: their JSON as dataclasses, with the names in Python's spelling."""

from __future__ import annotations

import dataclasses
import html
import re
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, TypeVar

from .display import Picture, Report

T = TypeVar("T")


@dataclass(frozen=True)
class Printed:
    """A result that looks as the command printed it."""

    text: str = field(default="", repr=False, compare=False)
    json: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self.text)}</pre>"


@dataclass(frozen=True)
class Layer:
    name: str
    operator: str
    weight: list[int]
    parameters: int
    output: Optional[list[int]] = None
    macs: Optional[int] = None
    removable_kernels: Optional[int] = None
    removable_inputs: Optional[int] = None
    tied_layers: Optional[int] = None


@dataclass(frozen=True)
class Inspection(Printed):
    """Layers of a network; of a sub-network also its card, the meaning of its outputs, and its plan."""

    file: Path = Path()
    opset: int = 0
    parameters: int = 0
    layers: list[Layer] = field(default_factory=list)
    macs: Optional[int] = None
    cuttable_macs: Optional[int] = None
    channel_groups: Optional[int] = None
    families: Optional[int] = None
    card: Optional[str] = None
    mapping: Optional[dict[str, Any]] = None
    plan: Optional[dict[str, Any]] = None


@dataclass(frozen=True)
class SeenCategory:
    name: str
    images: int
    confident_pixels: float


@dataclass(frozen=True)
class Profile(Printed):
    """What images showed of a network; `file` is what `extract` takes as profile."""

    file: Path = Path()
    images: int = 0
    labelled: bool = False
    feature_maps: int = 0
    seconds: float = 0
    categories: list[SeenCategory] = field(default_factory=list)

    def __fspath__(self) -> str:
        return str(self.file)


@dataclass(frozen=True)
class Category:
    """Scores of one category; None where nothing shows it."""

    name: str
    iou: Optional[float]
    precision: Optional[float] = None
    recall: Optional[float] = None
    false_positive_rate: Optional[float] = None
    reference_iou: Optional[float] = None
    retention: Optional[float] = None


@dataclass(frozen=True)
class Network:
    """What a network costs and, where it was evaluated, how good it is; times in milliseconds."""

    file: Path
    parameters: int
    macs: int
    bytes: int
    latency_ms: Optional[float] = None
    latency_ratio: Optional[float] = None
    mean_iou: Optional[float] = None
    mean_retention: Optional[float] = None
    categories: list[Category] = field(default_factory=list)
    other: Optional[Category] = None


@dataclass(frozen=True)
class Extraction(Printed):
    """A sub-network; `file` is what other commands take as network."""

    file: Path = Path()
    categories: list[str] = field(default_factory=list)
    criterion: str = ""
    goal: dict[str, Any] = field(default_factory=dict)
    recovery: str = ""
    reference: Optional[Network] = None
    network: Optional[Network] = None
    cut_against_masked: float = 0
    runtime_against_engine: float = 0
    seconds: float = 0
    plan: dict[str, Any] = field(default_factory=dict)
    report: Optional[Report] = None

    def __fspath__(self) -> str:
        return str(self.file)


@dataclass(frozen=True)
class Evaluation(Printed):
    """How sub-networks fare against the full network on the same images."""

    labels: str = ""
    images: int = 0
    size: list[int] = field(default_factory=list)
    reference: Optional[Network] = None
    networks: list[Network] = field(default_factory=list)
    report: Optional[Report] = None


@dataclass(frozen=True)
class Check(Printed):
    """Whether a network works; `text` is the table of what was tried."""

    file: Path = Path()
    holds: bool = False
    largest_relative_error: Optional[float] = None
    cuttable_macs_share: Optional[float] = None
    seconds: float = 0


@dataclass(frozen=True)
class Demo(Printed):
    """What the demo made, in `folder`: the network `street.onnx` with its profile, and its images and masks."""

    folder: Path = Path()
    category: str = ""
    seconds: float = 0
    evaluation: Optional[Evaluation] = None
    picture: Optional[Picture] = None

    def _repr_html_(self) -> str:
        return super()._repr_html_() + (self.picture._repr_html_() if self.picture else "")


@dataclass(frozen=True)
class Scenes(Printed):
    """Street scenes that were drawn, in `folder`."""

    folder: Path = Path()
    count: int = 0
    seed: int = 0
    categories: list[str] = field(default_factory=list)

    @property
    def images(self) -> Path:
        return self.folder / "images"

    @property
    def masks(self) -> Path:
        return self.folder / "masks"

    @property
    def card(self) -> Path:
        return self.folder / "card.yaml"


def read(kind: type[T], found: dict[str, Any], /, **more: Any) -> T:
    """A result of `kind` from what the program wrote; keys that Python does not name are in its `json` alone."""
    hints = typing.get_type_hints(kind)
    values: dict[str, Any] = {}
    for part in dataclasses.fields(kind):  # type: ignore[arg-type]
        key = re.sub(r"_(\w)", lambda match: match.group(1).upper(), part.name)
        if part.name not in ("text", "json") and key in found:
            values[part.name] = _value(hints[part.name], found[key])
    return kind(**{**values, **more})


def _value(hint: Any, value: Any) -> Any:
    arguments = typing.get_args(hint)
    if value is None:
        return None
    if type(None) in arguments:
        return _value(next(argument for argument in arguments if argument is not type(None)), value)
    if typing.get_origin(hint) is list:
        return [_value(arguments[0], element) for element in value]
    if hint is Path:
        return Path(value)
    if hint in (Picture, Report):
        return hint(Path(value))
    return read(hint, value) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else value
