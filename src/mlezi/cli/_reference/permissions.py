"""Who sees what and may do what, from the table that decides it."""

from __future__ import annotations

from mlezi.programmes.permissions import ROLES, Permission


def page() -> str:
    lines = [
        "# Who sees what",
        "",
        "Roles are held in a programme, over a part of the tree of places, from a day to a day. Beyond this table, "
        "everybody sees their own records; a mentor sees those of the people they mentor on that day; and a person may "
        "share their ratings with somebody. Groups smaller than the limit are hidden with their complements.",
        "",
        "| role | in a sentence |",
        "| --- | --- |",
        *(f"| {role.title} | {role.sentence} |" for role in ROLES.values()),
        "",
        "| | " + " | ".join(role.title.split(" (")[0] for role in ROLES.values()) + " |",
        "| --- |" + " --- |" * len(ROLES),
    ]
    for permission in Permission:
        cells = ["yes" if role.allows(permission) else "" for role in ROLES.values()]
        lines.append(f"| {permission.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
