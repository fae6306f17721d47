"""Whatever the app's screens say is in the server's list of sentences, and nothing in the list is said nowhere."""

import re
from pathlib import Path

import pytest

from mlezi.field import words

FRONTEND = Path(__file__).resolve().parents[4] / "frontend"
SAID = re.compile(r'\b(say|count)\(\s*(?:"([a-z_0-9]+)"|`([a-z_]+)_\$\{)')
CHOSEN = re.compile(r'\b(?:say|count)\([^()`]*?\?\s*"([a-z_]+)"\s*:\s*"([a-z_]+)"')


@pytest.fixture(scope="module")
def scripts():
    if not FRONTEND.exists():
        pytest.skip("the front end's sources are not beside an installed package")
    files = [*FRONTEND.glob("field/*.ts"), *FRONTEND.glob("field/screens/*.ts"), *FRONTEND.glob("form/**/*.ts")]
    return "\n".join(file.read_text() for file in files)


def test_every_sentence_that_is_asked_for_is_there(scripts):
    known = words.words()
    missing = set()
    for verb, name, start in SAID.findall(scripts):
        if start:
            found = any(key.startswith(f"{start}_") for key in known)
        else:
            found = f"{name}_one" in known and f"{name}_other" in known if verb == "count" else name in known
        if not found:
            missing.add(name or start)
    missing |= {name for pair in CHOSEN.findall(scripts) for name in pair if name not in known}

    assert missing == set()


def test_no_sentence_is_kept_that_nobody_says(scripts):
    starts = set(re.findall(r"`([a-z]+)_\$\{", scripts))
    own = words.words().keys() - words.filling.words().keys()
    plain = {re.sub(r"_(one|other)$", "", name) for name in own}
    kept = {name for name in plain if f'"{name}"' not in scripts and name.partition("_")[0] not in starts}

    assert kept == set()
