from django.urls import path

from annotation.api import adjudication, duplicates, material, projects, scoring

app_name = "api"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<slug:slug>/claim/", scoring.claim, name="claim"),
    path("projects/<slug:slug>/agreement/", projects.agreement, name="agreement"),
    path("projects/<slug:slug>/agreement/paper/", projects.paper, name="paper"),
    path("projects/<slug:slug>/duplicates/", duplicates.listing, name="duplicates"),
    path("projects/<slug:slug>/adjudicate/", adjudication.start, name="adjudicate"),
    path("projects/<slug:slug>/items/", material.items, name="items"),
    path("projects/<slug:slug>/scores/", material.scores, name="scores"),
    path("jobs/<int:pk>/", material.job, name="job"),
    path("jobs/<int:pk>/cancel/", material.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", material.retry, name="job-retry"),
    path("assignments/<int:pk>/draft/", scoring.draft, name="draft"),
    path("assignments/<int:pk>/submit/", scoring.submit, name="submit"),
    path("assignments/<int:pk>/skip/", scoring.skip, name="skip"),
    path("assignments/<int:pk>/flag/", scoring.flag, name="flag"),
    path("assignments/<int:pk>/revision/", scoring.revision, name="revision"),
    path("assignments/<int:pk>/revision/draft/", scoring.revision_draft, name="revision-draft"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("adjudications/<int:pk>/unseen/", adjudication.unseen, name="unseen"),
    path("adjudications/<int:pk>/decide/", adjudication.decide, name="decide"),
]
