#!/usr/bin/env python3
"""Writes torchvision's DeepLabV3 with ResNet-50, with random weights, as ONNX with its card: for its speed, and nothing else.

The last layer is set so that each category's scores vary alike over the images, and the network is sure somewhere of most.
"""

import argparse
import pathlib

import numpy as np
import torch
import torchvision
from PIL import Image

CATEGORIES = 11
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SPREAD = 8.0


class Scores(torch.nn.Module):
    """Its scores alone."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(image)["out"]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("images", type=pathlib.Path)
    options.add_argument("output", type=pathlib.Path, help="such as deeplab.onnx")
    options.add_argument("--size", default="192x256")
    chosen = options.parse_args()
    height, width = map(int, chosen.size.split("x"))
    torch.manual_seed(0)
    network = torchvision.models.segmentation.deeplabv3_resnet50(
        weights=None, weights_backbone=None, num_classes=CATEGORIES
    ).eval()
    images = []
    for file in sorted(chosen.images.iterdir())[:8]:
        pixels = np.asarray(Image.open(file).convert("RGB").resize((width, height)), dtype=np.float32) / 255
        images.append(torch.tensor(((pixels - MEAN) / STD).transpose(2, 0, 1), dtype=torch.float32))
    images = torch.stack(images)
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.momentum = None
                module.reset_running_stats()
                module.train()
        network(images)
        network.eval()
        scores = network(images)["out"]
        last = network.classifier[-1]
        scale = SPREAD / scores.std((0, 2, 3))
        last.weight *= scale.reshape(-1, 1, 1, 1)
        last.bias.copy_((last.bias - scores.mean((0, 2, 3))) * scale)

    torch.onnx.export(
        Scores(network).eval(),
        images[:1],
        chosen.output,
        input_names=["image"],
        output_names=["scores"],
        opset_version=17,
        dynamo=False,
    )
    chosen.output.with_suffix(".yaml").write_text(
        f"categories: [{', '.join(f'c{c}' for c in range(CATEGORIES))}]\n"
        f"input: {{color: RGB, scale: 255, mean: {list(MEAN)}, std: {list(STD)}, size: [{height}, {width}]}}\n"
    )


if __name__ == "__main__":
    main()
