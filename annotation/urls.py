from django.urls import path

from annotation.views import (
    annotate,
    annotate_actions,
    duplicates,
    flags,
    history,
    images,
    load,
    metrics,
    preferences,
    projects,
    queries,
    responses,
)
from annotation.views.adjudicate import actions, case, queue
from annotation.views.agreement import pages
from annotation.views.disputes import listing, manage
from annotation.views.lessons import descriptor as lesson_descriptor
from annotation.views.lessons import pages as lessons
from annotation.views.members import cohorts, invitations, rights
from annotation.views.members import detail as member_detail
from annotation.views.my_work import decisions, mine
from annotation.views.references import editor as reference_editor
from annotation.views.references import listing as references
from annotation.views.release import actions as release_actions
from annotation.views.release import comparison, detail, export, labels, new
from annotation.views.release import listing as releases
from annotation.views.results import files as results_files
from annotation.views.results import pages as results
from annotation.views.scorers import actions as scorer_actions
from annotation.views.scorers import comparison as scorers_comparison
from annotation.views.scorers import detail as scorer_detail
from annotation.views.scorers import listing as scorers
from annotation.views.setup import copy, members, overlap, rubrics, rules, samples, settings, state, steps, training, workspace
from annotation.views.setup import new as new_project
from annotation.views.watch import progress

