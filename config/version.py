"""The version of the code, as a release names it."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def code_version() -> str:
    """That of the package's metadata; Sixpoint runs from its folder and is not installed, so they are read there."""
    with (Path(__file__).resolve().parent.parent / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])
