import shutil
import subprocess
from pathlib import Path

from tests.databases import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    assert program, "make test-deploy needs systemd-analyze: install it (on Debian and Ubuntu: apt-get install systemd)"
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/sixpoint", str(ROOT)))
    done = subprocess.run([program, "verify", *(str(tmp_path / unit.name) for unit in UNITS)], capture_output=True, text=True)
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])
