"""A pytest plugin: every run, and every worker of one, keeps its data in a folder of its own. Loaded before the settings are."""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="sixpoint-test-")
os.environ["DATA_DIR"] = FOLDER
RUN = os.environ.setdefault("TEST_RUN", FOLDER)  # the first process's, for the whole run: workers start with its environment
for name in ("DEBUG", "HTTPS", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"):
    os.environ.pop(name, None)
for name in ("S3_BUCKET", "S3_ENDPOINT", "S3_PREFIX", "ACCEL_PREFIX"):
    os.environ.pop(name, None)
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
