"""Counts of requests for Prometheus, of all processes of this machine together, where METRICS_TOKEN is set.

prometheus_client keeps them in files below DATA_DIR/metrics, which gunicorn.conf.py empties when it starts."""

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

requests = Counter("sixpoint_requests", "Answers", ["method", "route", "status"], registry=None)
request_seconds = Histogram("sixpoint_request_seconds", "Time to an answer", ["route"], buckets=SECONDS, registry=None)


def observe(method: str, route: str, status: int, seconds: float) -> None:
    if settings.METRICS_TOKEN:
        requests.labels(method, route, str(status)).inc()
        request_seconds.labels(route).observe(seconds)


def text(*collectors: Collector) -> bytes:
    """The requests of all processes, and what each of the collectors yields, as Prometheus reads it."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_DIR))  # type: ignore[no-untyped-call]
    for collector in collectors:
        registry.register(collector)
    return generate_latest(registry)
