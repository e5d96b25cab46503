from django.urls import path

from annotation.api import adjudication, duplicates, projects, scoring

app_name = "api"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<slug:slug>/claim/", scoring.claim, name="claim"),
    path("projects/<slug:slug>/agreement/", projects.agreement, name="agreement"),
    path("projects/<slug:slug>/duplicates/", duplicates.listing, name="duplicates"),
    path("projects/<slug:slug>/adjudicate/", adjudication.start, name="adjudicate"),
    path("assignments/<int:pk>/draft/", scoring.draft, name="draft"),
    path("assignments/<int:pk>/submit/", scoring.submit, name="submit"),
    path("assignments/<int:pk>/skip/", scoring.skip, name="skip"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("adjudications/<int:pk>/unseen/", adjudication.unseen, name="unseen"),
    path("adjudications/<int:pk>/decide/", adjudication.decide, name="decide"),
]
