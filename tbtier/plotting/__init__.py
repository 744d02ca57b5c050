"""Pictures of timelines, drawn with matplotlib: the held tier, the scores, and the day on which each quarter takes effect."""

try:
    from tbtier.plotting.timelines import plot_timeline
except ImportError as _missing:
    raise ImportError("tbtier.plotting needs matplotlib: python -m pip install 'tbtier[plot]'") from _missing

__all__ = ["plot_timeline"]
