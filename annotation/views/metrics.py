"""What an engineer watches, for Prometheus: docs/operate.md says what each means."""

import shutil
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from annotation.models import Annotation, Assignment, Job
from config.http import metrics


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """404 where no METRICS_TOKEN is set."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "METRICS_TOKEN is expected as a bearer token",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return HttpResponse(metrics.text(Work()), content_type=CONTENT_TYPE_LATEST)


class Work(Collector):
    """The state of the work, read anew each time; of all projects together."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("sixpoint_jobs", "Jobs that have not ended", labels=["state"])
        jobs.add_metric(["waiting"], Job.objects.waiting().count())
        jobs.add_metric(["under_way"], Job.objects.under_way().count())
        jobs.add_metric(["lost"], Job.objects.lost().count())
        yield jobs
        oldest = Job.objects.waiting().order_by("made_at").values_list("made_at", flat=True).first()
        yield GaugeMetricFamily(
            "sixpoint_oldest_waiting_job_seconds",
            "How long the oldest job has waited for a worker",
            (timezone.now() - oldest).total_seconds() if oldest else 0,
        )
        yield GaugeMetricFamily("sixpoint_annotations", "Annotations submitted", Annotation.objects.count())
        yield GaugeMetricFamily(
            "sixpoint_assignments_held", "Assignments that annotators hold", Assignment.objects.held().count()
        )
        yield GaugeMetricFamily("sixpoint_disk_free_bytes", "Room left for DATA_DIR", shutil.disk_usage(settings.DATA_DIR).free)
