"""The columns of the two sheets, and how a cell is read. Only `name` is needed; a mentor also needs `places`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mlezi.methods.assignment.sheets import headings

SHARED = {
    "name": "Who it is: a name or code, once in each sheet. The same in both sheets means the same person.",
    "latitude": "Of the place of work, in degrees; south is below zero.",
    "longitude": "Of the place of work, in degrees.",
    "land": "The island, where the place of work is on one; empty for the mainland.",
    "languages": "Languages spoken at work, best liked first: sw, en",
    "free": "Slots of the week that are free: Mon am, Tue pm",
    "topics": "Subjects of work or research: sepsis, audit",
    "level": "Career level as a whole number: 0 student, 3 specialist …",
    "cadre": "Profession: nurse, clinical officer …",
    "wishes": "Names of people wished for on the other side, first wish first.",
    "not_with": "Names of people on the other side with whom a pair may not be made.",
}
MENTEES = SHARED | {
    "wants": "How many mentors are wished for; 1 where empty.",
    "needs": "What is to be learned, with weights: resuscitation 3, partograph 1",
    "waiting_days": "Days waited for a mentor so far.",
    "manager": "Name of the line manager, who may not be the mentor.",
    "asked": "A label the mentee asked a mentor to share, where the programme allows that.",
    "current": "Name of the mentor they have now.",
    "earlier": "Names of mentors they had before, with the setting earlier_pair.",
    "help": "yes: one of those who are helped first, with the setting help_budget.",
}
MENTORS = SHARED | {
    "places": "How many mentees they can take in this round; 0 for none.",
    "total": "How many mentees at most in all programmes together; empty for no limit.",
    "elsewhere": "How many mentees they have in other programmes.",
    "skills": "What they can teach, from 0 to 100: resuscitation 90, partograph 60",
    "projects_led": "Funded projects they led.",
    "projects_joined": "Funded projects they took part in.",
    "label": "What they say of themselves, for mentees who asked.",
    "most_asked": "How many mentees at most who asked for that label; empty for no limit.",
}
SETTINGS = {
    "places": "How many mentees a mentor takes whose own number is not given.",
    "served_first": "yes: as many mentees as possible, then quality; no: quality alone. Yes where empty.",
    "most_minutes": "No pair further apart than so many minutes of travel.",
    "least_common_slots": "So many free slots in common are needed.",
    "common_language": "yes: a pair must share a language.",
    "cadres": "Who may mentor whom: nurse by nurse, clinical officer; doctor by doctor. Others by anybody.",
    "earlier_pair": "forbid: nobody gets a mentor again whom they had earlier. Allowed where empty.",
    "waiting_points": "What each day of waiting adds, in thousandths of a perfect match.",
    "even_load_points": "What each further mentee of one mentor costs, in thousandths of a perfect match.",
    "stay_points": "What staying with the present mentor adds, in thousandths of a perfect match.",
    "method": "best: the best for all together; stable: no two would rather have each other. Best where empty.",
    "seed": "Of the lottery between equals, with method stable; 0 where empty.",
    "least_group": "A mentor has nobody, or so many mentees at least.",
    "max_moves": "So many present pairs (column current) change by choice at most.",
    "help_budget": "Per cent of the total score given up at most for the mentees with yes under help.",
    "weight_…": "Of competency, travel, languages, availability, topics, seniority, track_record, asked, wishes.",
}


@dataclass(frozen=True)
class Line:
    """A row of a sheet with the number under which the spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]

    def words(self, column: str) -> list[str]:
        """The parts of a list written with commas or semicolons."""
        return [part.strip() for part in self.cells.get(column, "").replace(";", ",").split(",") if part.strip()]


@dataclass(frozen=True)
class Mistake:
    """What is wrong, where, and what to write instead."""

    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = f"{self.sheet}, row {self.row}, {self.column}" if self.row else f"{self.sheet}, {self.column}"
        return f"{where}: {self.text}"


