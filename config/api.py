from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

# Only the API's page needs inline styles and data addresses; the policy allows them only there.
docs = csp_update({"style-src": ["'unsafe-inline'"], "img-src": ["data:"]})(
    SpectacularSwaggerSplitView.as_view(url_name="schema")
)

urlpatterns = [
    path("", include("annotation.api.urls")),
    path("rubrics/", include("rubrics.api")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", login_required(docs), name="docs"),
]
