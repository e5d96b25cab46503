from django.urls import path

from rubrics import editor, files, images, views

app_name = "rubrics"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", editor.new, name="new"),
    path("import/", files.upload, name="import"),
    path("images/<slug:sha256>/", images.image, name="image"),
    path("<slug:slug>/<int:version>/file/", files.download, name="file"),
    path("<slug:slug>/<int:version>/compare/", views.comparison, name="compare"),
    path("<slug:slug>/<int:version>/edit/", editor.edit, name="edit"),
    path("<slug:slug>/<int:version>/freeze/", editor.freeze, name="freeze"),
    path("<slug:slug>/<int:version>/", views.detail, name="detail"),
]
