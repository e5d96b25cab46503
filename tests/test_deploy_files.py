"""What the files of deploy/ name is there. `make test-deploy` tries them with systemd and nginx."""

import re

import yaml
from django.core.management import get_commands

from tests.databases import ROOT

DEPLOY = ROOT / "deploy"
TEXTS = {path: path.read_text() for path in sorted(DEPLOY.rglob("*")) if path.is_file()}
CONFIGURATION = (ROOT / "docs" / "configuration.md").read_text()


def test_each_command_that_is_started_is_there() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r'manage\.py"?,? "?([a-z_]+)', text)}
    assert named == {"backup", "collectstatic", "migrate", "verify_backup", "worker"}
    assert named - set(get_commands()) == set()


def test_each_variable_is_documented() -> None:
    variables = {line.split("=")[0] for line in TEXTS[DEPLOY / "sixpoint.env"].splitlines() if line[:1].isalpha()}
    compose = yaml.safe_load(TEXTS[DEPLOY / "compose.yaml"])
    variables |= set(compose["services"]["web"]["environment"])
    assert [name for name in sorted(variables) if f"| `{name}` |" not in CONFIGURATION] == []
    assert len(variables) >= 8


def test_each_file_that_is_named_is_there() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"(?:docs|deploy)/[\w./-]+\w", text)}
    assert len(named) >= 4
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_web_and_worker_of_compose_run_the_same_image_with_the_same_settings() -> None:
    services = yaml.safe_load(TEXTS[DEPLOY / "compose.yaml"])["services"]
    assert sorted(services) == ["database", "migrate", "web", "worker"]
    settings = ("image", "environment", "volumes")
    shared = [[services[name][setting] for setting in settings] for name in ("migrate", "web", "worker")]
    assert shared == [shared[0]] * 3
    assert services["web"]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
