"""Where the pages about matching hang, under a programme."""

from django.urls import include, path

from mlezi.matching.views import rounds, scenarios

ONE = "<uuid:uid>/<int:number>/"
PAGES = [
    path("", rounds.listing, name="rounds"),
    path("new/", rounds.new, name="new"),
    path("<uuid:uid>/", rounds.one, name="round"),
    path("<uuid:uid>/another/", rounds.another, name="another"),
    path(ONE, scenarios.one, name="scenario"),
    path(f"{ONE}pairs/", scenarios.pairs, name="pairs"),
    path(f"{ONE}certificate/", scenarios.certificate, name="certificate"),
    path(f"{ONE}stop/", scenarios.stop, name="stop"),
    path(f"{ONE}publish/", scenarios.publish, name="publish"),
    path(f"{ONE}<uuid:who>/", scenarios.person, name="person"),
    path(f"{ONE}<uuid:who>/choose/", scenarios.choose, name="choose"),
]
urlpatterns = [path("<slug:programme>/matching/", include((PAGES, "matching")))]
