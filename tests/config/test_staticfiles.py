"""Static files are public, whoever collected them: a server that runs as somebody else reads them."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from tests.installation import ROOT

COLLECT = """
import sys
import django
from django.conf import settings
django.setup()
settings.STATIC_ROOT = sys.argv[1]
from django.core.management import call_command
call_command("collectstatic", "--noinput", "-v0")
"""


def test_everybody_may_read_the_static_files_that_were_collected(tmp_path: Path) -> None:
    variables = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    public = tmp_path / "public" / "static"
    subprocess.run([sys.executable, "-c", COLLECT, str(public)], cwd=ROOT, env=variables, check=True)
    modes = {(path.is_dir(), stat.filemode(path.stat().st_mode)) for path in (public, *public.rglob("*"))}
    assert modes == {(True, "drwxr-xr-x"), (False, "-rw-r--r--")}
    assert {".gz", ".json", ".js", ".css"} <= {path.suffix for path in public.rglob("*")}
