"""An evaluation as one self-contained page: figures as tables, plots as SVG in the file, nothing from outside."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from graph_service.evaluation_tables import (
    in_short,
    method_name,
    nothing_judged,
    part_name,
    silence,
    spread,
    with_interval,
)
from graph_service.ranking.metrics import METRICS
from graph_service.text.messages import Spoken, figure, sentence

WIDTH, HEIGHT, BAR, LEFT = 640, 300, 26, 230
SIDE = 300


def page(figures: Mapping[str, Any], language: Spoken) -> str:
    """The page as HTML in one language."""
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files("graph_service").joinpath("evaluation.html").read_text(encoding="utf-8"))

    def say(code: str, **values: object) -> str:
        return sentence(code, language, **values)

    return template.render(
        language=language,
        say=say,
        metrics=list(METRICS),
        method=lambda name: method_name(name, language),
        part=lambda stratum, name: part_name(stratum, name, language),
        figures=figures,
        number=lambda value, form: figure(value, form, language),
        interval=lambda found, sign="": with_interval(found, language, sign),
        sentences={
            "nothing": nothing_judged(figures, language),
            "short": in_short(figures, language) if figures["judged"] else "",
            "rest": [spread(figures, language), *silence(figures, language)] if figures["judged"] else [],
        },
        bars=_bars(figures.get("measures", {}), language),
        reliability=_reliability(figures.get("calibration"), language),
    )


def _bars(measures: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """acc@1 per method with its interval, as rectangles and lines in pixels."""
    scale = WIDTH - LEFT - 60
    rows = []
    for place, (name, measured) in enumerate(measures.items()):
        found = measured["acc@1"]
        low, high = (found["value"] if found[end] is None else found[end] for end in ("low", "high"))
        rows.append(
            {
                "name": method_name(name, language),
                "y": place * BAR,
                "width": round(found["value"] * scale, 1),
                "low": round(LEFT + low * scale, 1),
                "high": round(LEFT + high * scale, 1),
                "value": figure(found["value"], ".3f", language),
                "is_own": name == "rules",
            }
        )
    return {"rows": rows, "width": WIDTH, "height": len(rows) * BAR + 4, "left": LEFT}


def _reliability(calibration: Mapping[str, Any] | None, language: Spoken) -> dict[str, Any] | None:
    """Promised against seen as points; their area grows with the count."""
    if calibration is None:
        return None
    bins: Sequence[Mapping[str, Any]] = calibration["first_five"]["bins"]
    most = max(one["count"] for one in bins)
    points = [
        {
            "x": round(one["promised"] * SIDE, 1),
            "y": round(SIDE - one["seen"] * SIDE, 1),
            "radius": round(3 + 9 * (one["count"] / most) ** 0.5, 1),
            "count": one["count"],
            "promised": figure(one["promised"], ".2f", language),
            "seen": figure(one["seen"], ".2f", language),
        }
        for one in bins
        if one["count"]
    ]
    return {"points": points, "side": SIDE}
