"""Static files under names that carry their hash; our modules import each other by those names too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # Of our own alone: what others ship has words in it that look like imports of files that are not there.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "annotation/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
