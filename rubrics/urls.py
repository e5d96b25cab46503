from django.urls import path

from rubrics import views

app_name = "rubrics"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:slug>/<int:version>/", views.detail, name="detail"),
]
