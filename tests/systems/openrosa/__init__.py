"""A conformance suite for OpenRosa servers, over HTTP only.

By default it starts a Mlezi of its own. To run it against a server you already have, publish there the
form that `python -m tests.systems.openrosa` prints (twice, as versions 1 and 2), then:

    pytest tests/systems/openrosa --server https://example.org/phone/mwanza --user amina --password …

The address is the one a phone is configured with; `/formList` and `/submission` hang below it. Cases
that only Mlezi promises are skipped on other servers.
"""
