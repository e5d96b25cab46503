import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.installation import ROOT

SHOW = "import json; from django.conf import settings as s; print(json.dumps({n: getattr(s, n, None) for n in %r}))"


def settings_with(folder: Path, *names: str, **environment: str) -> Any:
    clean = {key: value for key, value in os.environ.items() if key not in ("DEBUG", "HTTPS", "DATABASE_URL", "SECRET_KEY")}
    variables = {**clean, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    done = subprocess.run([sys.executable, "-c", SHOW % (list(names),)], cwd=ROOT, env=variables, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("TRUE", True), ("0", False), ("False", False)])
def test_booleans_are_0_1_true_false_in_any_case(tmp_path: Path, value: str, expected: bool) -> None:
    assert settings_with(tmp_path, "DEBUG", DEBUG=value) == {"DEBUG": expected}


def test_any_other_boolean_is_refused_with_its_name(tmp_path: Path) -> None:
    message = settings_with(tmp_path, "HTTPS", HTTPS="yes")
    assert message.endswith("HTTPS is 'yes': expected 0, 1, true or false")


def test_with_https_the_deployment_check_is_clean_but_for_the_other_hosts_of_the_domain(tmp_path: Path) -> None:
    variables = {**os.environ, "DATA_DIR": str(tmp_path), "HTTPS": "1", "SECRET_KEY": "x" * 40 + "abcdefghijklmnop"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (2 silenced).\n"), done.stderr


def test_hsts_speaks_for_this_host_alone(tmp_path: Path) -> None:
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert settings_with(tmp_path, *names, HTTPS="1") == dict(zip(names, (31_536_000, False, False), strict=True))


@pytest.mark.parametrize(("value", "addresses"), [("0", None), ("1", ["/csp-reports/"])])
def test_the_policy_asks_for_reports_where_they_are_wanted(tmp_path: Path, value: str, addresses: list[str] | None) -> None:
    policy = settings_with(tmp_path, "CONTENT_SECURITY_POLICY", CSP_REPORTS=value)["CONTENT_SECURITY_POLICY"]
    assert policy["DIRECTIVES"].get("report-uri") == addresses


def test_a_number_of_proxies_that_is_none_is_refused(tmp_path: Path) -> None:
    assert settings_with(tmp_path, "PROXIES", PROXIES="all").endswith("PROXIES is 'all': expected a whole number")


THREADS = "import os, sys, config.settings; print('numpy' in sys.modules, os.environ['OPENBLAS_NUM_THREADS'])"


@pytest.mark.parametrize(("environment", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_a_product_of_matrices_has_one_thread_before_numpy_is_loaded_unless_the_environment_says_more(
    tmp_path: Path, environment: dict[str, str], threads: str
) -> None:
    inherited = {key: value for key, value in os.environ.items() if key != "OPENBLAS_NUM_THREADS"}
    variables = {**inherited, "DATA_DIR": str(tmp_path), **environment}
    command = [sys.executable, "-c", THREADS]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.stdout == f"False {threads}\n", done.stderr


PRAGMAS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    print(*(cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")))
"""
FULL = 2


def test_what_sqlite_acknowledges_is_on_the_disk(tmp_path: Path) -> None:
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    variables = {**inherited, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", PRAGMAS], cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.stdout == f"wal {FULL} 1\n", done.stderr
