"""An evaluation as one self-contained page: figures as tables, plots as SVG in the file, nothing from outside."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from graph_service.evaluation_tables import method_name, part_name
from graph_service.ranking.metrics import METRICS
from graph_service.text.messages import Spoken, sentence

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
        bars=_bars(figures.get("measures", {}), language),
        reliability=_reliability(figures.get("calibration")),
    )


def _bars(measures: Mapping[str, Any], language: Spoken) -> dict[str, Any]:
    """acc@1 per method with its interval, as rectangles and lines in pixels."""
    scale = WIDTH - LEFT - 60
    rows = []
    for place, (name, measured) in enumerate(measures.items()):
        figure = measured["acc@1"]
        rows.append(
            {
                "name": method_name(name, language),
                "y": place * BAR,
                "width": round(figure["value"] * scale, 1),
                "low": round(LEFT + figure["low"] * scale, 1),
                "high": round(LEFT + figure["high"] * scale, 1),
                "value": f"{figure['value']:.3f}",
                "is_own": name == "rules",
            }
        )
    return {"rows": rows, "width": WIDTH, "height": len(rows) * BAR + 4, "left": LEFT}


def _reliability(calibration: Mapping[str, Any] | None) -> dict[str, Any] | None:
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
            "promised": f"{one['promised']:.2f}",
            "seen": f"{one['seen']:.2f}",
        }
        for one in bins
        if one["count"]
    ]
    return {"points": points, "side": SIDE}
