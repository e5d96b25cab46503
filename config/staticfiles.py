"""Static files under names with their hash; our scripts import each other by those names too."""

from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ReadableCompressor(Compressor):  # type: ignore[misc]  # whitenoise has no types
    def write_data(self, path: str, *args: Any) -> str:
        """The compressed file gets the mode of the other, which the storage chose; whitenoise leaves it to the process."""
        written = Path(super().write_data(path, *args))
        written.chmod(Path(path).stat().st_mode)
        return str(written)


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # Only in our own scripts: those of others contain texts that look like imports of missing files.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "annotation/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def create_compressor(self, **options: Any) -> Compressor:
        return ReadableCompressor(**options)
