"""No page offers its reader a link that turns them away: everybody of the cast follows all that they are shown."""

import re

import pytest

from mlezi.testing.makers import month as months

FIRST = {"amina": "mine", "baraka": "me", "chiku": "desk", "eliya": "districts", "neema": "national"}
LINK = re.compile(r'href="(/mwanza/[^"#]*)"')
MOST, ALIKE = 120, 2  # pages followed, and of one kind


def kind(address):
    return re.sub(r"[0-9a-f-]{30,}|\d+|\b[A-Z]{3}\b", "#", address.partition("?")[0])


@pytest.mark.one_database
@pytest.mark.parametrize("name", FIRST)
def test_every_link_shown_may_be_followed(world, sign_in, name):
    months.told(world)
    client, waiting, seen, kinds, dead = sign_in(name), [(f"/mwanza/{FIRST[name]}/", "")], set(), {}, []
    while waiting and len(seen) < MOST:
        address, shown_on = waiting.pop(0)
        if address in seen or kinds.setdefault(kind(address), 0) >= ALIKE:
            continue
        seen.add(address)
        kinds[kind(address)] += 1
        answer = client.get(address, follow=True)
        if answer.status_code in (403, 404):
            dead.append((answer.status_code, address, "shown on", shown_on))
        if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
            waiting += [(found.replace("&amp;", "&"), address) for found in LINK.findall(answer.content.decode())]

    assert dead == []
    assert len(seen) > 10
