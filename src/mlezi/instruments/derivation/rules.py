"""Rules that an answer may break, each with a sentence for people. A broken rule flags one field only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

RULES = {
    "not_a_date": _("This is not a date. The day was taken from another answer or left open."),
    "in_the_future": _("This day lies after the day the record arrived. The phone's clock may be wrong."),
    "too_long_ago": _("This day lies years before the record arrived or the programme began. Check the phone's clock."),
    "ends_before_start": _("It ended before it began. The end and the length by the clock were left open."),
    "not_a_time": _("This is not a time of day. It was left open."),
    "another_day": _(
        "The clock says another day than the date that was given. The date holds; the clock's times were left open."
    ),
    "too_many_minutes": _("This is longer than such a meeting can last. The length was left open."),
    "not_a_number": _("This is not a number that fits. It was left open."),
    "not_yes_or_no": _("This says neither yes nor no. It was left open."),
    "not_a_position": _("This is not a position on the earth. It was left out."),
    "next_before_this": _("The next date lies before this one, or years away. It was left open."),
    "due_before_this": _("This is due before the day it was agreed, or many years after. The due day was left open."),
    "unknown_place": _("No place with this code is known yet. The record is derived again when it is."),
    "unknown_person": _("No person with this id is known yet. The record is derived again when they are."),
    "unknown_type": _("No such type of encounter is declared in the blueprint."),
    "unknown_competency": _("No such competency is declared in the blueprint."),
    "no_such_level": _("This level is outside the competency's levels. The rating was left out."),
    "unknown_basis": _("This is not a basis that ratings know (patient, simulation, record, report)."),
    "unknown_reason": _("This is not a reason that is known (skill, equipment, staff, policy)."),
    "nobody_named": _("Nobody is named here, so nobody can be credited with it."),
    "no_place": _("No place is known for this record, so what it says of the site could not be kept."),
    "unknown_action": _("No agreed action with this id is known yet."),
    "may_name_patient": _("These words look like a patient's name or number. Look at the record, and ask for an edit."),
    "not_an_id": _("This is not an id that Mlezi gave out. It was left out."),
    "outside_scale": _("This answer does not lie on the scale of its question. It is kept, but not scored."),
}
