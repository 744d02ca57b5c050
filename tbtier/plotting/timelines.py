"""The picture of one timeline: a row for each tier, the tier held, the scores, and the decisions."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import Any, Final

import attrs
from matplotlib.axes import Axes

from tbtier.errors import WrongTypeError
from tbtier.errors.values import is_of
from tbtier.evaluation.basis import Result
from tbtier.evaluation.decisions import DecisionKind
from tbtier.evaluation.reasons import any_inferred
from tbtier.evaluation.timeline import Timeline, require_timeline
from tbtier.fiscal import ONE_DAY
from tbtier.planning.outlook import Outlook, outlook
from tbtier.plotting.canvas import INK, LINES, PALE, Canvas, number
from tbtier.plotting.layout import DAYS, DECISIONS, HELD, NOT_SCORED, Layout
from tbtier.rules.editions import ProgramEnd
from tbtier.rules.rulebook import RULE
from tbtier.rules.text import joined, starred
from tbtier.rules.tiers import Tier

__all__ = ["plot_timeline"]

# The inches of a quarter from which on there is room for all words; for the scores; for the names of the quarters.
_FOR_WORDS: Final = 0.82
_FOR_SCORES: Final = 0.3
_FOR_QUARTERS: Final = 0.2
_FOR_YEAR: Final = 0.5  # inches of the label of a year
_ASIDE: Final = 0.18  # inches from March 1 to the arrow of a fall
_FOR_START: Final = 75  # days between the start and any other label

_HELD: Final = {"color": "#1f4e79", "linewidth": 4, "solid_capstyle": "butt", "zorder": 3}
_HELD_LATER: Final = {**_HELD, "linewidth": 2.5, "linestyle": (0, (2, 1)), "dash_capstyle": "butt"}
_SHADE: Final = {"facecolor": "#d3e0ee", "linewidth": 0, "zorder": 0.2}
_REVIEW: Final = {"facecolor": "none", "edgecolor": "#d0d0d0", "hatch": "////", "linewidth": 0, "zorder": 0.5}
_CHANGES: Final = {DecisionKind.PROMOTED: "^", DecisionKind.DOWNGRADED: "v"}
_MARKERS: Final[dict[str, dict[str, Any]]] = {
    "score on the closing day": {"marker": "o", "markersize": 7, "markeredgecolor": "white"},
    "tier given, score not known": {"marker": "D", "markersize": 6},
    "not scored": {"marker": "x", "markersize": 7, "markeredgewidth": 1.8},
}
_HOLLOW: Final = {"markersize": 6, "markerfacecolor": "white", "markeredgecolor": INK}
_ORDER: Final = (
    "tier held",
    "tier held after the as-of day",
    "tier held if nothing more is scored",
    "tier secured",
    *_MARKERS,
    "score after the as-of day",
    "the quarter takes effect",
    "review month",
    "March 1 (a tier can fall)",
    "new thresholds",
    *map(str, _CHANGES),
)


def plot_timeline(timeline: Timeline, *, as_of: date | None = None, ax: Axes | None = None) -> Axes:
    """Draw a timeline with matplotlib: the tier held, the score of each quarter, and the decisions.

    Each tier has a row; a score is a dot in the row of the tier that it earns, on the closing day of its quarter.

    Args:
        timeline: the timeline.
        as_of: the day on which to look ahead: the picture then shows the tier that is secured on the next March 1.
            What the timeline holds about later days is drawn dashed or hollow.
        ax: the axes to draw into; by default those of a new figure of `matplotlib.pyplot`.

    Returns:
        The axes, to change or to save with `.figure.savefig(...)`.

    Raises:
        WrongTypeError: `timeline` is not a timeline, `as_of` is not a plain date, or `ax` is not an Axes.
        OutsideTimelineError: `as_of` is not in the timeline.
    """
    require_timeline("timeline", timeline)
    if ax is not None and not is_of(ax, Axes):
        raise WrongTypeError("ax", ax, "Axes of matplotlib", "pyplot.subplots makes them")
    layout = Layout(timeline, None if as_of is None else outlook(timeline, as_of=as_of))
    picture = Picture(layout, Canvas(new_axes(layout) if ax is None else ax))
    picture.draw()
    return picture.canvas.ax


def new_axes(layout: Layout) -> Axes:
    """Return the axes of a new figure of pyplot, which is as wide as the quarters need."""
    from matplotlib import pyplot  # here, since it chooses a backend

    width = min(max(6.4, 2.4 + 1.1 * layout.quarters), 16.0)
    _, axes = pyplot.subplots(figsize=(width, 2.1 + 0.62 * len(layout.tiers)), layout="constrained")
    return axes


@attrs.frozen(eq=False)
class Picture:
    """The parts of a picture, drawn one by one."""

    layout: Layout
    canvas: Canvas

    def draw(self) -> None:
        """Draw all parts."""
        timeline, view = self.layout.timeline, self.layout.view
        self.draw_rows()
        self.draw_editions()
        self.draw_days()
        self.draw_held()
        self.draw_scores()
        self.draw_decisions()
        title = [f"{timeline.program.name}: tier held from {timeline.start} to {timeline.stop - ONE_DAY}"]
        title += [timeline.program.note] if timeline.program.note else []
        end = timeline.program.end
        if end and timeline.stop == end.on:
            self.draw_end(end)
        if view:
            self.draw_outlook(view)
            title.append(joined(f"Renewal on {view.renews_on}: ", view._verdict()))
        self.canvas.finish(title, 18 if view else 6, _ORDER)

    @property
    def room(self) -> float:
        """The inches of a quarter."""
        return self.canvas.inches / self.layout.quarters

    def is_later(self, day: date) -> bool:
        """Return whether a day comes after the day on which the question is asked."""
        return self.layout.view is not None and day > self.layout.view.as_of

    def draw_rows(self) -> None:
        """Name the row of each tier, and the rows for decisions and for quarters that were not scored."""
        layout, ax = self.layout, self.canvas.ax
        names = {row + 0.5: str(tier) for row, tier in enumerate(layout.tiers)}
        if layout.bottom:
            names[NOT_SCORED] = starred("not scored", any(is_inferred(one) for one in layout.results if one.score is None))
        if layout.timeline.decisions:
            names[len(layout.tiers) + DECISIONS] = "decision"
        ax.set_ylim(layout.bottom, layout.top)
        ax.set_yticks([*names], [*names.values()])
        self.canvas.texts += names.values()

    def draw_editions(self) -> None:
        """Draw the lower bound of each tier, with its number where an edition begins."""
        layout, canvas = self.layout, self.canvas
        for place, (start, stop, numbers) in enumerate(layout.editions):
            texts = {len(layout.tiers) if tier is None else layout.floor(tier): text for tier, text in numbers.items()}
            canvas.ax.hlines([*texts], number(start), number(stop), colors=LINES, linewidths=0.8, zorder=1)
            if place == 0:
                canvas.ax.set_yticks([*texts], [*texts.values()], minor=True)
                canvas.ax.tick_params(axis="y", which="minor", length=3, labelsize="x-small", labelcolor=PALE)
                canvas.ax.tick_params(axis="y", which="major", length=0, pad=8 + 5 * max(map(len, texts.values())))
                canvas.texts += texts.values()
                continue
            style = {"color": PALE, "linewidth": 0.9, "linestyle": (0, (6, 2, 1, 2)), "zorder": 1}
            canvas.line("new thresholds", [(start, 0), (start, len(layout.tiers))], **style)
            for height, text in texts.items():
                canvas.text(start, height, text, (4, 0), fontsize="x-small", color=PALE)

    def draw_days(self) -> None:
        """Mark the effective dates, shade the review months, and draw a line on each March 1."""
        layout, ax, room = self.layout, self.canvas.ax, self.room
        for cycle in layout.cycles:
            review = cycle.review_start, cycle.effective_on
            self.canvas.patch("review month", review, (layout.bottom, len(layout.tiers)), **_REVIEW)
        for day in layout.years:
            style = {"color": INK, "linewidth": 0.8, "zorder": 1}
            self.canvas.line("March 1 (a tier can fall)", [(day, layout.bottom), (day, len(layout.tiers))], **style)
        days, start = [cycle.effective_on for cycle in layout.cycles], layout.timeline.start
        labels = {cycle.effective_on: f"{cycle.quarter}\n{cycle.effective_on}" for cycle in layout.cycles}
        if all(abs((day - start).days) > _FOR_START for day in days):
            labels[start] = f"start\n{start}"
        if room < _FOR_WORDS:
            labels = {cycle.effective_on: f"Q{cycle.quarter.number}" for cycle in layout.cycles}
            labels |= {day: f"Q4\nFY{day.year % 100:02}\n{day}" for day in layout.years}
        if room < _FOR_QUARTERS:
            every = ceil(_FOR_YEAR / (4 * room))
            labels = {day: f"Mar 1\n{day.year}" for day in layout.years[::every]}
        ax.set_xticks([number(day) for day in labels], [*labels.values()], fontsize="small")
        ax.set_xticks([number(day) for day in days], minor=True)
        ax.tick_params(axis="x", which="both", length=4)
        ax.set_xlim(number(layout.left), number(layout.right))

    def draw_held(self) -> None:
        """Draw the tier held as a thick line near the floor of its row; dashed after the day of the question."""
        layout = self.layout
        known: list[tuple[date, float]] = []
        later: list[tuple[date, float]] = []
        for period in layout.timeline.periods:
            floor, middle = layout.floor(period.tier), period.stop
            if layout.view:
                middle = min(max(layout.view.as_of, period.start), period.stop)
            if not self.is_later(period.start):
                known += [(period.start, floor + HELD), (middle, floor + HELD)]
                self.canvas.patch("", (period.start, middle), (floor, floor + 1), **_SHADE)
            if middle < period.stop:
                later += [(middle, floor + HELD), (period.stop, floor + HELD)]
        self.canvas.line("tier held", known, **_HELD)
        if later:
            self.canvas.line("tier held after the as-of day", later, **_HELD_LATER)

    def draw_scores(self) -> None:
        """Draw each score as a dot on its closing day, with a dotted arrow to its effective date."""
        layout, canvas, room = self.layout, self.canvas, self.room
        for result in layout.results:
            closes, height = result.cycle.closes_on, layout.height(result)
            line = [(closes, height), (result.cycle.effective_on, height)]
            canvas.line("", line, color=PALE, linewidth=1, linestyle=":", zorder=2)
            canvas.markers("the quarter takes effect", line[1:], marker=5, color=PALE, markersize=5)
            name, style = kind_of(result), _MARKERS[kind_of(result)]
            is_later = self.is_later(result.quarter.stop)
            if is_later:
                name, style = name.replace("on the closing day", "after the as-of day"), {**style, **_HOLLOW}
            canvas.markers(name, line[:1], **style)
            if result.score is not None and room >= _FOR_SCORES:
                place: dict[str, Any] = {"offset": (-7, 0), "ha": "right"}
                if room < _FOR_WORDS:
                    place = {"offset": (0, 6), "ha": "center", "va": "bottom", "fontsize": "x-small"}
                color = PALE if is_later else INK
                canvas.text(closes, height, starred(result.score, is_inferred(result)), color=color, **place)

    def draw_decisions(self) -> None:
        """Name what each effective date did to the tier held; where there is no room, mark the changes only."""
        height = len(self.layout.tiers) + DECISIONS
        for decision in self.layout.timeline.decisions:
            star = any_inferred(decision.outcome_reasons)
            day, color = decision.effective_on, PALE if self.is_later(decision.effective_on) else INK
            if self.room >= _FOR_WORDS:
                self.canvas.text(day, height, starred(decision.kind, star), ha="center", color=color)
            elif decision.kind in _CHANGES:
                marker = _CHANGES[decision.kind]
                self.canvas.markers(str(decision.kind), [(day, height)], marker=marker, color=color, markersize=6)
                self.canvas.text(day, height, starred("", star), (4, 0), color=color, bbox=None)

    def draw_end(self, end: ProgramEnd) -> None:
        """Say that the program ends with the timeline."""
        text = starred("the program ends", end.citation.is_inferred)
        self.canvas.text(end.on, len(self.layout.tiers) / 2, text, (9, 0), rotation=90, ha="center")

    def draw_outlook(self, view: Outlook) -> None:
        """Draw the day of the question, the tier that is secured on the renewal, and the fall that is ahead."""
        layout, canvas, renews_on = self.layout, self.canvas, view.renews_on
        style = {"color": INK, "linewidth": 1.2, "linestyle": (0, (5, 1.5, 1, 1.5)), "zorder": 3.5}
        canvas.line("", [(view.as_of, layout.bottom), (view.as_of, layout.top)], **style)
        canvas.text(view.as_of, layout.top, f"as of {view.as_of}", (0, 3), ha="center", va="bottom")
        if view.secured is None:
            return
        floor, before = layout.floor(view.secured), view.tier_before_renewal
        frame = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.4, "zorder": 2.5}
        until = next((day for day in layout.years if day > renews_on), layout.right)
        canvas.patch("tier secured", (renews_on, until), (floor, floor + 1), **frame)
        canvas.text(renews_on, floor + 0.6, joined(view._starred_tier(renews_on), "\nsecured"), (6, 0))
        if before is None:
            return
        path = self.path_without_scores(view)
        if path:
            canvas.line("tier held if nothing more is scored", path, color=INK, linewidth=1.6, linestyle=(0, (1, 1)), zorder=3)
        if before > view.secured:
            verb = "at risk" if view.open_cycles or view.awaiting_score else "falls"
            canvas.text(
                renews_on, layout.floor(before) + 0.6, joined(view._starred_tier(renews_on - ONE_DAY), f"\n{verb}"), (22, 0)
            )
            aside = number(renews_on) + _ASIDE / self.room * DAYS
            arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 2, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
            points = (aside, floor + 1), (aside, layout.floor(before) + 0.8)
            canvas.ax.annotate("", *points, arrowprops=arrow, annotation_clip=False)

    def path_without_scores(self, view: Outlook) -> list[tuple[date, float]]:
        """Return the line of the tier held until the renewal if nothing more is scored, from where the timeline differs."""
        timeline = self.layout.timeline
        days = [one.effective_on for one in self.layout.cycles if view.as_of < one.effective_on < view.renews_on]
        tiers = {day: view._results.basis_on(day).tier for day in days}
        differs = (day for day, tier in tiers.items() if day >= timeline.stop or timeline.tier_on(day) is not tier)
        first = next(differs, view.renews_on)
        differ = [day for day in tiers if day >= first]
        stops = [*differ[1:], view.renews_on]
        heights = [self.layout.floor(tiers[day]) + HELD for day in differ]
        return [point for day, stop, height in zip(differ, stops, heights) for point in ((day, height), (stop, height))]


def kind_of(result: Result) -> str:
    """Return the name of the marker of a result."""
    if isinstance(result.score, Tier):
        return "tier given, score not known"
    return "not scored" if result.score is None else "score on the closing day"


def is_inferred(result: Result) -> bool:
    """Return whether it is inferred what a quarter earned."""
    if isinstance(result.score, int):
        return any(citation.is_inferred for citation in result.citations)
    return RULE["D1" if result.given else "D5"].citation.is_inferred
