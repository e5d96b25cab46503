import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.storage import image_storage
from tests.config.test_settings import settings_with

FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
BUCKET = {"bucket_name": "pictures", "location": "", "default_acl": None, "file_overwrite": True, "max_memory_size": 8388608}


def test_without_a_bucket_images_are_files(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "STORAGES", "ACCEL_PREFIX", ACCEL_PREFIX="/protected/")
    assert (settings["STORAGES"]["default"], settings["ACCEL_PREFIX"]) == (FILES, "/protected/")


def test_the_bucket_of_the_environment_is_where_images_are_stored(tmp_path: Path) -> None:
    settings = settings_with(tmp_path, "STORAGES", S3_BUCKET="pictures", S3_ENDPOINT="https://s3.example", S3_PREFIX="study")
    elsewhere = {"location": "study", "endpoint_url": "https://s3.example", "addressing_style": "path"}
    assert settings["STORAGES"]["default"] == {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": BUCKET | elsewhere}
    assert image_storage("pictures", "", "", "")["OPTIONS"] == BUCKET


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({"S3_PREFIX": "study"}, "S3_ENDPOINT or S3_PREFIX is set: expected S3_BUCKET with it"),
        ({"S3_ENDPOINT": "https://s3.example"}, "S3_ENDPOINT or S3_PREFIX is set: expected S3_BUCKET with it"),
        ({"ACCEL_PREFIX": "protected/"}, "ACCEL_PREFIX is 'protected/': expected an address such as /protected/"),
        ({"ACCEL_PREFIX": "/"}, "ACCEL_PREFIX is '/': expected an address such as /protected/"),
        (
            {"ACCEL_PREFIX": "/protected/", "S3_BUCKET": "pictures"},
            "ACCEL_PREFIX and S3_BUCKET are set: a web server can send files of DATA_DIR alone",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path: Path, environment: dict[str, str], message: str) -> None:
    assert settings_with(tmp_path, "STORAGES", **environment).endswith(message)


@pytest.mark.parametrize("library", ["storages", "boto3"])
def test_a_missing_library_is_named(library: str, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImproperlyConfigured, match="S3_BUCKET is set, but django-storages is not installed: pip install"):
        image_storage("pictures", "", "", "")