urlpatterns = [
    path("", projects.projects, name="home"),
    path("metrics", metrics.page, name="metrics"),
    path("new-project/", new_project.new, name="project-new"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>/steps/", steps.steps, name="steps"),
    path("projects/<slug:slug>/settings/", settings.settings, name="settings"),
    path("projects/<slug:slug>/overlap/", overlap.overlap, name="overlap"),
    path("projects/<slug:slug>/copy/", copy.copy, name="project-copy"),
    path("projects/<slug:slug>/state/", state.state, name="state"),
    path("projects/<slug:slug>/annotate/", annotate.annotate, name="annotate"),
    path("projects/<slug:slug>/mine/", mine.mine, name="mine"),
    path("projects/<slug:slug>/mine/decisions/", decisions.decisions, name="decisions"),
    path("projects/<slug:slug>/progress/", progress.progress, name="progress"),
    path("projects/<slug:slug>/progress/stuck/", progress.stuck, name="progress-stuck"),
    path("projects/<slug:slug>/progress/file/", progress.download, name="progress-file"),
    path("projects/<slug:slug>/flags/", flags.listing, name="flags"),
    path("projects/<slug:slug>/workspace/", workspace.workspace, name="workspace"),
    path("projects/<slug:slug>/rubrics/", rubrics.rubrics, name="project-rubrics"),
    path("projects/<slug:slug>/rules/", rules.rules, name="rules"),
    path("projects/<slug:slug>/members/", members.members, name="members"),
    path("projects/<slug:slug>/samples/", samples.samples, name="samples"),
    path("projects/<slug:slug>/samples/<int:number>/", samples.sample, name="sample"),
    path("projects/<slug:slug>/members/invitations/", invitations.invitations, name="invitations"),
    path("projects/<slug:slug>/members/invitations/<int:pk>/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("projects/<slug:slug>/rights/", rights.rights, name="rights"),
    path("projects/<slug:slug>/members/cohorts/", cohorts.cohorts, name="cohorts"),
    path("projects/<slug:slug>/members/of/<str:username>/", member_detail.member, name="member"),
    path("projects/<slug:slug>/training/", training.training, name="training"),
    path("projects/<slug:slug>/agreement/", pages.agreement, name="agreement"),
    path("projects/<slug:slug>/agreement/annotators/", pages.annotators, name="annotators"),
    path("projects/<slug:slug>/results/", results.results, name="results"),
    path("projects/<slug:slug>/results/file/", results_files.download, name="results-file"),
    path("projects/<slug:slug>/queries/", queries.listing, name="queries"),
    path("projects/<slug:slug>/responses/", responses.listing, name="responses"),
    path("projects/<slug:slug>/references/", references.listing, name="references"),
    path("projects/<slug:slug>/references/<int:query>/<str:level>/", reference_editor.reference, name="reference"),
    path("projects/<slug:slug>/references/<int:query>/<str:level>/approve/", reference_editor.approve, name="reference-approve"),
    path("projects/<slug:slug>/duplicates/", duplicates.listing, name="duplicates"),
    path("projects/<slug:slug>/events/", history.events, name="events"),
    path("projects/<slug:slug>/events/file/", history.events_file, name="events-file"),
    path("projects/<slug:slug>/adjudication/lessons/", lessons.report, name="lessons"),
    path("projects/<slug:slug>/adjudication/lessons/disputes/", lessons.disputes, name="lesson-disputes"),
    path("projects/<slug:slug>/adjudication/lessons/descriptor/", lesson_descriptor.descriptor, name="lesson-descriptor"),
    path("projects/<slug:slug>/adjudication/list/", listing.listing, name="disputes"),
    path("projects/<slug:slug>/adjudication/", queue.queue, name="adjudication"),
    path("projects/<slug:slug>/releases/", releases.listing, name="releases"),
    path("projects/<slug:slug>/releases/new/", new.new, name="release-new"),
    path("projects/<slug:slug>/releases/<int:version>/", detail.overview, name="release"),
    path("projects/<slug:slug>/releases/<int:version>/labels/", labels.labels, name="release-labels"),
    path("projects/<slug:slug>/releases/<int:version>/left-out/", labels.left_out, name="release-left-out"),
    path("projects/<slug:slug>/releases/<int:version>/files/", detail.files, name="release-files"),
    path("projects/<slug:slug>/releases/<int:version>/compare/", comparison.comparison, name="release-compare"),
    path("projects/<slug:slug>/releases/<int:version>/download/", release_actions.download, name="release-download"),
    path("projects/<slug:slug>/releases/<int:version>/retract/", release_actions.retract, name="release-retract"),
    path("projects/<slug:slug>/scorers/", scorers.listing, name="scorers"),
    path("projects/<slug:slug>/scorers/compare/", scorers_comparison.comparison, name="scorers-compare"),
    path("projects/<slug:slug>/scorers/<int:pk>/", scorer_detail.detail, name="scorer"),
    path("projects/<slug:slug>/scorers/<int:pk>/withdraw/", scorer_actions.withdraw, name="scorer-withdraw"),
    path("projects/<slug:slug>/export/", export.form, name="export"),
    path("projects/<slug:slug>/export/file/", export.download, name="export-file"),
    path("projects/<slug:slug>/material/", load.material, name="material"),
    path("jobs/<int:pk>/", load.job, name="job"),
    path("jobs/<int:pk>/cancel/", load.cancel, name="job-cancel"),
    path("jobs/<int:pk>/retry/", load.retry, name="job-retry"),
    path("assignments/<int:pk>/", annotate.assignment, name="assignment"),
    path("assignments/<int:pk>/submit/", annotate_actions.submit, name="submit"),
    path("assignments/<int:pk>/draft/", annotate_actions.draft, name="draft"),
    path("assignments/<int:pk>/skip/", annotate_actions.skip, name="skip"),
    path("flags/<int:pk>/settle/", flags.settle, name="flag-settle"),
    path("annotations/<int:pk>/send-back/", flags.send_back, name="send-back"),
    path("assignments/<int:pk>/flag/", annotate_actions.flag, name="flag"),
    path("assignments/<int:pk>/ahead/", annotate.ahead, name="ahead"),
    path("assignments/<int:pk>/take-up/", annotate_actions.take_up, name="take-up"),
    path("assignments/<int:pk>/revise/", annotate_actions.revision, name="revise"),
    path("queries/<int:pk>/", queries.detail, name="query"),
    path("responses/<int:pk>/", responses.detail, name="response"),
    path("responses/<int:pk>/call-back/", manage.call_back, name="response-call-back"),
    path("responses/<int:pk>/history/", history.of_response, name="response-history"),
    path("duplicates/<int:pk>/", duplicates.decide, name="duplicate"),
    path("duplicates/<int:pk>/restore/", duplicates.restore, name="duplicate-restore"),
    path("adjudications/<int:pk>/manage/", manage.manage, name="case-manage"),
    path("adjudications/<int:pk>/", case.case, name="case"),
    path("adjudications/<int:pk>/draft/", actions.draft, name="case-draft"),
    path("adjudications/<int:pk>/unseen/", actions.unseen, name="unseen"),
    path("adjudications/<int:pk>/decide/", actions.decide, name="decide"),
    path("adjudications/<int:pk>/leave/", actions.leave, name="case-leave"),
    path("adjudications/<int:pk>/take-back/", actions.take_back, name="case-take-back"),
    path("adjudications/<int:pk>/call-back/", actions.call_back, name="case-call-back"),
    path("adjudications/<int:pk>/reopen/", actions.reopen, name="case-reopen"),
    path("adjudications/<int:pk>/comment/", actions.comment, name="case-comment"),
    path("keys/", preferences.keys, name="keys"),
    path("language/", preferences.language, name="language"),
    path("media/<str:key>", images.image, name="image"),
    path("media/<str:key>/<int:width>.<str:suffix>", images.scaled, name="scaled"),
]
