from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config import health

admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's sign-in, which is throttled

handler400 = "annotation.uploads.refused"

urlpatterns = [
    path("", include("annotation.urls")),
    path("rubrics/", include("rubrics.urls")),
    path("api/v1/", include("config.api")),
    path("accounts/", include("annotation.accounts")),
    path("admin/", admin.site.urls),
    path("healthz", health.live, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
