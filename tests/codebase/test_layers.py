"""The layers of pyproject.toml name every module; that the imports keep to them is test_repository's to test."""

import tomllib
from pathlib import Path

from tests.codebase.sources import PACKAGES, ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
SPLIT = {"annotation", "annotation.flow"}  # packages whose parts have places of their own


def parts(folder: Path) -> set[str]:
    """The folder's own modules and packages, with their dotted names."""
    package = ".".join(folder.relative_to(ROOT).parts)
    modules = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    return {f"{package}.{name}" for name in modules | {path.parent.name for path in folder.glob("*/__init__.py")}}


def test_every_module_has_its_place_in_the_layers() -> None:
    [layers] = [contract["layers"] for contract in CONTRACTS if contract["type"] == "layers"]
    placed = [name for layer in layers for name in layer.split(" | ")]
    expected = {*PACKAGES}.union(*(parts(ROOT / name.replace(".", "/")) for name in SPLIT)) - SPLIT
    assert sorted(placed) == sorted(expected)
