"""The program of `extract --sample` gives the masks that `evaluate` goes by, whatever the file's form.

`evaluate` is given the program's masks as labels: where it finds IoU 1 in every category, they are its own.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Callable

import numpy as np
import onnx
import pytest
from conftest import Street
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

import disassembler as d


def plain(model: onnx.ModelProto) -> str:
    return ""


def channels_last(model: onnx.ModelProto) -> str:
    """Images and scores N x H x W x C."""
    graph = model.graph
    rename(graph, graph.output[0].name, "scores.nchw", outputs=True)
    rename(graph, graph.input[0].name, "image.nchw", outputs=False)
    graph.node.insert(0, helper.make_node("Transpose", [graph.input[0].name], ["image.nchw"], perm=[0, 3, 1, 2]))
    graph.node.append(helper.make_node("Transpose", ["scores.nchw"], [graph.output[0].name], perm=[0, 2, 3, 1]))
    declare(graph.input[0], TensorProto.FLOAT, ["n", "h", "w", 3])
    declare(graph.output[0], TensorProto.FLOAT, ["n", "h", "w", 10])
    return ""


def halves(model: onnx.ModelProto) -> str:
    """Floats of 16 bits everywhere."""
    graph = model.graph
    for weight in graph.initializer:
        if weight.data_type == TensorProto.FLOAT:
            weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float16), weight.name))
    for value in (graph.input[0], graph.output[0], *graph.value_info):
        if value.type.tensor_type.elem_type == TensorProto.FLOAT:
            value.type.tensor_type.elem_type = TensorProto.FLOAT16
    for node in graph.node:
        # Sizes of Resize are floats of 32 bits by the standard.
        if node.op_type == "Resize":
            for name in node.input[1:3]:
                for weight in graph.initializer:
                    if name and weight.name == name and weight.data_type == TensorProto.FLOAT16:
                        weight.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(weight).astype(np.float32), name))
    return ""


def bytes_as_pixels(model: onnx.ModelProto) -> str:
    """Pixels from 0 to 255, normalised inside."""
    graph = model.graph
    rename(graph, graph.input[0].name, "image.normal", outputs=False)
    mean, std = np.float32([0.485, 0.456, 0.406]), np.float32([0.229, 0.224, 0.225])
    graph.initializer.append(numpy_helper.from_array((255 * mean).reshape(1, 3, 1, 1), "mean"))
    graph.initializer.append(numpy_helper.from_array((255 * std).reshape(1, 3, 1, 1), "std"))
    graph.node.insert(0, helper.make_node("Cast", [graph.input[0].name], ["image.float"], to=TensorProto.FLOAT))
    graph.node.insert(1, helper.make_node("Sub", ["image.float", "mean"], ["image.centred"]))
    graph.node.insert(2, helper.make_node("Div", ["image.centred", "std"], ["image.normal"]))
    graph.input[0].type.tensor_type.elem_type = TensorProto.UINT8
    return "  scale: 1\n"


def rename(graph: onnx.GraphProto, old: str, new: str, outputs: bool) -> None:
    for node in graph.node:
        names = node.output if outputs else node.input
        for index, name in enumerate(names):
            if name == old:
                names[index] = new


def declare(value: onnx.ValueInfoProto, kind: int, shape: list[object]) -> None:
    value.CopyFrom(helper.make_tensor_value_info(value.name, kind, shape))


def larger(street: Street, images: Path) -> None:
    """Images larger than the network's size, and not in its proportions."""
    images.mkdir()
    for number, file in enumerate(sorted(street.images.iterdir())[:3]):
        Image.open(file).convert("RGB").resize((301 + 50 * number, 233), Image.BICUBIC).save(images / f"{number}.png")


@pytest.mark.parametrize("form", [plain, channels_last, halves, bytes_as_pixels])
def test_masks_are_those_of_evaluate(street: Street, tmp_path: Path, form: Callable[[onnx.ModelProto], str]) -> None:
    model = onnx.load(street.model)
    names = "[sky, building, road, pavement, grass, tree, pole, sign, car, person]"
    scale = form(model) or "  scale: 255\n  mean: [0.485, 0.456, 0.406]\n  std: [0.229, 0.224, 0.225]\n"
    del model.metadata_props[:]
    onnx.save(model, tmp_path / "form.onnx")
    (tmp_path / "form.yaml").write_text(f"categories: {names}\ninput:\n  size: [144, 192]\n{scale}")
    images, masks = tmp_path / "images", tmp_path / "masks"
    larger(street, images)
    masks.mkdir()

    small = d.extract(
        tmp_path / "form.onnx",
        images=street.images,
        limit=4,
        categories="car,road,sky",
        keep_macs=0.7,
        recovery="ridge",
        output=tmp_path / "small.onnx",
        sample=tmp_path / "small.py",
    )
    program = runpy.run_path(str(tmp_path / "small.py"))
    assert program["CATEGORIES"] == ["other", "car", "road", "sky"]
    seen = set()
    for file in sorted(images.iterdir()):
        with Image.open(file) as image:
            labels = program["segment"](image)
            seen.update(np.unique(labels).tolist())
            program["picture"](labels, image.size).save(masks / file.name)
    assert len(seen) == 4

    card = tmp_path / "numbers.yaml"
    written = d.inspect(small).card
    assert written is not None
    card.write_text(written.split("masks:")[0])
    evaluation = d.evaluate(small, images=images, masks=masks, card=card, no_latency=True)
    assert evaluation.reference is not None
    for category in evaluation.reference.categories:
        assert category.iou is not None and category.iou > 0.9999, category


