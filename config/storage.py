"""Where images are stored: below DATA_DIR, or in an S3-compatible object store."""

from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def image_storage(bucket: str, endpoint: str, prefix: str, accel_prefix: str) -> dict[str, Any]:
    """STORAGES["default"] for the values of the environment, empty where not set. Raises ImproperlyConfigured."""
    if accel_prefix and not (accel_prefix.startswith("/") and accel_prefix.endswith("/") and len(accel_prefix) > 2):
        raise ImproperlyConfigured(f"ACCEL_PREFIX is {accel_prefix!r}: expected an address such as /protected/")
    if not bucket:
        if endpoint or prefix:
            raise ImproperlyConfigured("S3_ENDPOINT or S3_PREFIX is set: expected S3_BUCKET with it")
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if accel_prefix:
        raise ImproperlyConfigured("ACCEL_PREFIX and S3_BUCKET are set: a web server can send files of DATA_DIR alone")
    if not all(map(find_spec, ("storages", "boto3"))):
        raise ImproperlyConfigured("S3_BUCKET is set, but django-storages is not installed: pip install 'django-storages[s3]'")
    options: dict[str, Any] = {"bucket_name": bucket, "location": prefix, "default_acl": None, "file_overwrite": True}
    options["max_memory_size"] = 8 * 1024 * 1024  # of a file that is read; a larger one is buffered on disk
    if endpoint:  # most stores other than AWS do not know a bucket by its host's name
        options |= {"endpoint_url": endpoint, "addressing_style": "path"}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
