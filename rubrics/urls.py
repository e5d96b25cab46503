from django.urls import path

from rubrics import editor, views

app_name = "rubrics"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", editor.new, name="new"),
    path("<slug:slug>/<int:version>/edit/", editor.edit, name="edit"),
    path("<slug:slug>/<int:version>/freeze/", editor.freeze, name="freeze"),
    path("<slug:slug>/<int:version>/", views.detail, name="detail"),
]
