"""Networks of PyTorch libraries with sane random weights, as ONNX by both exporters."""

import itertools
import os
import pathlib
import warnings

os.environ["HF_HUB_OFFLINE"] = "1"
warnings.filterwarnings("ignore")

import torch
from torch import nn

import torch_libraries
from recipe import Recipe, serve
from variants import VARIANTS

torch.set_num_threads(1)


def sane(model, example):
    """Gives a model with random weights what training would have: scales, shifts and statistics that differ."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.numel() > 1 and parameter.min() == parameter.max():
                value = parameter.flatten()[0].item()
                if value == 0:
                    parameter.normal_(0, 0.1)
                elif abs(value) < 0.01:  # ConvNeXt's layer scale and its like
                    parameter.uniform_(0.1, 0.5)
                else:
                    parameter.mul_(torch.empty_like(parameter).uniform_(0.5, 1.5))
        model.eval()
        norms = [module for module in model.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
        for norm in norms:
            norm.train()
            norm.momentum = None
            norm.reset_running_stats()
        for _ in range(2 if norms else 0):
            model(torch.randn(4, *example.shape[1:]))
    return model.eval()


class Scores(nn.Module):
    """Returns the scores of a model that returns them among others."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, image):
        result = self.model(image)
        if isinstance(result, dict):
            result = result["out"] if "out" in result else result["logits"]
        while isinstance(result, (tuple, list)):
            result = result[0]
        return result


def export(model, example, recipe, file):
    dynamic = recipe.axes == "dynamic"
    axes = range(2, example.dim())
    names = {"input_names": ["image"], "output_names": ["scores"]}
    if recipe.exporter == "dynamo":
        shapes = ({axis: torch.export.Dim.AUTO for axis in (0, *axes)},) if dynamic else None
        torch.onnx.export(
            model, (torch.cat([example] * 2) if dynamic else example,), str(file), dynamo=True, opset_version=recipe.opset,
            external_data=False, dynamic_shapes=shapes, verbose=False, **names)
    else:
        shapes = {0: "batch", **{axis: f"axis{axis}" for axis in axes}}
        torch.onnx.export(
            model, (example,), str(file), dynamo=False, opset_version=recipe.opset,
            dynamic_axes={"image": shapes, "scores": shapes} if dynamic else None, **names)


def prepare(recipe):
    """Imports what takes seconds."""
    torch_libraries.load(recipe.library)
    if recipe.exporter == "dynamo":
        import onnxscript.function_libs.torch_lib.ops
        import torch.export
        import torch.onnx._internal.exporter._core
    if recipe.variant:
        import onnxruntime.quantization


def make(recipe, file):
    torch.manual_seed(0)
    model = torch_libraries.build(recipe)
    channels = getattr(model, "bands", 3)
    example = torch.randn(1, channels, *recipe.size)
    model = Scores(sane(model, example)).eval()
    if not recipe.variant:
        export(model, example, recipe, file)
        return
    plain = file.with_suffix(".plain.onnx")
    export(model, example, recipe, plain)
    VARIANTS[recipe.variant](plain, file, [torch.randn(1, channels, *recipe.size).numpy() for _ in range(4)])
    plain.unlink()


if __name__ == "__main__":
    serve(torch_libraries.RECIPES, make, prepare)
