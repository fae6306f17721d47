"""Every sentence the phone app says, in the language spoken now. `{n}` and the like are filled in on the phone.

A sentence about a number comes twice, as `name_one` and `name_other`; the phone picks. What questions of a
form say is shared with the web form.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mlezi.field import sayings
from mlezi.instruments import filling


def words() -> dict[str, str]:
    numbers = {f"{name}_{form}": say(n) for name, say in NUMBERS.items() for form, n in (("one", 1), ("other", 2))}
    parts = (filling.words(), frame(), day(), visits(), records(), guidance(), numbers)
    return {name: text for part in (*parts, *sayings.all_of_them()) for name, text in part.items()}


NUMBERS: dict[str, Callable[[int], str]] = {
    "why_quiet": lambda n: ngettext("not met for {n} day", "not met for {n} days", n),
    "why_recheck": lambda n: ngettext("{n} re-check due", "{n} re-checks due", n),
    "why_overdue": lambda n: ngettext("{n} action overdue", "{n} actions overdue", n),
    "days_ago": lambda n: ngettext("{n} day ago", "{n} days ago", n),
    "in_days": lambda n: ngettext("in {n} day", "in {n} days", n),
    "open_actions": lambda n: ngettext("{n} open action", "{n} open actions", n),
    "minutes": lambda n: ngettext("{n} minute", "{n} minutes", n),
    "n_open": lambda n: ngettext("{n} form open", "{n} forms open", n),
    "n_waiting": lambda n: ngettext("{n} to send", "{n} to send", n),
    "state_unsent": lambda n: ngettext("{n} to send", "{n} to send", n),
    "u_left": lambda n: ngettext("{n} record is only on this phone", "{n} records are only on this phone", n),
    "u_sent_n": lambda n: ngettext("{n} record arrived at the office.", "{n} records arrived at the office.", n),
    "u_more": lambda n: ngettext("Show {n} more", "Show {n} more", n),
    "gone_left": lambda n: ngettext(
        "{n} record had not reached the office", "{n} records had not reached the office", n
    ),
    "gone_drafts": lambda n: ngettext("{n} was not finished", "{n} were not finished", n),
    "files": lambda n: ngettext("{n} file", "{n} files", n),
    "files_left": lambda n: ngettext("{n} file still to send.", "{n} files still to send.", n),
    "set_out_left": lambda n: ngettext(
        "{n} record has not reached the office yet.", "{n} records have not reached the office yet.", n
    ),
}


def frame() -> dict[str, str]:
    return {
        "app": _("Mlezi"),
        "skip": _("Skip to content"),
        "tabs": _("Screens"),
        "tab_today": _("Today"),
        "tab_visits": _("Visits"),
        "tab_people": _("People"),
        "tab_unsent": _("Unsent"),
        "tab_guidance": _("Guidance"),
        "tab_settings": _("Settings"),
        "state_offline": _("No signal"),
        "state_sending": _("Sending …"),
        "state_all_sent": _("All sent"),
        "update_there": _("A newer version of the app is ready. What you have written stays."),
        "update_now": _("Use it now"),
        "install_why": _(
            "Install Mlezi on this phone: it then opens without a signal, and the phone keeps its records."
        ),
        "install": _("Install"),
        "tight": _("The phone is almost full. Free some room before you begin a form, or nothing more can be saved."),
        "needs_code": _("The office no longer accepts this phone's code. Go on working; ask for a new code to send."),
        "needs_code_go": _("Enter a new code"),
        "choose": _("choose"),
        "stop": _("Stop"),
    }


def day() -> dict[str, str]:
    return {
        "day_none": _("What you need for the day arrives with the first connection."),
        "fetch_now": _("Fetch it now"),
        "day_from": _("As of {when}"),
        "made_up": _("Made-up data: the facilities are real, the people and visits are invented."),
        "begun": _("Not finished"),
        "planned": _("Planned"),
        "who_needs_me": _("Who needs me"),
        "no_mentees": _("Nobody is paired with you yet."),
        "begin": _("Begin"),
        "visit": _("Visit"),
        "why_never": _("never met"),
        "met_lately": _("met {when}"),
        "day_today": _("today"),
        "day_yesterday": _("yesterday"),
        "day_tomorrow": _("tomorrow"),
        "km_away": _("{n} km"),
        "last_visit": _("visited {when}"),
        "never_visited": _("never visited"),
        "no_facility": _("Facility not known"),
        "no_day": _("no day"),
        "overdue": _("overdue"),
        "by_distance": _("Nearest first"),
        "by_need": _("Most in need first"),
        "made_here": _("new on this phone"),
        "person_new": _("New mentee"),
        "never": _("never"),
    }


def visits() -> dict[str, str]:
    return {
        "visit_new": _("Begin a visit"),
        "visit_kind": _("What kind of meeting?"),
        "visit_where": _("Which facility? Type a few letters."),
        "visits_here": _("On this phone"),
        "visits_before": _("Before"),
        "other_forms": _("Forms"),
        "only_collect": _("only in ODK Collect"),
        "all_at_office": _("all at the office"),
        "did_not_happen": _("did not take place"),
        "no_visit_form": _("No form for a visit is on this phone yet. Fetch the forms first."),
        "no_such_visit": _("This visit is not on this phone."),
        "visit_people": _("Mentees"),
        "nobody_there": _("No mentee of this facility is on your list."),
        "person_more": _("Somebody of another facility"),
        "own_view": _("Their own view"),
        "fill_in": _("Fill in"),
        "visit_more": _("Also from this visit"),
        "before_leaving": _("Before you leave"),
        "still_open": _("Still open: {what}."),
        "all_done_here": _("Everything begun here is finished."),
        "see_summary": _("Summary to show or share"),
        "summary": _("Summary"),
        "summary_none": _("Fill in the visit's first form; its summary then stands here."),
        "share": _("Share"),
        "print": _("Print"),
        "copied": _("Copied. Paste it into a message."),
        "sum_topics": _("Topics"),
        "sum_people": _("Who took part"),
        "sum_needs_clinical": _("Clinical equipment missing"),
        "sum_needs_learning": _("Equipment for learning missing"),
        "sum_needs_staff": _("Staff missing"),
        "sum_needs_supplies": _("Supplies that ran out"),
        "sum_actions": _("Agreed"),
        "sum_next": _("Next visit"),
        "sum_foot": _("Mentor: {name}"),
        "by_day": _("by {day}"),
        "hand_to": _("Now hand the phone to {name}."),
        "hand_promise": _(
            "{name}, these questions are yours to answer. {mentor} does not see your answers on this phone; "
            "it locks itself when you are done."
        ),
        "hand_begin": _("I am {name}: begin"),
        "hand_stop": _("Stop without answering"),
        "hand_stop_sure": _("Stop? What you answered is deleted."),
        "thank_you": _("Thank you."),
        "give_back": _("Your answers are safe and hidden. Give the phone back to {name}."),
        "finish": _("Finish"),
        "finishing": _("Finishing …"),
        "finished_sending": _("Finished. It is on its way to the office."),
        "finished_kept": _("Finished and kept. It leaves by itself when there is a signal."),
        "look_over_here": _("Look over and finish"),
        "all_there_here": _(
            "Everything that must be answered is answered. After finishing, it can no longer be changed here."
        ),
        "still_missing_here": _("Before you can finish, these need an answer or a correction:"),
    }


def records() -> dict[str, str]:
    return {
        "s_draft": _("not finished"),
        "s_finalised": _("waits for a signal"),
        "s_sending": _("on its way"),
        "s_acknowledged": _("at the office"),
        "s_parked": _("needs attention"),
        "s_gone": _("no longer on this phone"),
        "u_left_why": _(
            "They leave by themselves when there is a signal. Do not clear the browser's data before that."
        ),
        "u_all_sent": _("Everything is at the office"),
        "u_all_sent_why": _("Nothing would be lost if this phone were lost now, except drafts."),
        "u_last": _("Last complete exchange: {when}"),
        "u_send": _("Send now"),
        "u_nothing_to_send": _("Nothing waits to be sent."),
        "u_parked": _("Needs attention"),
        "u_waiting": _("Waits to be sent"),
        "u_drafts": _("Not finished"),
        "u_sent": _("At the office"),
        "u_none_sent": _("Nothing sent lately."),
        "u_copy": _("Another way out"),
        "u_copy_why": _("Save everything unsent into one file and take it to the office by cable, card or message."),
        "u_copy_go": _("Save a copy"),
        "u_retry": _("Try again"),
        "u_unreadable": _("A record that cannot be read"),
    }


def guidance() -> dict[str, str]:
    return {
        "g_lead": _("Keep what you need while there is a signal; read it where there is none."),
        "g_kept": _("On this phone: {n}, together {size}."),
        "g_none": _("This programme offers no guidance yet."),
        "g_general": _("For every visit"),
        "g_keep": _("Keep on this phone ({size})"),
        "g_renew": _("Fetch the newer one ({size})"),
        "g_drop": _("Remove"),
        "g_open": _("Open"),
        "g_open_with": _("Open with another app"),
        "g_given": _("Handed over."),
        "g_here": _("on this phone"),
        "g_not_here": _("It is not on this phone yet."),
        "g_text": _("to read"),
        "g_audio": _("to listen to"),
        "g_video": _("to watch"),
        "g_image": _("a picture"),
        "g_pdf": _("a document"),
        "g_file": _("a file"),
    }
