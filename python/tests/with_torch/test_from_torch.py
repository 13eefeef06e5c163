"""Networks from PyTorch give what PyTorch gives, and their cards say how."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

import disassembler as d
from disassembler import export


class Tiny(torch.nn.Module):
    """Returns a dictionary, as torchvision's networks do."""

    def __init__(self) -> None:
        super().__init__()
        self.body = torch.nn.Sequential(
            torch.nn.Conv2d(3, 16, 3, stride=2, padding=1), torch.nn.BatchNorm2d(16), torch.nn.ReLU(), torch.nn.Conv2d(16, 3, 1)
        )

    def forward(self, image: torch.Tensor) -> dict[str, torch.Tensor]:
        scores = torch.nn.functional.interpolate(self.body(image), image.shape[-2:], mode="bilinear", align_corners=False)
        return {"out": scores, "aux": scores}


def test_the_file_computes_what_the_module_does(tmp_path: Path) -> None:
    torch.manual_seed(0)
    module = Tiny().train()
    example = torch.rand(1, 3, 32, 48)
    names = ["background", "car", "person"]

    model = d.from_torch(module, example, names, [0.5] * 3, [0.25] * 3, output=tmp_path / "tiny.onnx")

    assert module.training
    session = onnxruntime.InferenceSession(model)
    images = torch.rand(2, 3, 64, 32)
    with torch.no_grad():
        expected = module.eval()(images)["out"].numpy()
    np.testing.assert_allclose(session.run(None, {"image": images.numpy()})[0], expected, atol=1e-4)

    assert (tmp_path / "tiny.yaml").read_text().startswith('categories: ["background", "car", "person"]\ninput:\n  color: RGB\n')
    assert d.inspect(model).parameters > 0
    assert d.check(model, cuts=2).holds


def test_the_current_exporter_where_sizes_are_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_by_older_exporter", lambda *_: 1 / 0)
    module = Tiny().eval()
    example = torch.rand(1, 3, 32, 48)
    model = d.from_torch(module, example, ["a", "b", "c"], output=tmp_path / "fixed.onnx", dynamic=False)
    session = onnxruntime.InferenceSession(model)
    with torch.no_grad():
        expected = module(example)["out"].numpy()
    np.testing.assert_allclose(session.run(None, {"image": example.numpy()})[0], expected, atol=1e-4)


def test_other_numbers_of_categories_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="N x 2 x H x W"):
        d.from_torch(Tiny(), torch.rand(1, 3, 32, 32), ["a", "b"], output=tmp_path / "tiny.onnx")
    assert not (tmp_path / "tiny.onnx").exists()
