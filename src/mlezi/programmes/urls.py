"""Where the pages about places, people and roles hang, under a programme."""

from django.urls import include, path

from mlezi.programmes.views import accounts, imports, merging, people, places, roles, sharing

PLACES = [
    path("", places.listing, name="list"),
    path("new/", places.add, name="add"),
    path("outlines/", places.draw, name="outlines"),
    *imports.routes("places"),
    path("<str:code>/", places.place, name="place"),
    path("<str:code>/edit/", places.edit, name="edit"),
    path("<str:code>/move/", places.move, name="move"),
    path("<str:code>/close/", places.close, name="close"),
    path("<str:code>/reopen/", places.reopen, name="reopen"),
    path("<str:code>/join/", places.join, name="join"),
    path("<str:code>/leave/", places.leave, name="leave"),
]
PEOPLE = [
    path("", people.listing, name="list"),
    path("new/", people.add, name="add"),
    *imports.routes("people"),
    path("look-alikes/", merging.listing, name="duplicates"),
    path("look-alikes/<uuid:kept>/<uuid:absorbed>/", merging.compare, name="compare"),
    path("merges/<int:merge>/undo/", merging.undo, name="unmerge"),
    path("<uuid:uid>/edit/", people.edit, name="edit"),
    path("<uuid:uid>/keep/", people.person, name="person"),
    path("<uuid:uid>/transfer/", people.transfer, name="transfer"),
    path("<uuid:uid>/leave/", people.leave, name="leave"),
    path("<uuid:uid>/back/", people.come_back, name="come_back"),
    path("<uuid:uid>/enrol/", people.enrol, name="enrol"),
    path("<uuid:uid>/end/", people.end, name="end"),
    path("<uuid:uid>/link/", accounts.link, name="link"),
    path("<uuid:uid>/account/close/", accounts.close, name="close_account"),
    path("<uuid:uid>/account/reopen/", accounts.reopen, name="reopen_account"),
]
ROLES = [
    path("roles/", roles.listing, name="roles"),
    path("roles/new/", roles.assign, name="assign"),
    path("roles/end/", roles.end, name="end_role"),
    path("roles/who-sees-what/", roles.who_sees_what, name="who_sees_what"),
    path("shares/", sharing.page, name="shares"),
    path("shares/<int:share>/withdraw/", sharing.withdraw, name="withdraw"),
]
urlpatterns = [
    path("<slug:programme>/places/", include((PLACES, "places"))),
    path("<slug:programme>/people/", include((PEOPLE, "people"))),
    path("<slug:programme>/", include((ROLES, "programmes"))),
]
