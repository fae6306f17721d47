"""Why somebody is turned away at the phones' door. Shown on the phone."""

from mlezi.plumbing.problems import Problem


class TurnedAway(Problem):
    """Not let in. The phone keeps what it holds."""

    status = 403
    code = "openrosa.turned_away"
    message = "You are not let in here."


class Challenge(TurnedAway):
    """Name and password are missing or wrong: the phone asks for them."""

    status = 401
    code = "openrosa.challenge"
    message = "Please give your user name and password."


class TooMany(TurnedAway):
    status = 403
    code = "openrosa.too_many"
    message = "Too many wrong passwords. Wait five minutes; your records stay on the phone."


class SecondFactor(TurnedAway):
    status = 403
    code = "openrosa.second_factor"
    message = "Your account asks for a code besides the password. Let the coordinator enrol this phone by QR code."


class NotPrivate(TurnedAway):
    status = 403
    code = "openrosa.not_private"
    message = "Passwords are taken over https only. Change the server address to one that begins with https."


class UnknownToken(TurnedAway):
    status = 403
    code = "openrosa.unknown_token"
    message = "This phone is not known here. Ask the coordinator for a new QR code; your records stay on the phone."


class Revoked(TurnedAway):
    status = 403
    code = "openrosa.revoked"
    message = "This phone was signed off. Ask the coordinator for a new QR code; your records stay on the phone."


class NoPart(TurnedAway):
    status = 403
    code = "openrosa.no_part"
    message = "You have no part in this programme that fills in forms. Ask the coordinator; your records stay here."


class UnknownHost(Problem):
    status = 400
    code = "openrosa.unknown_host"
    message = (
        "This server does not answer to the address {host}. Whoever looks after it adds that name to the setting "
        "MLEZI_HOSTS and starts Mlezi again; your records stay on the phone."
    )


class TooLarge(Problem):
    status = 413
    code = "openrosa.too_large"
    message = "This is more than {limit} MB at once. Send fewer files at a time; your record stays on the phone."


class CutOff(Problem):
    """Fewer bytes came than were announced: the line broke. Nothing is lost, the phone sends it again."""

    status = 400
    code = "openrosa.cut_off"
    message = "The connection broke off before everything was here. Send it again."


class NoRoom(Problem):
    status = 503
    code = "openrosa.no_room"
    message = "The server's disk is full or cannot be written. Tell your coordinator; your record stays on the phone."


class Busy(Problem):
    status = 503
    code = "openrosa.busy"
    message = "The server is busy. Your record stays on the phone; send it again in a minute."


class NotHere(Problem):
    status = 404
    code = "openrosa.not_here"
    message = "There is no such form or file here. Fetch the list of forms again."


class OldCode(Problem):
    status = 422
    code = "openrosa.old_code"
    message = "This code is older than a day. Ask the coordinator for a new QR code, then choose a new PIN."


class NotSealedForUs(Problem):
    status = 422
    code = "openrosa.not_sealed_for_us"
    message = "This phone's records were locked for another person or another server, and cannot be opened here."


class NotAnExport(Problem):
    status = 422
    code = "openrosa.not_an_export"
    message = (
        "This is not a whole file of unsent records. Copy it from the phone again; nothing of it was taken in, and the"
        " phone still holds its records."
    )


class OtherProgramme(Problem):
    status = 422
    code = "openrosa.other_programme"
    message = "This file holds records of the programme {theirs}, not of {ours}. Take it in there."


class DamagedRecord(Problem):
    """Said of one record; the others of the file are taken in."""

    status = 422
    code = "openrosa.damaged_record"
    message = "{where} is damaged in this file. Send this record from the phone, or copy the file again."


class NoSuchFiller(Problem):
    status = 422
    code = "openrosa.no_such_filler"
    message = "Choose somebody who fills in forms in this programme. Give them the role of mentor first, if needed."
