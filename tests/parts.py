"""Every part of a picture as a line of text: its days and heights, and how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import BoxStyle, FancyArrowPatch
from pictures import day, labels


def point(x: float, y: float) -> str:
    """Return a point as a day and a height."""
    return f"{day(x)} {round(float(y), 3):g}"


def color(value: Any) -> str:
    """Return a colour with its opacity."""
    return "none" if value is None or value[-1:] == (0,) else to_hex(value, keep_alpha=True)


def dashes(line: Any) -> str:
    """Return the dashes of a line, in multiples of its width."""
    offset, lengths = line._unscaled_dash_pattern
    return "solid" if lengths is None else f"dashes {offset:g}: {' '.join(f'{length:g}' for length in lengths)}"


def of_lines(axes: Axes) -> Iterator[str]:
    """Yield the lines and the markers."""
    for one in axes.lines:
        look = f"{color(one.get_color())} {one.get_linewidth():g} {dashes(one)}"
        if one.get_linestyle() == "None":
            face, edge = color(one.get_markerfacecolor()), color(one.get_markeredgecolor())
            look = f"marker {one.get_marker()} {one.get_markersize():g} {face} {edge} {one.get_markeredgewidth():g}"
        else:
            look += f" {one.get_solid_capstyle()} {one.get_dash_capstyle()}"
        points = ", ".join(point(x, y) for x, y in one.get_xydata())
        yield f"line {one.get_label()}: {points}; {look}; layer {one.get_zorder():g}"


def of_shapes(axes: Axes) -> Iterator[str]:
    """Yield the rectangles, and the lines between the rows."""
    for one in axes.patches:
        (x, y), right, top = one.get_xy(), one.get_x() + one.get_width(), one.get_y() + one.get_height()  # type: ignore[attr-defined]
        look = f"{color(one.get_facecolor())} {color(one.get_edgecolor())} {one.get_linewidth():g} {one.get_hatch()}"
        yield f"rectangle {one.get_label()}: {point(x, y)} to {point(right, top)}; {look}; layer {one.get_zorder():g}"
    for many in axes.collections:
        for segment in many.get_segments():  # type: ignore[attr-defined]
            look = f"{color(many.get_edgecolor()[0])} {many.get_linewidth()[0]:g}"
            yield f"bound: {' to '.join(point(x, y) for x, y in segment)}; {look}; layer {many.get_zorder():g}"


def of_arrow(arrow: FancyArrowPatch) -> str:
    """Return how an arrow looks."""
    look = f"{type(arrow.get_arrowstyle()).__name__} {arrow.get_mutation_scale():g} {arrow.shrinkA:g} {arrow.shrinkB:g}"
    return f"arrow {look} {color(arrow.get_edgecolor())} {arrow.get_linewidth():g}"


def of_texts(axes: Axes) -> Iterator[str]:
    """Yield the texts and the arrows; a text is written some points away from its day and height."""
    for one in axes.texts:
        look = f"{one.get_fontsize():g} {color(one.get_color())} {one.get_ha()} {one.get_va()} {one.get_rotation():g}"
        if one.arrow_patch:  # type: ignore[attr-defined]
            look = f"from {point(*one.get_position())}; {of_arrow(one.arrow_patch)}"  # type: ignore[attr-defined]
        else:
            (right, above), unit = one.get_position(), str(one.anncoords).removeprefix("offset ")  # type: ignore[attr-defined]
            look = f"{right:g} {above:g} {unit} away; {look}"
        box = one.get_bbox_patch()
        if box:
            style = box.get_boxstyle()
            assert isinstance(style, BoxStyle.Square)
            look += f" on {color(box.get_facecolor())} {color(box.get_edgecolor())} {style.pad:g}"  # type: ignore[attr-defined]
        outside = "shown outside" if one.get_annotation_clip() is False else "hidden outside"  # type: ignore[attr-defined]
        xy = point(*one.xy)  # type: ignore[attr-defined]
        yield f"text {one.get_text()!r} at {xy}; {look}; layer {one.get_zorder():g}, {outside}"


def of_axes(axes: Axes) -> Iterator[str]:
    """Yield what is around the picture: the ticks, the title, the note, the edges and the legend."""
    for minor in (False, True):
        which = "minor" if minor else "major"
        for name, axis in (("day", axes.xaxis), ("row", axes.yaxis)):
            shown = [f"{day(tick) if name == 'day' else f'{tick:g}'} {text!r}" for tick, text in labels(axis, minor=minor)]
            ticks: Any = axis.get_minor_ticks() if minor else axis.get_major_ticks()
            sizes = {f"{one.tick1line.get_markersize():g} {one.get_pad():g}" for one in ticks}
            fonts = {f"{one.label1.get_fontsize():g} {color(one.label1.get_color())}" for one in ticks}
            yield f"{which} ticks of {name}s: {', '.join(shown)}; {', '.join(sorted(sizes | fonts))}"
    yield f"from {point(axes.get_xlim()[0], axes.get_ylim()[0])} to {point(axes.get_xlim()[1], axes.get_ylim()[1])}"
    title, note, legend = axes.title, axes.xaxis.label, axes.get_legend()
    left = axes._left_title  # type: ignore[attr-defined]
    above = axes.titleOffsetTrans.transform((0, 0))[1] * 72 / axes.get_figure().dpi  # type: ignore[attr-defined, union-attr]
    yield f"title {title.get_text()!r} {left.get_text()!r} {left.get_fontsize():g}, {above:g} points above"
    yield f"note {note.get_text()!r} {note.get_ha()} {note.get_fontsize():g}"
    yield f"edges: {', '.join(name for name, one in axes.spines.items() if one.get_visible())}"
    assert legend is not None
    x, y = legend.get_bbox_to_anchor().get_points()[0] * 72 / axes.get_figure().dpi  # type: ignore[union-attr]
    frame = "with a frame" if legend.get_frame_on() else "without a frame"
    place = f"{legend._loc} {legend.borderaxespad:g} at {x:g} {y:g} points"  # type: ignore[attr-defined]
    yield f"legend of {legend._ncols}, {frame}, {place}"  # type: ignore[attr-defined]
    for handle, text in zip(legend.legend_handles, legend.get_texts()):
        yield f"legend {text.get_text()!r} {text.get_fontsize():g}: {type(handle).__name__}"


def parts(axes: Axes) -> list[str]:
    """Return every part of a picture."""
    return [line for kind in (of_lines, of_shapes, of_texts, of_axes) for line in kind(axes)]
