"""Where the pages about matching hang, under a programme."""

from django.urls import URLPattern, URLResolver, include, path

from mlezi.matching.views import concerns, identity, mine, people, records, rounds, scenarios
from mlezi.programmes.views import imports

ONE = "<uuid:uid>/<int:number>/"
MINE: list[URLPattern | URLResolver] = [
    path("", mine.mine, name="mine"),
    path("profile/", mine.about, name="about"),
    path("wishes/", mine.wishes, name="wishes"),
    path("record/", records.mine, name="my_record"),
    path("identity/", identity.mine, name="identity"),
    path("identity/withdraw/", identity.withdraw, name="identity_withdraw"),
    path("<uuid:uid>/accept/", mine.accept, name="accept"),
    path("<uuid:uid>/decline/", mine.decline, name="decline"),
    path("<uuid:uid>/rather-not/", mine.rather_not, name="rather_not"),
    path("<uuid:who>/concern/", mine.concern, name="concern"),
]
PAGES: list[URLPattern | URLResolver] = [
    path("", rounds.listing, name="rounds"),
    path("new/", rounds.new, name="new"),
    path("waiting/", people.waits, name="waiting"),
    path("mentors/", people.mentors, name="mentors"),
    path("people/<uuid:who>/", people.facts, name="facts"),
    path("people/<uuid:who>/leaves/", people.leaves, name="leaves"),
    path("records/", include(imports.routes("records"))),
    path("policy/", identity.policy, name="policy"),
    path("concerns/", concerns.listing, name="concerns"),
    path("concerns/<uuid:uid>/", concerns.close, name="concern_close"),
    path("mine/", include(MINE)),
    path("<uuid:uid>/", rounds.one, name="round"),
    path("<uuid:uid>/another/", rounds.another, name="another"),
    path("<uuid:uid>/equity/", identity.equity, name="equity"),
    path("<uuid:uid>/requests/", people.requests, name="requests"),
    path("<uuid:uid>/requests/<uuid:asked>/take-back/", people.take_back, name="take_back"),
    path(ONE, scenarios.one, name="scenario"),
    path(f"{ONE}pairs/", scenarios.pairs, name="pairs"),
    path(f"{ONE}certificate/", scenarios.certificate, name="certificate"),
    path(f"{ONE}stop/", scenarios.stop, name="stop"),
    path(f"{ONE}publish/", scenarios.publish, name="publish"),
    path(f"{ONE}<uuid:who>/", scenarios.person, name="person"),
    path(f"{ONE}<uuid:who>/choose/", scenarios.choose, name="choose"),
]
urlpatterns = [path("<slug:programme>/matching/", include((PAGES, "matching")))]
