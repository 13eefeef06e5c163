from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

import disassembler as d


@dataclass
class Street:
    """What `demo` writes: the network that comes with Disassembler, its profile and its images.

    DISASSEMBLER_STREET names a folder where it did already.
    """

    folder: Path

    @property
    def model(self) -> Path:
        return self.folder / "street.onnx"

    @property
    def profile(self) -> Path:
        return self.folder / "street.profile.h5"

    @property
    def images(self) -> Path:
        return self.folder / "test" / "images"

    @property
    def masks(self) -> Path:
        return self.folder / "test" / "masks"


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Street:
    made = os.environ.get("DISASSEMBLER_STREET")
    if made:
        return Street(Path(made))
    folder = tmp_path_factory.mktemp("demo") / "street"
    demo = d.demo(output=folder)
    assert demo.picture is not None and demo.picture.file.stat().st_size > 0
    return Street(folder)
