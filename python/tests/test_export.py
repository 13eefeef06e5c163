"""Cards from torchvision's transforms, by stand-ins that have their names and attributes."""

from __future__ import annotations

import importlib.util
from types import SimpleNamespace
from typing import Any

import pytest

import disassembler as d
from disassembler.export import Preprocessing


def step(kind: str, **attributes: Any) -> Any:
    return type(kind, (), attributes)()


def compose(*steps: Any) -> Any:
    return SimpleNamespace(transforms=list(steps))


def test_a_compose() -> None:
    found = Preprocessing.of(
        compose(step("Resize", size=[192, 256]), step("ToTensor"), step("Normalize", mean=(0.5, 0.4, 0.3), std=(0.2, 0.2, 0.1)))
    )
    assert found == Preprocessing([0.5, 0.4, 0.3], [0.2, 0.2, 0.1], 255, (192, 256))


def test_a_compose_of_the_second_version() -> None:
    scaled = compose(step("PILToTensor"), step("ToDtype", scale=True), step("Normalize", mean=[0.5], std=[0.5]))
    assert Preprocessing.of(scaled) == Preprocessing([0.5], [0.5], 255)
    unscaled = compose(step("PILToTensor"), step("ToDtype", scale=False), step("Normalize", mean=[127], std=[60]))
    assert Preprocessing.of(unscaled) == Preprocessing([127.0], [60.0], 1)


def test_the_preset_of_pretrained_weights() -> None:
    preset = step("SemanticSegmentation", mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225], resize_size=[520])
    assert Preprocessing.of(preset) == Preprocessing([0.485, 0.456, 0.406], [0.229, 0.224, 0.225], 255)


def test_what_no_card_can_say_is_refused() -> None:
    with pytest.raises(ValueError, match="ColorJitter"):
        Preprocessing.of(compose(step("ColorJitter"), step("ToTensor")))


def test_the_card() -> None:
    card = Preprocessing([0.5], [0.25], 255, (64, 96)).card(["background", 'a "quoted", name'])
    assert card == (
        'categories: ["background", "a \\"quoted\\", name"]\n'
        "input:\n  color: GRAY\n  scale: 255\n  mean: [0.5]\n  std: [0.25]\n  size: [64, 96]\n"
    )


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="with PyTorch")
def test_without_pytorch_one_line_says_what_to_install() -> None:
    with pytest.raises(ImportError, match="pip install torch"):
        d.from_torch(None, None, [])
