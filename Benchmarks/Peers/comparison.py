"""Processes started as they are needed, their contests, and what came out."""

from contest import Entry, Result, hold
from side import Side


class Comparison:
    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.sides: dict[tuple[str, int], Side] = {}
        self.results: list[Result] = []
        self.ratios: dict[str, float] = {}
        # The same ratios from lower quartiles, minima and processor time, for machines that others use too.
        self.other_ratios: dict[str, dict[str, float]] = {}

    def side(self, name: str, threads: int) -> Side:
        key = name, threads
        if key not in self.sides:
            self.sides[key] = Side(name, threads)
        return self.sides[key]

    def hold(self, contest: str, entries: list[Entry], runs: int) -> dict[str, Result]:
        found = hold(contest, entries, self.rounds, runs)
        self.results += found.values()
        return found

    def classifier(self, batch: int, threads: int, names: list[str], runs: int, label: str = "") -> dict[str, Result]:
        """Times the classifier of each implementation after checking that all compute the same."""
        workload = f"classifier-b{batch}"
        sides = [self.side(name, threads) for name in names]
        require_equal_logits(sides, batch)
        entries = [Entry(side, workload) for side in sides]
        if batch > 1 and "openvino" in names:
            entries.append(Entry(self.side("openvino", threads), workload + "-streams"))
        return self.hold(f"{workload}-{threads}t{label}", entries, runs)

    def ratio(self, name: str, first: Result, second: Result) -> None:
        """Records the time of `first` over that of `second` under `name`."""
        self.ratios[name] = first.median / second.median
        self.other_ratios[name] = {
            field: getattr(first, field) / getattr(second, field)
            for field in ("lower_quartile", "minimum", "processor_median")
        }

    def rate(self, name: str, result: Result) -> None:
        """Records how often `result` could be done in a second."""
        self.ratios[name] = 1e3 / result.median
        self.other_ratios[name] = {
            field: 1e3 / getattr(result, field) for field in ("lower_quartile", "minimum")
        }

    def close(self) -> None:
        for side in self.sides.values():
            side.close()
        self.sides = {}


def require_equal_logits(sides: list[Side], batch: int) -> None:
    """Stops where two implementations do not compute the same: their times would say nothing."""
    expected = sides[0].logits(batch)
    for side in sides[1:]:
        observed = side.logits(batch)
        for place, (ours, theirs) in enumerate(zip(expected, observed, strict=True)):
            if abs(ours - theirs) > 1e-4 + 1e-3 * abs(theirs):
                raise SystemExit(f"{side.name}, batch {batch}: logit {place} is {theirs}, {sides[0].name}'s {ours}")
