"""One installation for the plays about words: each keeps its texts in a study of its own."""

import pytest

from tests.systems.words import CODE, Analyst, begun


@pytest.fixture(scope="session")
def words_house(tmp_path_factory):
    here = begun(tmp_path_factory.mktemp("words"))
    with here.serving():
        here.analyst = Analyst(here.visitor("Kahabi Isangula", role="interviewer", programme=CODE))
        yield here
