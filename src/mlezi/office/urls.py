"""Where the office's pages hang. Everything of a programme hangs under its code."""

from django.urls import path

from mlezi.office.views import decisions, districts, entering, figures, home, national, plan, records, styleguide, work

app_name = "office"
urlpatterns = [
    path("", home.page, name="start"),
    path("enter/<str:uid>/<str:token>/", entering.page, name="enter"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("<slug:programme>/", home.home, name="home"),
    path("<slug:programme>/search/", home.find, name="search"),
    path("<slug:programme>/districts/", districts.index, name="districts"),
    path("<slug:programme>/districts/<str:code>/", districts.page, name="district"),
    path("<slug:programme>/districts/<str:code>/brief.pdf", districts.printed_brief, name="brief"),
    path("<slug:programme>/facilities/", districts.facilities, name="facilities"),
    path("<slug:programme>/facilities/<str:code>/", records.facility_page, name="facility"),
    path("<slug:programme>/figures/", figures.index, name="figures"),
    path("<slug:programme>/figures/<slug:code>/", figures.page, name="figure"),
    path("<slug:programme>/person/<uuid:uid>/", records.person_page, name="person"),
    path("<slug:programme>/person/<uuid:uid>/competency/<int:competency>/", records.competency, name="competency"),
    path("<slug:programme>/encounters/", work.encounters, name="encounters"),
    path("<slug:programme>/encounters/<uuid:uid>/", records.encounter_page, name="encounter"),
    path("<slug:programme>/records/<uuid:uid>/", records.record_page, name="record"),
    path("<slug:programme>/records/<uuid:uid>/bytes", records.record_bytes, name="record_bytes"),
    path("<slug:programme>/actions/", work.actions, name="actions"),
    path("<slug:programme>/actions/<uuid:uid>/", decisions.action, name="action"),
    path("<slug:programme>/actions/<uuid:uid>/decide", decisions.action_decided, name="decide_action"),
    path("<slug:programme>/needs/", work.needs_list, name="needs"),
    path("<slug:programme>/needs/<uuid:uid>/", decisions.need, name="need"),
    path("<slug:programme>/needs/<uuid:uid>/decide", decisions.need_decided, name="decide_need"),
    path("<slug:programme>/mine/", work.mine, name="mine"),
    path("<slug:programme>/me/", work.me, name="me"),
    path("<slug:programme>/me/card/", work.card, name="card"),
    path("<slug:programme>/desk/", work.desk_page, name="desk"),
    path("<slug:programme>/desk/due/", work.due_list, name="due"),
    path("<slug:programme>/national/", national.page, name="national"),
    path("<slug:programme>/national/lock", national.locked, name="lock"),
    path("<slug:programme>/reports/", national.reports, name="reports"),
    path("<slug:programme>/plan/", plan.page, name="plan"),
    path("<slug:programme>/plan/fill", plan.fill, name="plan_fill"),
    path("<slug:programme>/plan/add/<str:code>", plan.add, name="plan_add"),
    path("<slug:programme>/plan/<uuid:uid>/change", plan.change, name="plan_change"),
    path("<slug:programme>/plan/<uuid:uid>/cancel", plan.cancel, name="plan_cancel"),
    path("<slug:programme>/plan/<uuid:uid>/spend", plan.spend, name="plan_spend"),
    path("<slug:programme>/plan/visits.ics", plan.calendar, name="calendar"),
    path("<slug:programme>/plan/costs/", plan.costed, name="costs"),
]
