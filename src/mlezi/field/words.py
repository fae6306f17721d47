"""Every sentence the phone app says, in the language spoken now. `{n}` and the like are filled in on the phone.

A sentence about a number comes twice, as `name_one` and `name_other`; the phone picks. What questions of a
form say is shared with the web form.
"""

from __future__ import annotations

from mlezi.instruments import filling


def words() -> dict[str, str]:
    return {**filling.words(), "app": "Mlezi"}
