from django.urls import path

from annotation.api import adjudicate, duplicates, lessons, load, projects, score

app_name = "api"
urlpatterns = [
    path("projects/", projects.projects, name="projects"),
    path("projects/<slug:slug>/claim/", score.claim, name="claim"),
    path("projects/<slug:slug>/agreement/", projects.agreement, name="agreement"),
    path("projects/<slug:slug>/agreement/paper/", projects.paper, name="paper"),
    path("projects/<slug:slug>/duplicates/", duplicates.listing, name="duplicates"),
    path("projects/<slug:slug>/adjudicate/", adjudicate.start, name="adjudicate"),
    path("projects/<slug:slug>/adjudication/lessons/", lessons.report, name="lessons"),
    path("projects/<slug:slug>/items/", load.items, name="items"),
    path("projects/<slug:slug>/scores/", load.scores, name="scores"),
    path("jobs/<int:pk>/", load.job, name="job"),
    path("jobs/<int:pk>/cancel/", load.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", load.retry, name="job-retry"),
    path("assignments/<int:pk>/draft/", score.draft, name="draft"),
    path("assignments/<int:pk>/submit/", score.submit, name="submit"),
    path("assignments/<int:pk>/skip/", score.skip, name="skip"),
    path("assignments/<int:pk>/flag/", score.flag, name="flag"),
    path("assignments/<int:pk>/revision/", score.revision, name="revision"),
    path("assignments/<int:pk>/revision/draft/", score.revision_draft, name="revision-draft"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("adjudications/<int:pk>/unseen/", adjudicate.score_blind, name="unseen"),
    path("adjudications/<int:pk>/decide/", adjudicate.decide, name="decide"),
]
