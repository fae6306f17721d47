"""Every cell of who sees what: declared here by hand, compared with the code's table and with what queries give.

R everything in the role's part of the tree, G oneself and whom one guides, O oneself, - nothing.
The columns: mentee, mentor, coordinator, overseer, manager, national officer, evaluator,
interviewer, coder, administrator.
"""

from datetime import date

import pytest

from mlezi.pairing import actions as pairs
from mlezi.pairing import queries as pairing
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.queries import visible_to
from mlezi.programmes import matrix, queries
from mlezi.programmes.matrix import Reach
from mlezi.programmes.models import RoleAssignment
from mlezi.programmes.permissions import ROLES, Permission
from mlezi.testing import cast
from mlezi.testing.cast import MORNING, START

DAY, AFTER = date(2026, 3, 2), date(2026, 3, 3)
CODES = ("mentee", "mentor", "coordinator", "overseer", "manager", "national", "evaluator", "interviewer", "coder",
         "administrator")  # fmt: skip
EXPECTED = """
SEE_COUNTS          - - R R R R R R R -
SEE_PLACES          - R R R R R R R - R
SEE_PEOPLE          O G R R R O O O O R
SEE_ENCOUNTERS      O G R R R O O O O O
SEE_COACHING        O G O O O O O O O O
SEE_RATINGS         O G O O O O O O O O
SEE_ACTIONS         O G R R R O O O O O
SEE_NEEDS           - R R R R R R R - -
SEE_SUBMISSIONS     - - R - R - - - - -
SEE_COSTS           - - R R R R - - - -
SEE_TRUST           - - R R R - R - - -
SEE_AUDIT           - - - - R - - - - R
READ_TEXTS          - - - - - - - R R -
READ_ORIGINALS      - - - - - - - R - -
READ_CONCERNS       - - - - R - - - - -
SEE_STUDIES         - - - - R R R - - -
SEE_STUDY_RECORDS   - - - - - - R - - -
DESIGN_STUDIES      - - - - R - R - - -
LOG_ENCOUNTERS      R R R - R - - - - -
DECIDE_ACTIONS      O G R O R O O O O O
DECIDE_NEEDS        - - R R R - - - - -
MANAGE_PEOPLE       - - R - R - - - - R
MANAGE_PLACES       - - R - R - - - - R
MANAGE_PAIRINGS     - - R - R - - - - -
MANAGE_FORMS        - - R - R - - - - -
MANAGE_DEVICES      - - R - R - - - - R
RESOLVE_QUARANTINE  - - R - R - - - - -
PLAN_VISITS         - - R - R - - - - -
CORRECT_ENCOUNTERS  - - R - R - - - - -
CONFIRM_SAMPLE      - - R R R - - - - -
LOCK_REPORTS        - - - - R R - - - -
IMPORT_FIGURES      - - R - R - - - - -
CODE_TEXTS          - R - - - - - R R -
KEEP_TEXTS          - - - - - - - R - -
MANAGE_PROGRAMME    - - - - R - - - - R
"""
SIGNS = {"R": Reach.PLACES, "G": Reach.GUIDED, "O": Reach.ONESELF, "-": Reach.NOTHING}
CELLS = [
    (code, Permission[line.split()[0]], SIGNS[sign])
    for line in EXPECTED.strip().splitlines()
    for code, sign in zip(CODES, line.split()[1:], strict=True)
]


def test_the_declared_table_has_every_cell():
    assert {(code, permission) for code, permission, _ in CELLS} == {(code, p) for code in ROLES for p in Permission}


@pytest.mark.parametrize(("code", "permission", "expected"), CELLS, ids=lambda value: getattr(value, "name", value))
def test_the_page_says_what_is_declared(code, permission, expected):
    assert matrix.reach(ROLES[code], permission) is expected


