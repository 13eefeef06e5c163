"""Pictures, figures and reports, as notebooks show them."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class Picture:
    """A picture in a file."""

    file: Path

    def _repr_html_(self) -> str:
        kind = _TYPES.get(self.file.suffix.lower())
        if kind is None:
            return html.escape(str(self.file))
        content = base64.b64encode(self.file.read_bytes()).decode("ascii")
        name = html.escape(self.file.stem)
        return f'<img alt="{name}" title="{name}" style="max-width: 100%" src="data:{kind};base64,{content}">'


@dataclass(frozen=True)
class Report:
    """A report: one page of HTML that needs nothing else."""

    file: Path

    def _repr_html_(self) -> str:
        page = html.escape(self.file.read_text(encoding="utf-8"))
        return f'<iframe sandbox="" style="width: 100%; height: 40em; border: 1px solid #8888" srcdoc="{page}"></iframe>'


@dataclass(frozen=True)
class Figures(Sequence[Picture]):
    """Figures in a folder; `figures["relevance"]` is the first whose file's name begins so."""

    folder: Path
    text: str = ""

    @property
    def pictures(self) -> list[Picture]:
        return [Picture(file) for file in sorted(self.folder.glob("*.png"))]

    def __getitem__(self, key: object) -> Picture:  # type: ignore[override]
        pictures = self.pictures
        if isinstance(key, int):
            return pictures[key]
        for picture in pictures:
            if picture.file.name.startswith(str(key)):
                return picture
        raise KeyError(f"{key}; there are {', '.join(picture.file.stem for picture in pictures)}")

    def __iter__(self) -> Iterator[Picture]:
        return iter(self.pictures)

    def __len__(self) -> int:
        return len(self.pictures)

    def _repr_html_(self) -> str:
        return "".join(picture._repr_html_() for picture in self.pictures)
