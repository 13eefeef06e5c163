"""Functions run the commands, with their options, results and errors."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from conftest import Street

import disassembler as d
from disassembler import program

# Work on a cluster leaves no result that a function could return.
CLUSTER = {"spark", "spark_home", "spark_conf", "shards", "parts"}
NAMES = "sky building road pavement grass tree pole sign car person".split()


@pytest.mark.parametrize("name", ["inspect", "check", "profile", "extract", "evaluate", "figures", "scenes", "demo"])
def test_arguments_are_the_options(name: str) -> None:
    usage = program.run([name, "--help"])
    options = {option.replace("-", "_") for option in re.findall(r"^\s+(?:-\w, )?--([\w-]+)", usage, re.MULTILINE)}
    parameters = inspect.signature(getattr(d, name)).parameters.values()
    said = {"help", "version", "quiet", "verbose"}
    assert {p.name for p in parameters if p.kind == p.KEYWORD_ONLY} == options - said - CLUSTER


def test_the_command_is_installed() -> None:
    found = subprocess.run([Path(sys.executable).with_name("disassembler"), "--version"], capture_output=True, text=True)
    assert found.stdout.startswith("disassembler 0.") and found.returncode == 0


def test_the_whole_way(street: Street, tmp_path: Path) -> None:
    inspection = d.inspect(street.model)
    assert inspection.parameters == 493_426 and inspection.layers[0].operator == "Conv"

    profile = d.profile(street.model, images=street.images, limit=2, output=tmp_path / "p.h5", seed=3, threads=1)
    assert (profile.images, profile.labelled) == (2, False)
    assert "car" in [category.name for category in profile.categories]

    small = d.extract(
        street.model, profile=street.profile, categories=["car"], keep_macs=0.5, output=tmp_path / "car.onnx"
    )
    assert small.network is not None and small.reference is not None
    assert small.network.macs <= 0.5 * small.reference.macs
    assert d.inspect(small).mapping == {"source": NAMES, "other": [0, 1, 2, 3, 4, 5, 6, 7, 9], "chosen": [8]}

    report = tmp_path / "report.html"
    evaluation = d.evaluate(
        street.model, small, images=street.images, masks=street.masks, limit=4, no_latency=True, report=report
    )
    (car,) = evaluation.networks[0].categories
    assert car.name == "car" and car.iou is not None and car.iou > 0.5
    assert evaluation.report is not None and "srcdoc=" in evaluation.report._repr_html_()
    assert "car" in evaluation._repr_html_()

    figures = d.figures(profile, output=tmp_path / "figures")
    assert figures["relevance"]._repr_html_().startswith("<img ") and len(figures) > 3


def test_what_cannot_be_used_is_an_exception_with_the_same_line(street: Street, tmp_path: Path) -> None:
    with pytest.raises(d.InvalidInput, match="no category 'lorry'|lorry") as raised:
        d.extract(street.model, profile=street.profile, categories="lorry", output=tmp_path / "x.onnx")
    assert raised.value.exit_code == 2
    assert "\n" not in str(raised.value) and not str(raised.value).startswith("disassembler")
    assert isinstance(raised.value, ValueError)

    with pytest.raises(d.InvalidInput, match="nowhere.onnx"):
        d.inspect("nowhere.onnx")


def test_nothing_is_replaced_unless_asked(street: Street, tmp_path: Path) -> None:
    file = tmp_path / "inspection.json"
    d.inspect(street.model, json=file)
    with pytest.raises(d.InvalidInput, match="inspection.json"):
        d.inspect(street.model, json=file)
    assert d.inspect(street.model, json=file, overwrite=True).file == street.model


def test_warnings_are_warnings(street: Street, tmp_path: Path) -> None:
    bare = tmp_path / "bare.onnx"
    bare.write_bytes(street.model.read_bytes())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        d.evaluate(bare, images=street.images, limit=1, no_latency=True)
    carded = "disassembler.card" in street.model.read_bytes().decode("latin-1")
    assert carded or any("no network card" in str(warning.message) for warning in caught)


def test_progress_is_shown_where_someone_watches(
    street: Street, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "_someone_watches", lambda: True)
    d.profile(street.model, images=street.images, limit=4, output=tmp_path / "p.h5")
    shown = capsys.readouterr().err
    assert "%" in shown and shown.endswith("\r")
    d.profile(street.model, images=street.images, limit=2, output=tmp_path / "q.h5")
