"""What can go wrong with texts, codebooks and codings."""

from mlezi.plumbing.problems import Problem


class NoSuchSource(Problem):
    status = 404
    code = "narratives.no_such_source"
    message = "There is no such text, or it is not yours to read."


class NotReleased(Problem):
    status = 403
    code = "narratives.not_released"
    message = "This text is not open for coding yet: somebody must first look at what it says about who people are."


class CannotReadDocument(Problem):
    status = 400
    code = "narratives.cannot_read_document"
    message = "{file} could not be read: {reason} {remedy}"


class NothingBroughtIn(Problem):
    status = 400
    code = "narratives.nothing_brought_in"
    message = "None of the files was brought in. Each says above why not."


class SourceExists(Problem):
    status = 409
    code = "narratives.source_exists"
    message = "The same words are here already as {label}. Nothing was added."


class BadSpan(Problem):
    status = 400
    code = "narratives.bad_span"
    message = "The marked piece {start}–{end} does not lie in the text of {length} characters. Mark it again."


class OldVersion(Problem):
    status = 409
    code = "narratives.old_version"
    message = "This text was changed to version {current} meanwhile. Load the page again; your codings came along."


class NoSuchCode(Problem):
    status = 400
    code = "narratives.no_such_code"
    message = "There is no code {code} in this programme's codebooks, or it is no longer used."


class NotAPair(Problem):
    status = 400
    code = "narratives.not_a_pair"
    message = "{qualifier} cannot stand beside {code}. Beside it may stand: {allowed}."


class UnknownValence(Problem):
    status = 400
    code = "narratives.unknown_valence"
    message = "A coding helps, hinders, both or neither; “{valence}” is none of these."


class NoSuchCoding(Problem):
    status = 404
    code = "narratives.no_such_coding"
    message = "There is no such coding of yours here."


class IdTaken(Problem):
    status = 409
    code = "narratives.id_taken"
    message = "Another coding has this identifier already. Load the page again and mark the piece once more."


class NothingToUndo(Problem):
    status = 409
    code = "narratives.nothing_to_undo"
    message = "There is nothing of yours to take back here."


class IsDone(Problem):
    status = 409
    code = "narratives.is_done"
    message = "You said that you are done with this text. Open it again before you change a coding."


class CannotReopen(Problem):
    status = 409
    code = "narratives.cannot_reopen"
    message = "All coders are done and see each other's codings. Differences are settled on the page of agreement."


class NotYetDone(Problem):
    status = 409
    code = "narratives.not_yet_done"
    message = "Codings stay hidden until every coder is done. Still reading: {waiting}."


class CodebookExists(Problem):
    status = 409
    code = "narratives.codebook_exists"
    message = "There is a codebook {code} already. Choose another code."


class NoSuchCodebook(Problem):
    status = 404
    code = "narratives.no_such_codebook"
    message = "There is no such codebook, or it is not yours to see."


class CodebookIsEmpty(Problem):
    status = 409
    code = "narratives.codebook_is_empty"
    message = "The codebook has no codes yet. Add one, then it can be passed on."


class CodebookIsShared(Problem):
    status = 403
    code = "narratives.codebook_is_shared"
    message = "{title} is shared and others code with it. Copy it into your programme and change the copy."


class CodeStandsThere(Problem):
    status = 409
    code = "narratives.code_stands_there"
    message = "A code {code} stands at this place of the tree already. Choose another short code; the name may repeat."


class CodeIsUsed(Problem):
    status = 409
    code = "narratives.code_is_used"
    message = "{n} codings use this code. Retire it: they stay, and nobody can choose it any more."


class MovesUnderItself(Problem):
    status = 400
    code = "narratives.moves_under_itself"
    message = "A code cannot stand under itself."


class MergesIntoItself(Problem):
    status = 400
    code = "narratives.merges_into_itself"
    message = "Choose another code of this codebook, one that does not stand under it."


class BothHold(Problem):
    status = 409
    code = "narratives.both_hold"
    message = "Both codes have one called {code} under them. Merge or move that one first."


class CodeNeedsName(Problem):
    status = 400
    code = "narratives.code_needs_name"
    message = "Give the new code a name, or choose one that is there."


class BadCodebookFile(Problem):
    status = 400
    code = "narratives.bad_codebook_file"
    message = "{file}, line {line}: {reason}"


class NotAProject(Problem):
    status = 400
    code = "narratives.not_a_project"
    message = "{file} is not a project that can be brought in: {reason}"


class ConsentMissing(Problem):
    status = 409
    code = "narratives.consent_missing"
    message = "Nobody wrote down that {labels} agreed. Say so first, or leave the text closed."


class LabelTaken(Problem):
    status = 409
    code = "narratives.label_taken"
    message = "Another participant is called {label} already."


class NoConsentLeft(Problem):
    status = 409
    code = "narratives.withdrawn"
    message = "This text was withdrawn and can no longer be coded."


class NotInstalled(Problem):
    status = 501
    code = "narratives.not_installed"
    message = "Suggestions need scikit-learn. Install Mlezi with its extra “narratives”."


class NotUnderstood(Problem):
    status = 400
    code = "narratives.not_understood"
    message = "The page sent something that could not be understood: {what}. Load it again."


class StillToDecide(Problem):
    status = 409
    code = "narratives.still_to_decide"
    message = "{n} pieces that may name somebody wait for your decision. Decide about each, then open the text."


class StillDiffers(Problem):
    status = 409
    code = "narratives.still_differs"
    message = "{n} differences are not settled yet, in: {books}. Decide about each first."


class NotInText(Problem):
    status = 400
    code = "narratives.not_in_text"
    message = "“{words}” does not stand in the text. Copy the words from it."
