import json
import os
import subprocess
import sys
from pathlib import Path

from tests.installation import ROOT

TWO_PROCESSES = """
import django, json, os
django.setup()
from config.http import metrics
if os.fork() == 0:
    metrics.observe("GET", "a/<int:pk>/", 200, 0.03125)
    os._exit(0)
os.wait()
metrics.observe("GET", "a/<int:pk>/", 200, 0.25)
metrics.observe("POST", "a/<int:pk>/", 409, 4)
print(json.dumps(metrics.text().decode().splitlines()))
"""


def test_the_requests_of_all_processes_are_counted_together(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "METRICS_TOKEN": "secret",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run([sys.executable, "-c", TWO_PROCESSES], cwd=ROOT, env=environment, capture_output=True, text=True)
    lines = json.loads(done.stdout)
    assert {line for line in lines if line.startswith("sixpoint_requests_total")} == {
        'sixpoint_requests_total{method="GET",route="a/<int:pk>/",status="200"} 2.0',
        'sixpoint_requests_total{method="POST",route="a/<int:pk>/",status="409"} 1.0',
    }
    assert [line for line in lines if 'le="0.5"' in line or "_seconds_sum" in line] == [
        'sixpoint_request_seconds_sum{route="a/<int:pk>/"} 4.28125',
        'sixpoint_request_seconds_bucket{le="0.5",route="a/<int:pk>/"} 2.0',
    ]
