"""S01: a register of 65 people, all asked, 36 answer (55 %). Reconstructed: names and answers are made up."""

import csv
import json
import re
import shutil
import urllib.error
import urllib.request
import uuid

import pytest

from mlezi.formats.record_writing import Blank
from mlezi.plumbing import clock
from tests.systems.play import BLUEPRINTS, Installation, Visitor, eventually, free_port
from tests.systems.words import Analyst

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

CODE = "clinical-mentorship"
IDENTIFIED, COMPLETED = 65, 36
TODAY = clock.today()
# theme → the sentence, and by how many people it is written; made up, and so is their order.
HELPED = {
    "mentors": ("A mentor who had won funding.", 25),
    "collaboration": ("A team of many disciplines.", 19),
    "environment": ("A place where research is wanted.", 14),
    "protected_time": ("Hours that were mine.", 9),
}
HINDERED = {"career_pathway": ("There is no path to follow.", 21), "competing_work": ("The ward comes first.", 30)}
FORM = """
| settings | | | | | |
| | form_id | form_title | version | default_language | namespaces |
| | leads | What helped you to lead research | 1 | English (en) | mlezi="https://mlezi.org/xforms" |

| survey | | | | | |
| | type | name | label::English (en) | label::Kiswahili (sw) | bind::mlezi:as |
| | hidden | wave |  |  | wave |
| | text | helped | What helped you? | Nini kilikusaidia? | answer:helped |
| | text | hindered | What hindered you? | Nini kilikuzuia? | answer:hindered |
"""
SCHEDULE = """
schedules:
  - code: leads
    title: {en: What helped you to lead research, sw: Nini kilikusaidia kuongoza utafiti}
    form: leads
    who: [registered]
    anchor: date
    on: %s
    window_days: 60
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A manager brings in the register; everybody on it is asked by a link of their own."""
    folder = tmp_path_factory.mktemp("s01")
    shutil.copytree(BLUEPRINTS / CODE, folder / CODE)
    (folder / CODE / "forms" / "leads.md").write_text(FORM)
    blueprint = folder / CODE / "blueprint.yaml"
    text = re.sub(r"\nschedules:\n(  - .*\n)+", SCHEDULE % TODAY + "\n", blueprint.read_text())
    entry = "  - {file: forms/leads.md, purpose: survey, title: {en: Leading research, sw: Kuongoza utafiti}}\n"
    blueprint.write_text(text.replace("\nforms:\n", "\nforms:\n" + entry, 1))
    register = folder / "register.csv"
    with register.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "staff_number", "part", "phone"])
        for n in range(IDENTIFIED):
            writer.writerow([f"Lead Investigator {n:02}", f"L{n:03}", "registered", f"07540{n:05}"])
    made = Installation(folder, free_port())
    made.mlezi("apply", folder / CODE)
    made.mlezi("import", "people", register, "--yes", "--programme", CODE)
    with made.serving():
        made.manager = made.visitor("Farida Lyimo", role="manager", programme=CODE)
        made.lines = made.asked("due", CODE, "--ask")["lines"]
        yield made


def words(n: int, said: dict[str, tuple[str, int]]) -> str:
    """What the person of this number writes: each theme is named by as many as `said` has, the first of it twice."""
    found = [sentence for sentence, most in said.values() if (n * 7) % COMPLETED < most]
    return f"Answer {n}. {' '.join(found + found[:1])}"


def answer(here, line, *, n):
    """Somebody without an account opens their link, fills the page in, and sends; the page's own form is used."""
    visitor = Visitor(here.url)
    page = visitor.page(f"{line['link']}?again=1")
    config = json.loads(page.xpath("//script[@id='form-config']/text()")[0])
    blank = Blank(config["xml"].encode())
    xml = blank.filled(
        {"wave": "leads", "helped": words(n, HELPED), "hindered": words(n, HINDERED)},
        instance_id=f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'https://mlezi.org/s01/{n}')}",
    )
    return put(visitor, here, config["urls"]["send"], xml, page)


def put(visitor, here, path, xml, page):
    token = page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    boundary = "b0undary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="s.xml"\r\n'
        "Content-Type: text/xml\r\n\r\n"
    ).encode() + xml + f"\r\n--{boundary}--\r\n".encode()  # fmt: skip
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "X-CSRFToken": token,
        "Mlezi-Client": "web",
        "Referer": here.url,
    }
    request = urllib.request.Request(here.url + path, body, headers, method="PUT")
    try:
        with visitor.opener.open(request, timeout=30) as found:
            return found.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_everybody_on_the_register_is_asked_once(here):
    assert len(here.lines) == IDENTIFIED
    assert len({line["link"] for line in here.lines}) == IDENTIFIED
    assert max(len(line["text"]) for line in here.lines) <= 160
    assert here.asked("due", CODE)["to_ask"] == 0


def test_the_response_rate_is_out_of_who_was_asked(here):
    assert [answer(here, line, n=n) for n, line in enumerate(here.lines[:COMPLETED])] == [201] * COMPLETED

    def told():
        text = here.manager.text(f"/{CODE}/surveys/")
        return text if f"of {IDENTIFIED}" in text and "55" in text else ""

    text = eventually(told)
    assert re.search(rf"Asked ?{IDENTIFIED} Answered ?{COMPLETED} 55\s%", text), text
    status, body, _ = here.manager.fetch(f"/{CODE}/surveys/people/?state=answered&format=csv")
    assert status == 200
    assert len(body.decode("utf-8-sig").strip().splitlines()) == 1 + COMPLETED


def test_the_same_record_sent_again_changes_nothing(here):
    assert answer(here, here.lines[0], n=0) == 202


def test_a_wrong_code_opens_nothing(here):
    assert Visitor(here.url).status("/answer/0000000000/") == 404


def test_open_answers_arrive_by_themselves_and_themes_are_ranked_by_people(here):
    coder = Analyst(here.visitor("Grace Phiri", role="interviewer", programme=CODE))
    coder.take_book("research-leadership")
    texts = eventually(lambda: found if len(found := coder.texts("leads")) == COMPLETED else None)
    says = {sentence: [(theme, "helps")] for theme, (sentence, _) in HELPED.items()}
    says |= {sentence: [(theme, "hinders")] for theme, (sentence, _) in HINDERED.items()}
    for text in texts.values():
        coder.code(text, says)

    chosen = f"themes/?book={coder.book('Leading research')}&form_id=leads"
    rows = {row["Theme"]: row for row in coder.table(chosen)}
    ranked = sorted((row for row in rows.values() if row["n"] != "0"), key=lambda row: int(row["Rank"]))

    assert [row["Theme"] for row in ranked] == ["competing_work", "mentors", "career_pathway", "collaboration",
                                                "environment", "protected_time"]  # fmt: skip
    for side, said in (("Helps", HELPED), ("Hinders", HINDERED)):
        assert {theme: (int(rows[theme]["n"]), int(rows[theme][side])) for theme in said} == {
            theme: (n, n) for theme, (_, n) in said.items()
        }, "people, although some write a thing twice"
    assert {row["N"] for row in ranked} == {str(COMPLETED)}
    page = coder.visitor.text(f"/{CODE}/{chosen}&order=rank")
    assert f"{COMPLETED} of {IDENTIFIED} who were asked answered (55" in page
