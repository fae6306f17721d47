"""What goes along when two persons are merged: rows that people made. Derived rows are derived again.

Every foreign key to a person stands in one of the two tables; a test of the architecture says so.
"""

from __future__ import annotations

MOVED: tuple[tuple[str, str], ...] = (
    ("people.Post", "person"),
    ("people.Device", "person"),
    ("people.Consent", "person"),
    ("programmes.Enrolment", "person"),
    ("programmes.RoleAssignment", "person"),
    ("programmes.Share", "person"),
    ("programmes.Share", "shared_with"),
    ("pairing.Pairing", "guide"),
    ("pairing.Pairing", "learner"),
    ("encounters.PlannedEncounter", "lead"),
    ("surveys.Invitation", "person"),
    ("outcomes.Outcome", "person"),
    ("matching.Profile", "person"),
    ("matching.Profile", "line_manager"),
    ("matching.Terms", "person"),
    ("matching.Preference", "person"),
    ("matching.Preference", "other"),
    ("matching.RecordEntry", "person"),
    ("matching.Member", "person"),
    ("matching.Request", "mentee"),
    ("matching.Request", "mentor"),
    ("matching.Concern", "by"),
    ("matching.Concern", "about"),
    ("narratives.Participant", "person"),
    ("narratives.Coding", "coder"),
    ("narratives.Reading", "coder"),
    ("narratives.Memo", "author"),
    ("courses.OnRoster", "person"),
    ("courses.Certificate", "person"),
)

# Derived, and made again from submissions; or a trace of who did something, which stays as it was.
LEFT: frozenset[tuple[str, str]] = frozenset(
    {
        ("people.Account", "person"),  # moved by hand: one person has one account
        ("people.Merge", "kept"),
        ("people.Merge", "absorbed"),
        ("people.NotTheSame", "one"),
        ("people.NotTheSame", "other"),
        ("people.Person", "merged_into"),
        ("instruments.Submission", "sender"),
        ("instruments.Quarantined", "sender"),
        ("encounters.Encounter", "lead"),
        ("encounters.Attendance", "person"),
        ("encounters.Note", "author"),
        ("encounters.Note", "about"),
        ("competencies.Rating", "person"),
        ("competencies.Rating", "rater"),
        ("competencies.ItemResult", "person"),
        ("competencies.Score", "person"),
        ("goals.AgreedAction", "owner"),
        ("goals.ActionDecision", "decided_by"),
        ("resources.Practice", "person"),
        ("surveys.Filled", "person"),
        ("outcomes.Spell", "person"),
        ("matching.Choice", "mentee"),  # a scenario stays as it was worked out
        ("matching.Choice", "mentor"),
        ("matching.Proposal", "mentee"),
        ("matching.Proposal", "mentor"),
        ("matching.LeftOver", "mentee"),
        ("matching.Load", "mentor"),
        ("matching.IdentityPolicy", "signed_by"),
        ("pairing.Handover", "written_by"),
        ("evaluation.RatingSpell", "person"),
        ("evaluation.PersonMonth", "person"),
        ("evaluation.PersonYear", "person"),
        ("evaluation.PersonTotal", "person"),
        ("narratives.Step", "coder"),  # how far undo goes back
        ("narratives.Presence", "person"),  # forgotten after a minute
        ("narratives.Settlement", "decided_by"),
        ("narratives.Summary", "written_by"),
    }
)
