"""The code in docs/ runs as it is printed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Street

import disassembler as d

# In the repository, or beside the tests where scripts/check-wheel copied them.
HERE = Path(__file__).parents[2] if (Path(__file__).parents[2] / "docs").exists() else Path(__file__).parents[1]
DOCUMENTS = HERE / "docs"


def blocks(document: Path, language: str) -> list[str]:
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def run(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def folder(street: Street, tmp_path: Path) -> Path:
    shutil.copy(street.profile, tmp_path)
    shutil.copy(street.model, tmp_path)
    return tmp_path


def test_profiles_are_read_as_their_document_says(folder: Path) -> None:
    shown = [run(code, folder) for code in blocks(DOCUMENTS / "profile.md", "python")]
    assert len(shown) == 2
    assert len(re.findall(r"^\S+ \[", shown[0], re.MULTILINE)) == 18
    assert "(16, 16)" in shown[1] or re.search(r"\((\d+), \1\)", shown[1])


def test_plans_are_edited_and_scores_are_given_as_their_document_says(folder: Path) -> None:
    model, profile = folder / "street.onnx", folder / "street.profile.h5"
    edit, score = blocks(DOCUMENTS / "plan.md", "python")
    d.extract(model, profile=profile, categories="car", keep_macs="50%", output=folder / "car.onnx")
    run(edit, folder)
    edited = d.extract(model, profile=profile, plan=folder / "edited.plan.json", output=folder / "edited.onnx")
    assert edited.plan["kept"]["encoder3.0"] == "0-31" and edited.plan["edited"] is True
    assert edited.network is not None and edited.reference is not None
    assert edited.goal["share"] == pytest.approx(edited.network.macs / edited.reference.macs)

    d.inspect(model, json=folder / "inspection.json")
    run(score, folder)
    by_json = d.extract(
        model, profile=profile, scores=folder / "scores.json", categories="car", output=folder / "scored.onnx"
    )
    assert by_json.criterion.startswith("scores:")
    by_rule = d.extract(model, profile=profile, criterion="l1", categories="car", output=folder / "l1.onnx")
    assert by_json.plan["kept"] == by_rule.plan["kept"]


def test_scores_may_be_hdf5(folder: Path) -> None:
    import h5py

    model, profile = folder / "street.onnx", folder / "street.profile.h5"
    layers = d.inspect(model).json["layers"]
    scores = {x["name"]: [float(k) for k in range(x["removableKernels"])] for x in layers if x["removableKernels"]}
    (folder / "scores.json").write_text(json.dumps(scores))
    with h5py.File(folder / "scores.h5", "w") as file:
        for name, numbers in scores.items():
            file[name] = numbers
    kept = [
        d.extract(
            model, profile=profile, scores=folder / f, categories="car", recovery="none", output=folder / (f + ".onnx")
        ).plan["kept"]
        for f in ("scores.json", "scores.h5")
    ]
    assert kept[0] == kept[1]
    with pytest.raises(d.InvalidInput, match="says nothing of layer"):
        (folder / "few.json").write_text("{}")
        d.extract(model, profile=profile, scores=folder / "few.json", categories="car", output=folder / "x.onnx")


def test_the_readme_runs_on_what_the_demo_left(street: Street, tmp_path: Path) -> None:
    demo = tmp_path / "disassembler-demo"
    demo.mkdir()
    # Other tests leave more in that folder.
    for left in ("street.onnx", "street.profile.h5"):
        shutil.copy(street.folder / left, demo)
    for left in ("learning", "test"):
        shutil.copytree(street.folder / left, demo / left)
    shells = [block for block in blocks(HERE / "README.md", "") if "disassembler inspect" in block]
    (commands,) = shells
    environment = dict(os.environ, PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for made in ("small.onnx", "small.html", "fly.onnx", "run_fly.py", "figures/relevance.csv"):
        assert (demo / made).stat().st_size > 0
    (code,) = blocks(HERE / "README.md", "python")
    assert "car" in run(code, demo)