@pytest.fixture
def somebody(world):
    """A person without a role, who guides Baraka (in Nyamagana) and whom nobody guides."""
    person = cast.person("Grace", at=world.igoma)
    pairs.pair(guide=person, learner=world.baraka, programme=world.programme, on=START, by=world.chiku, at=MORNING)
    return person


def hold(world, person, code, **changes):
    facts = {"programme": world.programme, "place": world.nyamagana, "from_on": START, **changes}
    return RoleAssignment.objects.create(person=person, role=code, **facts)


@pytest.mark.parametrize("code", CODES)
def test_scopes_reach_as_far_as_declared_and_no_further(world, somebody, code):
    """Over Nyamagana: every permission, against places, people, pairs, another district, programme and day."""
    hold(world, somebody, code, to_on=DAY)
    for _, permission, expected in (cell for cell in CELLS if cell[0] == code):
        scope = queries.scope_of(somebody, permission, programme=world.programme, on=DAY)
        persons = {Reach.ONESELF: {somebody.pk}, Reach.GUIDED: {somebody.pk, world.baraka.pk}}

        reaches = {place.code for place in visible_to(scope)}
        assert reaches == ({"NYA", "IGO"} if expected is Reach.PLACES else set()), permission
        if expected in persons:
            assert scope.persons == persons[expected], permission
        seen = {person.name for person in queries.participants(scope, world.programme, on=DAY)}
        assert seen == people_of(expected, permission, code), permission
        pairs_seen = pairing.visible_to(scope, world.programme).count()
        assert pairs_seen == (1 if expected in (Reach.PLACES, Reach.GUIDED) or scope.persons else 0), permission

        assert queries.may(somebody, permission, programme=world.programme, on=DAY) is (expected is not Reach.NOTHING)
        for elsewhere in (world.magu, world.mwanza, world.elsewhere):
            assert not queries.may(somebody, permission, programme=world.programme, place=elsewhere, on=DAY)
        assert queries.scope_of(somebody, permission, programme=world.other, on=DAY).sees_nothing
        assert queries.scope_of(somebody, permission, programme=world.programme, on=AFTER).sees_nothing


def people_of(reach, permission, code):
    """Who of the cast works in Nyamagana, or is oneself, or is guided; Eliya's role lies there."""
    if reach is Reach.PLACES:
        return {"Amina", "Baraka", "Eliya", "Grace"}
    if reach is Reach.GUIDED:
        return {"Grace", "Baraka"}
    return {"Grace"} if reach is Reach.ONESELF else set()


@pytest.mark.parametrize("code", CODES)
def test_coaching_and_ratings_stay_with_the_pair_whatever_the_role(world, somebody, code):
    """Amina works in the district and is guided by nobody here: no role opens her coaching or ratings."""
    hold(world, somebody, code)
    for permission in (Permission.SEE_COACHING, Permission.SEE_RATINGS):
        assert not queries.may(somebody, permission, programme=world.programme, about=world.amina, on=DAY)
        assert queries.may(somebody, permission, programme=world.programme, about=world.baraka, on=DAY) is (
            code == "mentor"
        )


@pytest.mark.parametrize("code", CODES)
def test_a_role_over_every_programme_reaches_each_in_its_own_part(world, somebody, code):
    hold(world, somebody, code, programme=None, place=None)
    for programme, root in ((world.programme, world.mwanza), (world.other, world.zambia)):
        for _, permission, expected in (cell for cell in CELLS if cell[0] == code):
            scope = queries.scope_of(somebody, permission, programme=programme, on=DAY)
            inside = set(Place.objects.filter(path__gte=root.path, path__lt=root.path_to))
            assert set(visible_to(scope)) == (inside if expected is Reach.PLACES else set())


def test_nobody_without_a_role_sees_anything(world, somebody):
    assert Person.objects.filter(pk=somebody.pk).exists()
    for permission in Permission:
        assert queries.scope_of(somebody, permission, programme=world.programme, on=DAY).sees_nothing
