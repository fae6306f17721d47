"""How a process that serves pages, or derives a programme again, looks for garbage."""

import gc

MADE = 50_000  # objects


def look_less_often() -> None:
    """Called once everything is loaded: that stays, and is not looked through again.

    A page about ten thousand facilities, or a portion of a rebuild, makes hundreds of thousands of objects; by
    Python's own measure the process would stop hundreds of times to look for garbage among them, and find none.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE)
