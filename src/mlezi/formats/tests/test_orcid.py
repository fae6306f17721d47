"""An ORCID record as its owner downloads it."""

import json

import pytest

from mlezi.formats import orcid


def dated(year):
    return {"year": {"value": str(year)}, "month": None, "day": None}


RECORD = {
    "orcid-identifier": {"path": "0000-0002-1825-0097"},
    "activities-summary": {
        "fundings": {
            "group": [
                {
                    "funding-summary": [
                        {
                            "title": {"title": {"value": "Safer births"}},
                            "organization": {"name": "A fund"},
                            "start-date": dated(2019),
                            "end-date": dated(2022),
                            "amount": {"value": "250000", "currency-code": "USD"},
                            "contributors": {"contributor": [{"contributor-attributes": {"contributor-role": "lead"}}]},
                        },
                        {"title": {"title": {"value": "Safer births, told by another source"}}},
                    ]
                },
                {"funding-summary": [{"title": {"title": {"value": "Training nurses"}}, "start-date": None}]},
            ]
        },
        "works": {
            "group": [
                {
                    "work-summary": [
                        {
                            "title": {"title": {"value": "On resuscitation"}},
                            "publication-date": dated(2021),
                            "journal-title": {"value": "A journal"},
                            "external-ids": {
                                "external-id": [{"external-id-type": "doi", "external-id-value": "10.1/x"}]
                            },
                        }
                    ]
                },
                {"work-summary": [{"title": {"title": {"value": "A talk without a DOI"}}}]},
            ]
        },
    },
}


def test_projects_and_works_with_a_doi_are_read_once_each():
    first, second, work = orcid.read(json.dumps(RECORD).encode())

    assert (first.title, first.role, first.amount, first.currency) == ("Safer births", "led", "250000", "USD")
    assert (first.from_year, first.to_year) == (2019, 2022)
    assert (second.title, second.role, second.from_year) == ("Training nurses", "", None)
    assert (work.kind, work.doi, work.from_year) == ("work", "10.1/x", 2021)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"activities-summary": {"works": {"group": 3}}}']
)
def test_anything_else_is_refused_with_what_is_missing(content):
    with pytest.raises(orcid.NotOrcid):
        orcid.read(content)
