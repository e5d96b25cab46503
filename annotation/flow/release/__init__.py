"""A release: records turns labels into rows, publish freezes and writes them."""

from annotation.flow.release.publish import release

__all__ = ["release"]
