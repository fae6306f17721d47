"""More of what the phone app says: at its door, in its settings, and when something does not work."""

from __future__ import annotations

from django.utils.translation import gettext as _


def all_of_them() -> tuple[dict[str, str], ...]:
    return door(), gone(), settings(), troubles(), reasons()


def door() -> dict[str, str]:
    return {
        "welcome": _("Welcome"),
        "welcome_lead": _(
            "Your coordinator gives you a code. With it this phone is yours; with a PIN nobody else reads it."
        ),
        "enrol_another": _("Add a person"),
        "enrol_go": _("Begin"),
        "back_to_people": _("Back"),
        "code_there": _("The code from the office is here."),
        "code_scan": _("Scan the code"),
        "code_type": _("Code or address from the office"),
        "code_hint": _("Paste it, or open the link with the phone's camera."),
        "code_missing": _("Scan or paste the code from the office first."),
        "no_camera": _("The camera cannot be used here. Paste the address instead."),
        "pin": _("Your PIN"),
        "pin_new": _("Choose a PIN"),
        "pin_hint": _("At least four digits, not 1234 or 0000. Nobody can look it up for you."),
        "pin_again": _("The same PIN again"),
        "pin_old": _("PIN until now"),
        "pin_differ": _("The two PINs are not the same."),
        "pin_changed": _("The PIN is changed."),
        "unlock": _("Unlock"),
        "unlock_go": _("Unlock"),
        "who_are_you": _("Who are you?"),
        "pin_forgotten": _("I forgot my PIN"),
        "pin_forgotten_why": _(
            "Ask your coordinator for a new code. With it you choose a new PIN; everything on the phone stays."
        ),
        "recover_go": _("Set the new PIN"),
        "export_locked_why": _("No signal either? Save what is unsent into a file that only the office can open."),
        "export_locked": _("Save a locked copy"),
    }


def gone() -> dict[str, str]:
    """At the door, when the browser has let go of what somebody had here."""
    return {
        "gone_title": _("Records are no longer on this phone"),
        "gone_why": _(
            "The browser emptied its storage: its data was cleared, or the phone was full. What had reached the "
            "office is safe there. When this phone was last open it held:"
        ),
        "gone_none": _("everything finished had reached the office"),
        "gone_copy": _(
            "Did you save a copy of what was unsent? It is a file called mlezi-unsent among the phone's downloads. "
            "Take it to the office."
        ),
        "gone_tell": _("Tell your coordinator. The office sees what this phone had still to send."),
        "gone_after": _("Then install the app and ask the phone to protect it, under Settings."),
        "gone_noted": _("I have taken note"),
        "gone_lead": _("To go on, ask your coordinator for a new code."),
    }


def settings() -> dict[str, str]:
    return {
        "set_language": _("Language"),
        "set_size": _("Size of the words"),
        "size_normal": _("Normal"),
        "size_large": _("Large"),
        "size_largest": _("Largest"),
        "set_device": _("This phone"),
        "set_person": _("Person"),
        "set_programme": _("Programme"),
        "set_phone": _("Phone's number at the office"),
        "set_used": _("Room used by Mlezi"),
        "set_free": _("Room left"),
        "set_kept": _("Protected from clearing"),
        "set_kept_yes": _("yes"),
        "set_kept_no": _("not yet"),
        "set_keep": _("Ask the phone to protect it"),
        "kept_yes": _("The phone promised to keep Mlezi's data."),
        "kept_no": _("The phone did not promise. Install the app, then ask again."),
        "set_last": _("Last complete exchange"),
        "set_pin": _("PIN"),
        "set_pin_change": _("Change the PIN"),
        "set_code": _("Code from the office"),
        "set_code_new": _("Enter a new code"),
        "set_code_why": _(
            "When the office has taken back this phone's code. What you hold stays and can then be sent."
        ),
        "set_code_go": _("Use the new code"),
        "set_code_done": _("The phone may send again."),
        "set_out": _("Sign out"),
        "set_out_none": _("Everything finished is at the office."),
        "set_out_why": _("Signing out locks this phone. What is unsent stays on it and leaves when you unlock again."),
        "set_out_go": _("Sign out"),
        "set_out_sure": _("Sign out? Your unsent work stays on this phone, locked with your PIN."),
        "set_version": _("Version {version}"),
    }


def troubles() -> dict[str, str]:
    """By the app's own reasons for not doing something."""
    return {
        "t_unknown": _("That did not work. Nothing is lost; try again."),
        "t_bad_code": _("This is not a code from the office. Ask for a new one."),
        "t_no_line": _("There is no connection to the office. Try again where there is a signal."),
        "t_turned_away": _("The office does not accept this code. Ask your coordinator for a new one."),
        "t_weak_pin": _("This PIN is too easy to guess. Use at least four digits, not in a row."),
        "t_wrong_pin": _("That is not the PIN."),
        "t_wait": _("Too many wrong PINs. Wait {n} min; what is on the phone stays."),
        "t_no_profile": _("This person is not on this phone. Scan their code first."),
        "t_open_elsewhere": _("This record is open in another window. Close it there first."),
        "t_no_form": _("The form is not on this phone. Fetch the forms where there is a signal."),
        "t_no_room": _("The phone is full: nothing more can be saved. Free some room now and do not close this page."),
        "t_not_ready": _("Some answers are still missing."),
        "t_not_draft": _("It is finished and can no longer be changed here."),
        "t_locked": _("The app was locked. Unlock it; everything is there."),
        "t_damaged": _("This record cannot be read on this phone. Save a copy and take it to the office."),
        "t_wrong_person": _("This code belongs to somebody else."),
        "t_emptied": _(
            "The browser emptied what this phone kept for you. What had reached the office is safe there. Ask your "
            "coordinator for a new code and add yourself again with the same PIN."
        ),
        "t_old_code": _("There is already a newer code for this phone. Use that one."),
    }


def reasons() -> dict[str, str]:
    """Why a record is not at the office yet."""
    return {
        "r_no_line": _("There was no connection; it is tried again by itself."),
        "r_slow": _("The connection was too slow; it is tried again in smaller steps."),
        "r_busy": _("The office was busy; it is tried again by itself."),
        "r_turned_away": _("The office no longer accepts this phone's code."),
        "r_too_large": _("A file is larger than the office takes. Save a copy and take it there."),
        "r_refused": _("The office could not take it in."),
        "r_different": _(
            "The office has another record under the same number. Save a copy; a person must look at both."
        ),
        "r_quarantine": _("The office has it, and somebody there must look at it."),
        "r_no_receipt": _("The office did not confirm what it stored; it is sent again."),
        "r_damaged": _("It cannot be read on this phone any more. Save a copy and take it to the office."),
    }