class Mistakes(ValueError):
    """All mistakes of a workbook at once, so that they can be mended in one go."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


class Reader:
    """Reads cells of one sheet and collects what is wrong."""

    def __init__(self, sheet: str, lines: list[Line], known: Mapping[str, str], mistakes: list[Mistake]) -> None:
        self.sheet, self.mistakes, self.unread = sheet, mistakes, list[str]()
        name_of = self._names_of(dict.fromkeys(name for line in lines for name in line.cells), known)
        self.lines = [
            Line(line.number, {name_of[name]: cell.strip() for name, cell in line.cells.items() if name in name_of})
            for line in lines
        ]
        if not lines:
            self.wrong(0, "name", "holds nobody. Write one person in each row below the names of the columns.")

    def _names_of(self, given: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
        """Which of our columns each heading means. One that means none is left unread, unless it is nearly one."""
        found: dict[str, str] = {}
        for heading in given:
            meant = headings.meant(heading, known)
            if meant in found.values():
                twice = next(other for other, name in found.items() if name == meant)
                self.wrong(0, heading, f"means {meant}, as {twice} does. Keep one of the two columns.")
            elif meant:
                found[heading] = meant
            elif near := headings.near(heading, set(known) - set(found.values())):
                self.wrong(0, heading, f"is not a column of this sheet. Is it {near}? Or call it something else.")
            elif heading:
                self.unread.append(heading)
        return found

    def wrong(self, row: int, column: str, text: str) -> None:
        self.mistakes.append(Mistake(self.sheet, row, column, text))

    def has(self, column: str) -> bool:
        return any(line.cells.get(column) for line in self.lines)

    def names(self) -> tuple[str, ...]:
        seen: dict[str, int] = {}
        for line in self.lines:
            name = line.cells.get("name", "")
            if not name:
                self.wrong(line.number, "name", "is empty. Give everybody a name or a code.")
            elif name in seen:
                self.wrong(line.number, "name", f"{name!r} is in row {seen[name]} already. Keep one of the two.")
            seen.setdefault(name, line.number)
        return tuple(line.cells.get("name", "") for line in self.lines)

    def numbers(
        self, column: str, *, empty: float, least: float = 0, most: float = math.inf, whole: bool = True
    ) -> list[float]:
        """One number for each row; `empty` where the cell is."""
        answer = []
        for line in self.lines:
            text = line.cells.get(column, "")
            value = _number(text) if text else empty
            if value is None or (text and not least <= value <= most) or (text and whole and value != int(value)):
                kind = "a whole number" if whole else "a number"
                span = f" from {least:g} to {most:g}" if most < math.inf else f", {least:g} or more"
                self.wrong(line.number, column, f"{text!r} is not {kind}{span}.")
                value = empty
            answer.append(value)
        return answer

    def weighed(self, column: str, *, most: float = math.inf, plain: float = 1) -> list[dict[str, float]]:
        """Lists such as "resuscitation 3, partograph 1"; `plain` where a word has no number."""
        answer = []
        for line in self.lines:
            found = {}
            for part in line.words(column):
                name, _, last = part.rpartition(" ")
                value = _number(last) if name else None
                if value is None:
                    name, value = part, plain
                if not 0 <= value <= most:
                    self.wrong(line.number, column, f"{part!r}: the number must be from 0 to {most:g}.")
                found[name.strip(" :").lower()] = value
            answer.append(found)
        return answer

    def each(self, column: str, read: Callable[[str], int | None], hint: str) -> list[list[int]]:
        """Lists of words, each read by `read`; a word it does not know is a mistake."""
        answer = []
        for line in self.lines:
            found = []
            for word in line.words(column):
                value = read(word)
                if value is None:
                    self.wrong(line.number, column, f"{word!r} is not known. {hint}")
                else:
                    found.append(value)
            answer.append(found)
        return answer


def _number(text: str) -> float | None:
    try:
        value = float(text.strip().rstrip("%").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
