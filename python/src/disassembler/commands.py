"""The commands, with their options as arguments."""

from __future__ import annotations

import json as _json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Optional, Union

from . import program
from .display import Figures, Report
from .results import Check, Demo, Evaluation, Extraction, Inspection, Profile, Scenes, read

File = Union[str, "os.PathLike[str]"]
# Height and width; of volumes depth first.
Size = Union[str, tuple[int, int], tuple[int, int, int]]
Names = Union[str, Sequence[Union[str, int]]]
# Such as 0.5 or "50%".
Share = Union[float, str]
Constants = Mapping[str, Union[float, Sequence[float]]]


def inspect(
    model: File,
    *,
    card: Optional[File] = None,
    size: Optional[Size] = None,
    fix: Optional[Constants] = None,
    output_name: Optional[str] = None,
    threads: Optional[int] = None,
    max_pixels: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Inspection:
    """Layers, shapes, parameters, MACs, what can be cut and what cannot."""
    options = locals()
    text, result = _run("inspect", options, ["model"])
    return read(Inspection, result, text=text, json=result)


def check(
    model: File,
    *,
    cuts: Optional[int] = None,
    images: Optional[File] = None,
    seed: Optional[int] = None,
    card: Optional[File] = None,
    size: Optional[Size] = None,
    fix: Optional[Constants] = None,
    output_name: Optional[str] = None,
    threads: Optional[int] = None,
    max_pixels: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Check:
    """Will my network work? `holds` is the answer."""
    options = locals()
    text, result = _run("check", options, ["model"], may_fail=True)
    return read(Check, result, text=text, json=result)


def profile(
    model: File,
    *,
    images: File,
    output: File,
    categories: Optional[Names] = None,
    masks: Optional[File] = None,
    limit: Optional[int] = None,
    seed: Optional[int] = None,
    threshold: Optional[float] = None,
    batch: Optional[int] = None,
    device: Optional[str] = None,
    keep_going: bool = False,
    shard: Optional[str] = None,
    until: Optional[str] = None,
    resume: bool = False,
    card: Optional[File] = None,
    size: Optional[Size] = None,
    fix: Optional[Constants] = None,
    output_name: Optional[str] = None,
    threads: Optional[int] = None,
    max_pixels: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Profile:
    """Learns from images, with or without masks, which kernels each category relies on."""
    options = locals()
    text, result = _run("profile", options, ["model"])
    return read(Profile, result, text=text, json=result)


def extract(
    model: File,
    *,
    output: File,
    categories: Optional[Names] = None,
    profile: Optional[File] = None,
    images: Optional[File] = None,
    masks: Optional[File] = None,
    keep_macs: Optional[Share] = None,
    keep_parameters: Optional[Share] = None,
    alpha: Optional[float] = None,
    beta: Optional[float] = None,
    resolution: Optional[Share] = None,
    min_retention: Optional[Share] = None,
    max_latency_ms: Optional[float] = None,
    keep_latency: Optional[Share] = None,
    validation: Optional[File] = None,
    validation_masks: Optional[File] = None,
    criterion: Optional[str] = None,
    scores: Optional[File] = None,
    recovery: Optional[str] = None,
    calibrate: Optional[int] = None,
    minutes: Optional[float] = None,
    steps: Optional[int] = None,
    plan: Optional[File] = None,
    sample: Optional[File] = None,
    report: Optional[File] = None,
    limit: Optional[int] = None,
    seed: Optional[int] = None,
    threshold: Optional[float] = None,
    batch: Optional[int] = None,
    device: Optional[str] = None,
    keep_going: bool = False,
    resume: bool = False,
    card: Optional[File] = None,
    size: Optional[Size] = None,
    fix: Optional[Constants] = None,
    output_name: Optional[str] = None,
    threads: Optional[int] = None,
    max_pixels: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Extraction:
    """Cuts a smaller network for some categories, proven before it is written."""
    options = locals()
    text, result = _run("extract", options, ["model"])
    return read(Extraction, result, text=text, json=result, report=_report(report))


def evaluate(
    model: File,
    *subnetworks: File,
    images: File,
    masks: Optional[File] = None,
    limit: Optional[int] = None,
    seed: Optional[int] = None,
    no_latency: bool = False,
    probe: bool = False,
    report: Optional[File] = None,
    keep_going: bool = False,
    card: Optional[File] = None,
    size: Optional[Size] = None,
    fix: Optional[Constants] = None,
    output_name: Optional[str] = None,
    threads: Optional[int] = None,
    max_pixels: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Evaluation:
    """Compares sub-networks with the network they were cut from, in ONNX Runtime, on the same images."""
    options = locals()
    text, result = _run("evaluate", options, ["model", "subnetworks"])
    return read(Evaluation, result, text=text, json=result, report=_report(report))


def figures(
    profile: File,
    *,
    output: File,
    categories: Optional[Names] = None,
    layer: Optional[str] = None,
    alpha: Optional[float] = None,
    beta: Optional[float] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Figures:
    """Draws what a profile holds; a notebook shows the figures."""
    options = locals()
    text, _ = _run("figures", options, ["profile"])
    return Figures(Path(output), text)


def scenes(
    *,
    output: File,
    count: Optional[int] = None,
    size: Optional[Size] = None,
    seed: Optional[int] = None,
    json: Optional[File] = None,
    overwrite: bool = False,
) -> Scenes:
    """Draws street scenes with exact masks, to try things out on."""
    options = locals()
    text, result = _run("scenes", options, [])
    return read(Scenes, result, text=text, json=result)


def demo(*, output: File, json: Optional[File] = None, overwrite: bool = False) -> Demo:
    """Profiles, cuts and evaluates the network that comes with Disassembler."""
    options = locals()
    text, result = _run("demo", options, [])
    shown = read(Demo, result, text=text, json=result, folder=Path(output))
    return replace(shown, evaluation=read(Evaluation, result["evaluation"], json=result["evaluation"]))


def _run(
    command: str, options: dict[str, Any], positional: list[str], may_fail: bool = False
) -> tuple[str, dict[str, Any]]:
    with _json_file(options) as file:
        arguments = _options({**options, "json": file}, positional)
        printed = program.run([command, *arguments], may_fail)
        result = _json.loads(Path(file).read_text(encoding="utf-8"))
    lines = printed.splitlines(keepends=True)
    return "".join(line for line in lines if line.strip() != f"Written: {file}"), result


@contextmanager
def _json_file(options: dict[str, Any]) -> Iterator[File]:
    if options.get("json") is not None:
        yield options["json"]
    else:
        with tempfile.TemporaryDirectory(prefix="disassembler-") as folder:
            yield Path(folder) / "result.json"


def _options(options: dict[str, Any], positional: list[str]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if name in positional or value is None or value is False:
            continue
        if value is True:
            arguments.append(option)
        elif name == "fix":
            for constant, numbers in value.items():
                arguments.append(f"{option}={constant}={_text(name, numbers)}")
        else:
            arguments.append(f"{option}={_text(name, value)}")
    for name in positional:
        value = options[name]
        arguments += [os.fspath(v) for v in (value if isinstance(value, tuple) else (value,))]
    return arguments


def _text(name: str, value: Any) -> str:
    if name == "size" and not isinstance(value, str):
        return "x".join(str(extent) for extent in value)
    if isinstance(value, os.PathLike):
        return str(os.fspath(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ",".join(str(element) for element in value)
    return str(value)


def _report(file: Optional[File]) -> Optional[Report]:
    return None if file is None else Report(Path(file))
