from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_images(tmp_path: Path, settings: Any) -> Path:
    """Each test stores its images in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "stored"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return settings.MEDIA_ROOT
