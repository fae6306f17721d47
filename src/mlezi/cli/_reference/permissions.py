"""Who sees what and may do what, from the table that decides it."""

from __future__ import annotations

from mlezi.programmes import matrix
from mlezi.programmes.permissions import ROLES, SHAREABLE, Permission


def page() -> str:
    shared = " and ".join(f"*{permission.value}*" for permission in Permission if permission in SHAREABLE)
    lines = [
        "# Who sees what",
        "",
        "A role is held in a programme, over a part of the tree of places, from a day to a day. A cell says how far it "
        "reaches: *their part* is everything in that part of the tree; *their mentees* are the people whom the person "
        "mentors on that day, and the person; *about themselves* is the person alone; *no* is nothing.",
        "",
        f"Two things a person may share with somebody else, and take back: {shared}. They are the only way in which "
        "anybody but the pair comes to see them. Figures about fewer people than the limit are hidden, and with them "
        "whatever would give them away.",
        "",
        "| role | in a sentence |",
        "| --- | --- |",
        *(f"| {role.title} | {role.sentence} |" for role in ROLES.values()),
        "",
        "| | " + " | ".join(role.title.split(" (")[0] for role in ROLES.values()) + " |",
        "| --- |" + " --- |" * len(ROLES),
    ]
    for permission in Permission:
        cells = [matrix.WORDS[matrix.reach(role, permission)][0] for role in ROLES.values()]
        lines.append(f"| {permission.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
