from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config.http import health, icon, reports

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's sign-in, which is throttled

handler400 = "annotation.uploads.refused"
handler404 = "annotation.views.left.not_found"
handler500 = "config.http.outage.server_error"

urlpatterns = [
    path("", include("annotation.urls")),
    path("rubrics/", include("rubrics.urls")),
    path("api/v1/", include("config.api")),
    path("accounts/", include("annotation.accounts.urls")),
    path("admin/", admin.site.urls),
    path("csp-reports/", reports.csp, name="csp-reports"),
    path("favicon.ico", icon.favicon, name="favicon"),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
