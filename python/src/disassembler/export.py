"""From PyTorch to an ONNX file with its card, by settings that are known to work."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Union

from .commands import File


@dataclass(frozen=True)
class Preprocessing:
    """How pixels become the network's input: (pixel / scale - mean) / std, at a size if it is known."""

    mean: list[float]
    std: list[float]
    scale: float = 255
    size: Optional[tuple[int, int]] = None

    @classmethod
    def of(cls, transforms: Any) -> Preprocessing:
        """That of torchvision's transforms: a Compose, or the preset of pretrained weights."""
        if hasattr(transforms, "mean") and hasattr(transforms, "std") and not _steps(transforms):
            resized = getattr(transforms, "resize_size", None)
            return cls(list(transforms.mean), list(transforms.std), 255, _size(resized))
        scale, size = 1.0, None
        mean: Optional[list[float]] = None
        std: Optional[list[float]] = None
        for step in _steps(transforms):
            kind = type(step).__name__
            if kind == "Resize":
                size = _size(step.size)
            elif kind in ("ToTensor", "ConvertImageDtype") or (kind == "ToDtype" and getattr(step, "scale", False)):
                scale = 255
            elif kind == "Normalize":
                mean, std = [float(m) for m in step.mean], [float(s) for s in step.std]
            elif kind not in ("PILToTensor", "ToImage", "ToPILImage", "ToDtype", "ToPureTensor"):
                raise ValueError(f"transforms: {kind} is nothing that a card can say; leave it out, or give mean and std")
        if mean is None or std is None:
            mean, std = [0.0] * 3, [1.0] * 3
        return cls(mean, std, scale, size)

    def card(self, categories: Sequence[str]) -> str:
        """The card as YAML; docs/card.md says what is in it."""
        lines = ["categories: " + json.dumps(list(categories)), "input:", "  color: " + self._color()]
        lines += [f"  scale: {self.scale:g}", f"  mean: {self.mean}", f"  std: {self.std}"]
        if self.size is not None:
            lines.append(f"  size: {list(self.size)}")
        return "\n".join(lines) + "\n"

    def _color(self) -> str:
        return "GRAY" if len(self.mean) == 1 else "RGB"


def from_torch(
    module: Any,
    example: Any,
    categories: Sequence[str],
    mean: Optional[Sequence[float]] = None,
    std: Optional[Sequence[float]] = None,
    *,
    output: File = "model.onnx",
    transforms: Any = None,
    scale: float = 255,
    dynamic: bool = True,
) -> Path:
    """Exports a segmentation network and writes its card beside it.

    `example` is a batch of images, N x C x H x W, as the network takes them; their size is the card's. How pixels
    become images is told by `mean` and `std` of pixels divided by `scale`, or by torchvision's `transforms`. Of a
    network that returns a dictionary, as torchvision's do, "out" is exported. With `dynamic`, batch, height and
    width stay open.
    """
    try:
        import torch
    except ImportError as error:
        raise ImportError("from_torch needs PyTorch: pip install torch onnxscript") from error

    if transforms is not None:
        if mean is not None or std is not None:
            raise ValueError("expected either mean and std, or transforms")
        preprocessing = Preprocessing.of(transforms)
    else:
        channels = int(example.shape[1])
        preprocessing = Preprocessing(
            list(mean) if mean is not None else [0.0] * channels,
            list(std) if std is not None else [1.0] * channels,
            scale,
        )
    size = (int(example.shape[2]), int(example.shape[3]))
    preprocessing = Preprocessing(preprocessing.mean, preprocessing.std, preprocessing.scale, size)

    class Scores(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        """The one output that counts."""

        def __init__(self) -> None:
            super().__init__()
            self.network = module

        def forward(self, image: Any) -> Any:
            scores = self.network(image)
            if isinstance(scores, dict):
                return scores["out"] if "out" in scores else next(iter(scores.values()))
            return scores[0] if isinstance(scores, (tuple, list)) else scores

    network = Scores()
    training = module.training
    network.eval()
    try:
        with torch.no_grad():
            found = tuple(network(example).shape)
        if len(found) != 4 or found[1] != len(categories):
            raise ValueError(
                f"expected scores of N x {len(categories)} x H x W, one map for each category, found {list(found)}"
            )
        _export(torch, network, example, Path(output), dynamic)
    finally:
        module.train(training)
    Path(output).with_suffix(".yaml").write_text(preprocessing.card(categories), encoding="utf-8")
    return Path(output)


# Before this version the current exporter fails on much that the older one takes, such as interpolation to an open size.
_CURRENT_EXPORTER_WORKS = (2, 9)


def _export(torch: Any, network: Any, example: Any, output: Path, dynamic: bool) -> None:
    exporters = [_by_older_exporter]
    if importlib.util.find_spec("onnxscript") is not None:
        version = tuple(int(part) for part in re.findall(r"\d+", torch.__version__)[:2])
        exporters.insert(0 if version >= _CURRENT_EXPORTER_WORKS else 1, _by_current_exporter)
    failures: list[Exception] = []
    for exporter in exporters:
        try:
            exporter(torch, network, example, output, dynamic)
            return
        except Exception as error:
            failures.append(error)
    raise failures[0]


def _by_older_exporter(torch: Any, network: Any, example: Any, output: Path, dynamic: bool) -> None:
    axes = {"image": {0: "batch", 2: "height", 3: "width"}, "logits": {0: "batch", 2: "height", 3: "width"}}
    torch.onnx.export(
        network,
        (example,),
        str(output),
        dynamo=False,
        opset_version=17,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes=axes if dynamic else None,
    )


def _by_current_exporter(torch: Any, network: Any, example: Any, output: Path, dynamic: bool) -> None:
    # A batch of one would be taken for a constant.
    images = torch.cat([example, example]) if dynamic and example.shape[0] == 1 else example
    free = torch.export.Dim.DYNAMIC
    torch.onnx.export(
        network,
        (images,),
        str(output),
        dynamo=True,
        external_data=False,
        input_names=["image"],
        output_names=["logits"],
        dynamic_shapes=({0: free, 2: free, 3: free},) if dynamic else None,
    )


def _steps(transforms: Any) -> list[Any]:
    steps: Union[Iterable[Any], None] = getattr(transforms, "transforms", None)
    if steps is None or callable(steps):
        return [transforms] if type(transforms).__name__ in ("Normalize", "ToTensor") else []
    return list(steps)


def _size(size: Any) -> Optional[tuple[int, int]]:
    """Height and width; a single number is the shorter side, which says less than the example does."""
    if isinstance(size, (tuple, list)) and len(size) == 2:
        return int(size[0]), int(size[1])
    return None
