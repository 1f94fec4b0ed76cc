"""What a run found: figures to read, and gates that decide whether `make bench` passes."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Gate:
    """One promise with what was found; `found` and `bound` are shown as they stand."""

    what: str
    bound: str
    found: str
    holds: bool


@dataclass
class Section:
    """One table of the report: a title, a sentence on how it was measured, a head, and rows."""

    title: str
    how: str
    head: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)


@dataclass
class Results:
    """All of one run."""

    gates: list[Gate] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def hold(self) -> bool:
        """Whether every gate holds."""
        return all(gate.holds for gate in self.gates)

    def exactly(self, what: str, expected: int, found: int) -> None:
        """A gate on a count, which is the same on every machine."""
        self.gates.append(Gate(what, f"exactly {expected}", str(found), found == expected))

    def at_most(self, what: str, most: float, found: float) -> None:
        """A gate on a ratio of two figures of the same run, as a share of one."""
        self.gates.append(Gate(what, f"at most {most:.0%}", f"{found:.0%}", found <= most))

    def within(self, what: str, most: int, found: float) -> None:
        """A gate on a figure of its own, such as a time that no machine may need."""
        self.gates.append(Gate(what, f"at most {most}", f"{found:.0f}", found <= most))

    def none_of(self, what: str, unwanted: frozenset[str], found: frozenset[str]) -> None:
        """A gate on things that must not be there; names those that are."""
        there = sorted(unwanted & found)
        bound = f"none of {', '.join(sorted(unwanted))}"
        self.gates.append(Gate(what, bound, ", ".join(there) or "none", not there))
