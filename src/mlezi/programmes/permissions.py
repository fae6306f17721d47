"""Who may do and see what: one table. `docs/reference/permissions.md` is made from it.

Doors ask `may`; queries ask `scope_of`. A role's `sees` are permissions to read and `does` to change,
over the part of the tree the role was given for. What a role may about the people it guides stands in
`of_guided`; what everybody may about themselves in `ABOUT_ONESELF`.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """One thing that somebody may see or do. The value stands in the reference page."""

    # --- see ---
    SEE_COUNTS = "see counts and shares"  # aggregates with small groups hidden
    SEE_PLACES = "see places and their readiness"
    SEE_PEOPLE = "see people, their posts and contacts"
    SEE_ENCOUNTERS = "see that an encounter was held: who, where, when, topics"
    SEE_COACHING = "see what was said and noted in coaching"
    SEE_RATINGS = "see a named person's ratings"
    SEE_ACTIONS = "see agreed actions"
    SEE_NEEDS = "see equipment and other needs"
    SEE_SUBMISSIONS = "see the form records behind a figure"
    SEE_COSTS = "see planned and actual costs"
    SEE_TRUST = "see implausible records and sample checks"
    SEE_AUDIT = "see who did what"
    READ_TEXTS = "read interviews and open answers, identifiers taken out"
    READ_ORIGINALS = "read interviews and open answers as they came"
    READ_CONCERNS = "read what was reported in confidence"
    SEE_STUDIES = "see the reports of studies"
    SEE_STUDY_RECORDS = "see a study's frozen records, under keys instead of names"
    # --- do ---
    LOG_ENCOUNTERS = "log encounters and fill in forms"
    DECIDE_ACTIONS = "mark agreed actions done or dropped"
    DECIDE_NEEDS = "mark needs as met"
    MANAGE_PEOPLE = "add, move, merge and enrol people"
    MANAGE_PLACES = "add and import places"
    MANAGE_PAIRINGS = "say who mentors whom"
    MANAGE_FORMS = "publish and close forms"
    MANAGE_DEVICES = "enrol and revoke phones"
    RESOLVE_QUARANTINE = "resolve records that could not be read"
    PLAN_VISITS = "plan visits"
    CORRECT_ENCOUNTERS = "correct what was recorded of an encounter, or say that it never took place"
    CONFIRM_SAMPLE = "confirm sampled encounters with the facility"
    LOCK_REPORTS = "lock a report as reported"
    DESIGN_STUDIES = "design studies and freeze their data"
    IMPORT_FIGURES = "import facility figures"
    CODE_TEXTS = "code the texts one may read"
    KEEP_TEXTS = "bring in texts, take identifiers out, keep codebooks, settle codings"
    MANAGE_PROGRAMME = "apply blueprints and assign roles"


P = Permission

# Coaching stays with the pair: a person, and whoever guides them now. Others only when the person shares it.
ABOUT_ONESELF = frozenset(
    {P.SEE_PEOPLE, P.SEE_ENCOUNTERS, P.SEE_COACHING, P.SEE_RATINGS, P.SEE_ACTIONS, P.DECIDE_ACTIONS}
)
SHAREABLE = frozenset({P.SEE_RATINGS, P.SEE_COACHING})


class Role:
    """A role somebody holds in a programme over a part of the tree."""

    code: str
    title: str
    sentence: str
    sees: frozenset[Permission] = frozenset()
    does: frozenset[Permission] = frozenset()
    of_guided: frozenset[Permission] = frozenset()

    @classmethod
    def allows(cls, permission: Permission) -> bool:
        return permission in cls.sees or permission in cls.does


class Mentee(Role):
    code = "mentee"
    title = "Mentee"
    sentence = "Is mentored. Sees their own progress, agreements and next visit, and nobody else's."
    does = frozenset({P.LOG_ENCOUNTERS})


class Mentor(Role):
    code = "mentor"
    title = "Mentor"
    sentence = "Visits, coaches and rates the people they mentor, and sees those people's records."
    sees = frozenset({P.SEE_PLACES, P.SEE_NEEDS})
    does = frozenset({P.LOG_ENCOUNTERS, P.CODE_TEXTS})
    of_guided = ABOUT_ONESELF


class Coordinator(Role):
    code = "coordinator"
    title = "Coordinator"
    sentence = "Keeps people, places, forms, phones and the visit plan in order; does not read coaching notes."
    sees = frozenset(
        {
            P.SEE_COUNTS,
            P.SEE_PLACES,
            P.SEE_PEOPLE,
            P.SEE_ENCOUNTERS,
            P.SEE_ACTIONS,
            P.SEE_NEEDS,
            P.SEE_SUBMISSIONS,
            P.SEE_TRUST,
            P.SEE_COSTS,
        }
    )
    does = frozenset(
        {
            P.LOG_ENCOUNTERS,
            P.DECIDE_ACTIONS,
            P.DECIDE_NEEDS,
            P.MANAGE_PEOPLE,
            P.MANAGE_PLACES,
            P.MANAGE_PAIRINGS,
            P.MANAGE_FORMS,
            P.MANAGE_DEVICES,
            P.RESOLVE_QUARANTINE,
            P.PLAN_VISITS,
            P.CORRECT_ENCOUNTERS,
            P.CONFIRM_SAMPLE,
            P.IMPORT_FIGURES,
        }
    )


class Overseer(Role):
    code = "overseer"
    title = "Overseer (District Medical Officer)"
    sentence = (
        "Oversees a district: coverage, readiness, progress by topic, needs and actions; no named person's ratings."
    )
    sees = frozenset(
        {
            P.SEE_COUNTS,
            P.SEE_PLACES,
            P.SEE_PEOPLE,
            P.SEE_ENCOUNTERS,
            P.SEE_ACTIONS,
            P.SEE_NEEDS,
            P.SEE_TRUST,
            P.SEE_COSTS,
        }
    )
    does = frozenset({P.DECIDE_NEEDS, P.CONFIRM_SAMPLE})


class ProgrammeManager(Role):
    code = "manager"
    title = "Programme manager"
    sentence = "Runs the programme: all that a coordinator may, and blueprints, roles and locked reports."
    sees = Coordinator.sees | {P.SEE_AUDIT, P.READ_CONCERNS, P.SEE_STUDIES}
    does = Coordinator.does | {P.MANAGE_PROGRAMME, P.LOCK_REPORTS, P.DESIGN_STUDIES}


class NationalOfficer(Role):
    code = "national"
    title = "National officer"
    sentence = "Sees every region's counts and shares against targets, and locks reports; no person's record."
    sees = frozenset({P.SEE_COUNTS, P.SEE_PLACES, P.SEE_NEEDS, P.SEE_COSTS, P.SEE_STUDIES})
    does = frozenset({P.LOCK_REPORTS})


class Evaluator(Role):
    code = "evaluator"
    title = "Evaluator"
    sentence = "Studies the programme from counts and de-identified data; sees no names."
    sees = frozenset({P.SEE_COUNTS, P.SEE_PLACES, P.SEE_NEEDS, P.SEE_TRUST, P.SEE_STUDIES, P.SEE_STUDY_RECORDS})
    does = frozenset({P.DESIGN_STUDIES})


class Interviewer(Role):
    code = "interviewer"
    title = "Interviewer"
    sentence = (
        "Keeps interviews and open answers: brings them in, takes identifiers out, keeps codebooks, codes, settles."
    )
    sees = frozenset({P.SEE_COUNTS, P.SEE_PLACES, P.SEE_NEEDS, P.READ_TEXTS, P.READ_ORIGINALS})
    does = frozenset({P.CODE_TEXTS, P.KEEP_TEXTS})


class Coder(Role):
    code = "coder"
    title = "Coder"
    sentence = "Reads and codes interviews and open answers from which identifiers were taken out; sees no names."
    sees = frozenset({P.SEE_COUNTS, P.READ_TEXTS})
    does = frozenset({P.CODE_TEXTS})


class Administrator(Role):
    code = "administrator"
    title = "Administrator"
    sentence = (
        "Keeps the installation running: accounts, roles, devices, the record of who did what; no coaching content."
    )
    sees = frozenset({P.SEE_PLACES, P.SEE_PEOPLE, P.SEE_AUDIT})
    does = frozenset({P.MANAGE_PEOPLE, P.MANAGE_PLACES, P.MANAGE_DEVICES, P.MANAGE_PROGRAMME})


ROLES: dict[str, type[Role]] = {
    role.code: role
    for role in (
        Mentee,
        Mentor,
        Coordinator,
        Overseer,
        ProgrammeManager,
        NationalOfficer,
        Evaluator,
        Interviewer,
        Coder,
        Administrator,
    )
}
