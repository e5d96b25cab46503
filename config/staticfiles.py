"""Static files under names with their hash; our scripts import each other by those names too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    # Only in our own scripts: those of others contain texts that look like imports of missing files.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "annotation/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )
