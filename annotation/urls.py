from django.urls import path

from annotation.views import adjudicate, agree, duplicates, home, images, material, release, responses, score

urlpatterns = [
    path("", home.projects, name="home"),
    path("projects/<slug:slug>/", home.project, name="project"),
    path("projects/<slug:slug>/annotate/", score.annotate, name="annotate"),
    path("projects/<slug:slug>/agreement/", agree.agreement, name="agreement"),
    path("projects/<slug:slug>/responses/", responses.listing, name="responses"),
    path("projects/<slug:slug>/duplicates/", duplicates.listing, name="duplicates"),
    path("projects/<slug:slug>/adjudication/", adjudicate.queue, name="adjudication"),
    path("projects/<slug:slug>/releases/", release.listing, name="releases"),
    path("projects/<slug:slug>/material/", material.material, name="material"),
    path("jobs/<int:pk>/", material.job, name="job"),
    path("jobs/<int:pk>/cancel/", material.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", material.retry, name="job-retry"),
    path("assignments/<int:pk>/", score.assignment, name="assignment"),
    path("assignments/<int:pk>/submit/", score.submit, name="submit"),
    path("assignments/<int:pk>/draft/", score.draft, name="draft"),
    path("assignments/<int:pk>/skip/", score.skip, name="skip"),
    path("responses/<int:pk>/", responses.detail, name="response"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("duplicates/<int:pk>/restore/", duplicates.restore, name="duplicate-restore"),
    path("adjudications/<int:pk>/", adjudicate.case, name="case"),
    path("adjudications/<int:pk>/unseen/", adjudicate.unseen, name="unseen"),
    path("adjudications/<int:pk>/decide/", adjudicate.decide, name="decide"),
    path("media/<str:key>", images.image, name="image"),
    path("media/<str:key>/<int:width>.<str:suffix>", images.scaled, name="scaled"),
]
