"""A rubric file with its images: in a folder, or in a .zip with one YAML or JSON file."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from rubrics.checks import BadRubric
from rubrics.pictures import LARGEST, ReadFile

# what zipfile raises for an archive that it cannot read
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
LARGEST_TEXT = 4 * 1024 * 1024  # bytes of the rubric file in a .zip
LARGEST_PACKAGE = 64 * 1024 * 1024
RUBRICS = {".yaml", ".yml", ".json"}
NO_DATE = (1980, 1, 1, 0, 0, 0)


def in_folder(folder: Path) -> ReadFile:
    """Reads what lies in the folder or below it, and nothing else."""

    def read(path: str) -> bytes | None:
        try:
            place = (folder / path).resolve()
            if not place.is_relative_to(folder.resolve()) or not place.is_file():
                return None
            with place.open("rb") as file:
                return file.read(LARGEST + 1)
        except (OSError, ValueError):  # ValueError: a NUL
            return None

    return read


def is_zip(content: bytes) -> bool:
    return content[:4] == b"PK\x03\x04"


def opened(content: bytes) -> tuple[bytes, ReadFile]:
    """The rubric file of a .zip, and its images by their paths from there. Raises BadRubric."""
    if len(content) > LARGEST_PACKAGE:
        raise BadRubric(_("expected a .zip of at most %(most)s MB") % {"most": LARGEST_PACKAGE >> 20})
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = [name for name in archive.namelist() if PurePosixPath(name).suffix.lower() in RUBRICS]
        if len(names) != 1:
            raise BadRubric(_("expected a .zip with one rubric file, in YAML or JSON"))
        text = member(archive, names[0], LARGEST_TEXT)
    except DAMAGED as error:
        raise BadRubric(_("expected a whole .zip: %(problem)s") % {"problem": error}) from error
    folder = PurePosixPath(names[0]).parent

    def read(path: str) -> bytes | None:
        try:
            return member(archive, (folder / path).as_posix(), LARGEST)
        except (KeyError, *DAMAGED):
            return None

    return text, read


def member(archive: zipfile.ZipFile, name: str, longest: int) -> bytes:
    """Its bytes, and one more than the longest of one that is longer."""
    with archive.open(name) as file:
        return file.read(longest + 1)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A .zip of the files, the same bytes for the same files."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, NO_DATE), data)
    return result.getvalue()