def one_sigmoid(model: onnx.ModelProto) -> None:
    """Each category says yes or no."""
    graph = model.graph
    rename(graph, graph.output[0].name, "scores.logits", outputs=True)
    graph.node.append(helper.make_node("Sigmoid", ["scores.logits"], [graph.output[0].name]))
    del model.metadata_props[:]


@pytest.mark.parametrize("chosen", ["car,road,sky", "road"])
@pytest.mark.parametrize("ends", ["sigmoid", "logits"])
def test_independent_categories_have_masks_of_their_own(
    street: Street, tmp_path: Path, ends: str, chosen: str
) -> None:
    model = onnx.load(street.model)
    one_sigmoid(model)
    if ends == "logits":
        model.graph.output[0].name = "scores.logits"
        model.graph.node.pop()
    onnx.save(model, tmp_path / "each.onnx")
    (tmp_path / "each.yaml").write_text(
        "categories: [sky, building, road, pavement, grass, tree, pole, sign, car, person]\n"
        "decision: independent\n"
        "thresholds: [0.9, 0.5, 0.3, 0.5, 0.5, 0.5, 0.5, 0.5, 0.65, 0.5]\n"
        "input:\n  size: [144, 192]\n  scale: 255\n  mean: [0.485, 0.456, 0.406]\n  std: [0.229, 0.224, 0.225]\n"
    )
    images = tmp_path / "images"
    larger(street, images)
    small = d.extract(
        tmp_path / "each.onnx",
        images=street.images,
        limit=4,
        categories=chosen,
        keep_macs=0.7,
        recovery="ridge",
        output=tmp_path / "small.onnx",
        sample=tmp_path / "small.py",
    )
    program = runpy.run_path(str(tmp_path / "small.py"))
    masks = tmp_path / "masks"
    for file in sorted(images.iterdir()):
        with Image.open(file) as image:
            found = program["segment"](image)
        if chosen == "road":
            assert program["CATEGORIES"] == ["road", "not road"]
            found = [found == 0]
        for name, mask in zip(chosen.split(","), found):
            assert 0 < mask.mean() < 1 and mask.shape == (image.height, image.width)
            (masks / name).mkdir(parents=True, exist_ok=True)
            Image.fromarray(mask.astype(np.uint8) * 255).save(masks / name / file.name)

    evaluation = d.evaluate(small, images=images, masks=masks, no_latency=True)
    assert evaluation.reference is not None
    assert [category.name for category in evaluation.reference.categories] == chosen.split(",")
    for category in evaluation.reference.categories:
        assert category.iou is not None and category.iou > 0.9999, category


def test_masks_of_independent_categories_are_written(street: Street, tmp_path: Path) -> None:
    import subprocess
    import sys

    model = onnx.load(street.model)
    one_sigmoid(model)
    onnx.save(model, tmp_path / "each.onnx")
    (tmp_path / "each.yaml").write_text(
        "categories: [sky, building, road, pavement, grass, tree, pole, sign, 'car / van', 'car % van']\n"
        "decision: independent\ninput:\n  size: [144, 192]\n"
    )
    d.extract(
        tmp_path / "each.onnx",
        images=street.images,
        limit=4,
        categories="road,8,9",
        keep_macs=0.7,
        threshold=0.5,
        recovery="ridge",
        output=tmp_path / "small.onnx",
        sample=tmp_path / "small.py",
    )
    (tmp_path / "photo.png").write_bytes(sorted(street.images.iterdir())[0].read_bytes())
    printed = subprocess.run([sys.executable, "small.py", "photo.png"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "road" in printed.stdout and "car / van" in printed.stdout
    program = runpy.run_path(str(tmp_path / "small.py"))
    with Image.open(tmp_path / "photo.png") as image:
        expected = program["segment"](image)
    for name, mask in zip(["road", "car___van", "car___van.2"], expected):
        with Image.open(tmp_path / f"photo.{name}.mask.png") as written:
            assert written.mode == "L" and np.array_equal(np.asarray(written), np.where(mask, 255, 0))


def test_the_program_runs_from_the_command_line(street: Street, tmp_path: Path) -> None:
    import subprocess
    import sys

    d.extract(
        street.model,
        profile=street.profile,
        categories="car",
        output=tmp_path / "car.onnx",
        sample=tmp_path / "car.py",
    )
    photo = tmp_path / "photo.png"
    photo.write_bytes(sorted(street.images.iterdir())[0].read_bytes())
    printed = subprocess.run([sys.executable, "car.py", "photo.png"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "car" in printed.stdout and "other" in printed.stdout
    with Image.open(tmp_path / "photo.mask.png") as mask:
        assert mask.mode == "P" and set(np.unique(np.asarray(mask))) <= {0, 1}


def test_sub_networks_say_who_made_them(street: Street, tmp_path: Path) -> None:
    d.extract(street.model, profile=street.profile, categories="car", output=tmp_path / "car.onnx")
    made = onnx.load(tmp_path / "car.onnx")
    assert made.producer_name == "Disassembler" and made.producer_version.startswith("0.")
    assert "Sub-network for car" in made.doc_string and "other, car" in made.doc_string
