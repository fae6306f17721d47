"""Where studies, their reports and the check of manuscripts hang, under a programme."""

from django.urls import include, path

from mlezi.reports.views import designing, manuscripts, studies

PAGES = [
    path("", studies.listing, name="list"),
    path("new/", designing.new, name="new"),
    path("<slug:code>/", studies.report, name="report"),
    path("<slug:code>/plan/", designing.plan, name="plan"),
    path("<slug:code>/freeze", studies.freeze, name="freeze"),
    path("<slug:code>/report.<str:kind>", studies.download, name="download"),
    path("<slug:code>/look/<slug:analysis>/", studies.look, name="look"),
    path("<slug:code>/behind/<slug:analysis>/", studies.behind, name="behind"),
    path("<slug:code>/quotes/<slug:analysis>/", studies.quotes, name="quotes"),
]
urlpatterns = [
    path("<slug:programme>/studies/", include((PAGES, "studies"))),
    path("<slug:programme>/manuscript/", include(([path("", manuscripts.manuscript, name="check")], "manuscripts"))),
]
