"""`mlezi figures`: a manuscript's slips are found, with what they would be."""

import io
import json

import docx
import pytest
import typst
from click.testing import CliRunner

from mlezi.cli.figures import command

# The figures of two abstracts (systems.md, S07 and S08), in sentences of our own.
TRAINING_NEEDS = (
    "316 people answered. Quality management came first (mean = 80.59 ± 9.024; 95% CI = 73.04-88.13), before "
    "pathophysiology (mean = 78.0 ± 6.973; 95% CI = 73.97-82.03), technical competence (mean = 73.97 ± 10.65; "
    "95% CI = 66.35-81.59) and management (mean = 72.82 ± 9.719; 95% CI = 67.44-78.2)."
)
TELE_MENTORING = (
    "Knowledge improved in 46/70 (65.7%), practice in 47/70 (67.1%). Inclusiveness was a barrier for 16/70 (22.8%), "
    "attitudes for 6/70 (8.6%), connectivity for 34/70 (48.6%), lack of ownership for 8/70 (11.5%)."
)


@pytest.fixture
def run(tmp_path):
    def call(content, *options, name="abstract.txt"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(command, [str(file), *options])

    return call


def test_two_slips_of_an_abstract_are_flagged_and_the_rest_is_not(run):
    answer = run(TELE_MENTORING, "--json")
    failing = {one["quote"]: one["would_be"] for one in json.loads(answer.output) if one["verdict"] == "fails"}

    assert failing == {"16/70 (22.8%)": "22.9 %", "8/70 (11.5%)": "11.4 %"}
    assert answer.exit_code == 1


def test_the_n_that_explains_each_interval_is_told(run):
    answer = run(TRAINING_NEEDS, "--json")

    assert [one["would_be"] for one in json.loads(answer.output)] == ["n = 8", "n = 14", "n = 10", "n = 15"]
    assert answer.exit_code == 0


def test_a_word_document_is_read_with_its_tables(run):
    document, kept = docx.Document(), io.BytesIO()
    document.add_paragraph("All (N = 70)")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ["", "n (%)", "Women", "46 (66.7)"], strict=True
    ):
        cell.text = words
    document.save(kept)

    answer = run(kept.getvalue(), name="paper.docx")

    assert "46 (66.7)" in answer.output
    assert "N = 69" in answer.output  # and not the 70 that the text names


def test_a_pdf_of_two_columns_is_read_page_by_page(run, tmp_path):
    pages = [TRAINING_NEEDS, TELE_MENTORING]
    source = "#set page(columns: 2)\n" + "\n#pagebreak()\n".join(page.replace("/", "\\/") for page in pages)

    answer = run(typst.compile(source.encode()), "--json", name="paper.pdf")
    found = json.loads(answer.output)

    assert [one["would_be"] for one in found if one["page"] == 1] == ["n = 8", "n = 14", "n = 10", "n = 15"]
    assert {one["would_be"] for one in found if one["page"] == 2 and one["verdict"] == "fails"} == {"22.9 %", "11.4 %"}
    assert "paper.pdf, page 2, line 3: does not hold" in run(typst.compile(source.encode()), name="paper.pdf").output


@pytest.mark.parametrize(("content", "name"), [(b"", "a.txt"), (b"PK\x03\x04nonsense", "a.docx"), (b"x", "a.exe")])
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(run, content, name):
    answer = run(content, name=name)

    assert answer.exit_code == 1
    assert "cannot be read" in answer.output
