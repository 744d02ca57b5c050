"""Systems for the state machine of the testing kit, right and wrong, and a measurement of which mistakes it finds.

`python tests/systems.py 20` prints the seconds of a processor that the machine takes with the first seed to find each mistake
and to make its steps few, and the most steps that it takes with twenty seeds until the first wrong tier, all with its default
budget.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from time import process_time

from hypothesis import Phase, seed, settings
from made_up import MODEL
from mistakes import MISTAKES, Mistake
from right_script import implementation

import tbtier.testing as kit
from tbtier import FiscalQuarter, Tier
from tbtier.rules import Cycle

ONE_DAY = timedelta(days=1)


class RightSystem(kit.TierMachine):
    """A system that keeps what it is given, and works out the tier by the right script."""

    program = MODEL
    held_on = staticmethod(implementation())

    def begin(self, day: date, starting_tier: Tier) -> None:
        """Keep the first day and the starting tier."""
        self.now = self.began = day
        self.first_tier = starting_tier
        self.known: dict[FiscalQuarter, int | None] = {}

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep the score."""
        assert quarter not in self.known
        assert quarter.last_day < self.now
        self.known[quarter] = score

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score."""
        assert quarter in self.known
        self.known[quarter] = score

    def pass_to(self, day: date) -> None:
        """Keep the day."""
        assert day > self.now
        self.now = day

    def tier(self) -> Tier:
        """Work out the tier."""
        renewal = {FiscalQuarter(self.began.year, 4): None} if self.began.month == 2 else {}
        return self.held_on(self.now, {**renewal, **self.known}, self.first_tier, self.began)

    @property
    def awaits_score(self) -> bool:
        """Whether the score of a quarter is missing that has closed since the partner joined."""
        last_closed = FiscalQuarter.containing(self.now) - 1
        return last_closed not in self.known and last_closed.stop > self.began


class ForgetsCorrections(RightSystem):
    """A system that ignores corrections."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Ignore the score."""


class CorrectsTheNewestOnly(RightSystem):
    """A system that ignores corrections of all scores but the newest."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of the newest quarter."""
        if quarter == max(self.known):
            super().correct(quarter, score)


class CorrectsTheReviewOnly(RightSystem):
    """A system that ignores corrections once a quarter has taken effect."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of a quarter in review."""
        if Cycle(quarter).effective_on > self.now:
            super().correct(quarter, score)


class CannotTakeBack(RightSystem):
    """A system that ignores a correction to `None`, as an update does that skips empty cells."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score by another score only."""
        if score is not None:
            super().correct(quarter, score)


class CannotAdd(RightSystem):
    """A system that ignores a correction of `None`, as an update does that finds no row."""

    def correct(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Replace the score of a scored quarter only."""
        if self.known[quarter] is not None:
            super().correct(quarter, score)


class CannotWait(RightSystem):
    """A system that is wrong on the last day on which a score may be missing, and only then."""

    def tier(self) -> Tier:
        """Return the entry tier where the score is still missing on the last day of the review."""
        if self.awaits_score and (self.now + ONE_DAY).day == 1 and (self.now + ONE_DAY).month % 3 == 0:
            return Tier.BASE
        return super().tier()


class WorksOutTomorrow(RightSystem):
    """A system whose nightly job works out the tier of the next day, so that it is wrong once the score is known in time."""

    def pass_to(self, day: date) -> None:
        """Keep the following day until a score comes."""
        super().pass_to(day)
        self.ahead = ONE_DAY

    def record(self, quarter: FiscalQuarter, score: int | None) -> None:
        """Keep the score, and work out the tier of the day."""
        super().record(quarter, score)
        self.ahead = timedelta(0)

    def tier(self) -> Tier:
        """Work out the tier of the day that the job last looked at."""
        now, self.now = self.now, self.now + getattr(self, "ahead", timedelta(0))
        tier = super().tier()
        self.now = now
        return tier


class ClosesADayEarly(RightSystem):
    """A system that is wrong on the last day of a quarter, and only then."""

    def tier(self) -> Tier:
        """Return the entry tier on the last day of a quarter."""
        return Tier.BASE if self.now == FiscalQuarter.containing(self.now).last_day else super().tier()


def system_of(mistake: Mistake) -> type[RightSystem]:
    """Return a system that works out the tier by a script with one mistake."""
    parts = {"program": mistake.get("program", MODEL), "held_on": staticmethod(implementation(**mistake))}
    return type("MistakenSystem", (RightSystem,), parts)


UNSEEN = {
    "March 1 forgets what took effect by the start",
    "what takes effect on the first day counts again",
    "what took effect before the start counts again",
}
"""Mistakes that the machine cannot find: it records no score of a quarter that ended before the first day."""
WRONG: dict[str, type[RightSystem]] = {
    **{name: system_of(mistake) for family in MISTAKES.values() for name, mistake in family.items() if name not in UNSEEN},
    "corrections are ignored": ForgetsCorrections,
    "only the newest score can be corrected": CorrectsTheNewestOnly,
    "a score can be corrected in its review alone": CorrectsTheReviewOnly,
    "a score cannot be taken back": CannotTakeBack,
    "a quarter that was not scored cannot be corrected": CannotAdd,
    "a missing score lowers the tier on the last day of the review": CannotWait,
    "a nightly job works out the tier of the next day": WorksOutTomorrow,
    "a quarter closes a day early": ClosesADayEarly,
}
"""Every wrong system, by its mistake."""


def steps_to_find(system: type[RightSystem], number: int, *, shrinks: bool) -> int | None:
    """Return the steps until the machine sees a wrong tier, by its default budget and a seed; `None` if it passes."""
    steps = 0

    class Counted(system):  # type: ignore[valid-type, misc]
        """A system that counts the steps until its first wrong tier."""

        found = False

        def tier(self) -> Tier:
            """Count the step."""
            nonlocal steps
            steps += not Counted.found
            tier: Tier = super().tier()
            Counted.found = Counted.found or tier is not self.timeline.tier_on(self.now)
            return tier

    if not shrinks:
        Counted.TestCase.settings = settings(Counted.TestCase.settings, phases=[Phase.generate])
    seed(number)(Counted)
    try:
        Counted.TestCase("runTest").runTest()
    except kit.LawViolation:
        return steps
    return None


def main() -> None:
    """Measure each mistake with as many seeds as the command line says, by default one, and print the worst of each."""
    seeds = range(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    missed, slowest, longest = 0, 0.0, 0
    for mistake, system in WRONG.items():
        begun = process_time()
        found = [steps_to_find(system, number, shrinks=True) for number in seeds[:1]]
        seconds = process_time() - begun
        found += [steps_to_find(system, number, shrinks=False) for number in seeds[1:]]
        steps = max(taken or 0 for taken in found)
        print(f"{seconds:5.1f} s, {steps:6,} steps, {found.count(None)} missed: {mistake}", flush=True)
        missed, slowest, longest = missed + found.count(None), max(slowest, seconds), max(longest, steps)
    print(f"{len(WRONG)} mistakes with {len(seeds)} seeds: {missed} missed, at most {slowest:.1f} s and {longest:,} steps")


if __name__ == "__main__":
    main()
