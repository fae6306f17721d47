"""S06, identity in matching, played from outside: a policy is signed, people answer, and nobody else can read it.

Reconstructed: the source gives shares of groups (33 % of residents women), not people. Here 4 of 12 mentees and 2 of 6
mentors say that they are women, which is that share.
"""

import csv
import re
import shutil
import urllib.parse
import zipfile
from datetime import timedelta

import pytest

from mlezi.demo import stage
from mlezi.plumbing import clock
from tests.systems.play import BLUEPRINTS, Installation, eventually, free_port

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

CODE = "clinical-mentorship"
AT = f"/{CODE}/matching/"
FACILITIES = stage.HERE / "data" / "facilities-mwanza.csv"
NEAR = ("Igoma Health Centre", "Ilemela")
WORDS = "zqxmarkerword"  # what one of them says of herself, in her own words
MENTEES = [f"Mentee {letter} Bundala" for letter in "ABCDEFGHIJKL"]
MENTORS = [f"Mentor {letter} Kweka" for letter in "ABCDEF"]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s06")
    shutil.copytree(BLUEPRINTS / CODE, folder / CODE)
    here = Installation(folder, free_port())
    here.mlezi("import", "places", FACILITIES, "--yes", "--note", "The district is approximate.")
    here.mlezi("apply", folder / CODE, "--place", "Mwanza")
    here.mlezi("import", "places", FACILITIES, "--yes", "--sites", "--programme", CODE)
    path = folder / "people.csv"
    with path.open("w", newline="") as file:
        rows = [(name, "mentee", "nurse", *NEAR) for name in MENTEES]
        rows += [(name, "mentor", "nurse_midwife", *NEAR) for name in MENTORS]
        csv.writer(file).writerows([("name", "part", "cadre", "facility", "district"), *rows])
    here.mlezi("import", "people", path, "--yes", "--programme", CODE)
    with here.serving():
        here.manager = here.visitor("Farida Lyimo", role="manager", programme=CODE)
        here.coordinator = here.visitor("Chiku Mwakyusa", role="coordinator", programme=CODE)
        here.national = here.visitor("Neema Sanga", role="national", programme=CODE)
        here.administrator = here.visitor("Tatu Salehe", role="administrator", programme=CODE)
        here.mentee = here.visitor(MENTEES[0], role="mentee", programme=CODE)
        here.mentor = here.visitor(MENTORS[0], role="mentor", programme=CODE)
        yield here


def test_the_policy_comes_first_and_answers_stay_with_those_who_gave_them(here):
    # Nothing is asked and nothing can be published while nobody has signed.
    assert "does not ask about identity" in here.mentee.text(f"{AT}mine/identity/")
    at = round_of(here)
    refused = posted(here.coordinator, f"{at}1/", f"{at}1/publish/")
    assert refused[0] == 409
    assert here.coordinator.status(f"{AT}policy/") == 403

    # The manager signs: used only where a mentee asks for it.
    here.manager.submit(
        f"{AT}policy/", use="where-asked", title="How do you describe your gender?", answers="woman\nman",
        wording="I agree that it is sealed and used only where a mentee asks.", reason="Some mentees ask for it.",
    )  # fmt: skip
    assert "I agree that it is sealed" in here.mentee.text(f"{AT}mine/identity/")

    # One answers in her own words and asks for a mentor; a mentor answers, too.
    own = here.mentee.submit(f"{AT}mine/identity/", own=WORDS, asks="woman", agreed="on")
    assert "Kept, sealed." in own.text_content()
    here.mentor.submit(f"{AT}mine/identity/", says="woman", agreed="on")
    assert WORDS in here.mentee.fetch(f"{AT}mine/identity/")[1].decode()

    # The same round with and without what was asked; a scenario of before the policy cannot be published.
    here.coordinator.submit(f"{at}another/", title="Without")
    here.coordinator.submit(f"{at}another/", title="Where asked", use_identity="on", weight_asked_identity=50)
    eventually(
        lambda: "Where asked" in here.coordinator.text(at) and "12 of 12" in here.coordinator.text(f"{at}3/"),
        seconds=180,
    )
    assert posted(here.coordinator, f"{at}1/", f"{at}1/publish/")[0] == 409
    pairs = dict(pairs_of(here, f"{at}3/"))
    assert pairs[MENTEES[0]] == MENTORS[0]

    # The equity page counts groups, and hides all of them here: each is too small.
    equity = here.national.text(f"{at}equity/")
    assert "uses what mentees asked for" in equity
    assert "hidden" in equity
    assert WORDS not in equity

    # Nobody else reads it: not the other roles on any page they can reach, not a copy, not the record of who did what.
    for visitor in (here.manager, here.coordinator, here.national, here.administrator, here.mentor):
        for page in reachable(visitor, [AT, at, f"{at}3/", f"{at}3/pairs/", f"{at}equity/", f"{AT}mentors/"]):
            assert WORDS not in page
    assert here.coordinator.fetch(f"{at}3/certificate/?format=json")[1].count(b'"pairs"') == 0
    here.mlezi("backup", here.folder / "copy.zip")
    with zipfile.ZipFile(here.folder / "copy.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert MENTEES[0].encode() in whole
    assert WORDS.encode() not in whole

    # She takes it back, and the next scenario does without it.
    gone = here.mentee.submit(f"{AT}mine/identity/", "//main//form[contains(@action, '/withdraw/')]")
    assert "Erased." in gone.text_content()
    assert WORDS not in here.mentee.fetch(f"{AT}mine/identity/")[1].decode()


def round_of(here) -> str:
    """A round of everybody with one scenario worked out; its address."""
    begins = (clock.today() + timedelta(days=7)).isoformat()
    made = here.coordinator.submit(f"{AT}new/", title="First", who="waiting", from_on=begins, answer_days=14)
    uid = re.search(r"/matching/([0-9a-f-]{36})/", made.xpath("//main//a/@href[contains(., '/another/')]")[0])[1]
    at = f"{AT}{uid}/"
    here.coordinator.submit(f"{at}another/", title="Before")
    eventually(lambda: "12 of 12" in here.coordinator.text(at), seconds=120)
    return at


def pairs_of(here, at):
    body = here.coordinator.fetch(f"{at}pairs/?format=csv")[1].decode("utf-8-sig")
    return [(row["Mentee"], row["Mentor"]) for row in csv.DictReader(body.splitlines())]


def reachable(visitor, pages):
    """The pages somebody can open, and the files behind the tables."""
    for page in pages:
        for address in (page, f"{page}?format=csv"):
            status, body, _url = visitor.fetch(address)
            if status == 200:
                yield body.decode("utf-8", "replace")


def posted(visitor, page, to, **fields):
    token = visitor.page(page).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    status, body, _url = visitor.fetch(to, urllib.parse.urlencode({"csrfmiddlewaretoken": token} | fields).encode())
    return status, body
