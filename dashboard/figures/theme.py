"""One Plotly template per theme, with the tokens of the stylesheet, and the one configuration of every graph."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]

#: Colours that figures use, equal to the tokens of ``assets/10_jetons.css`` (a test compares them).
JETONS: dict[Theme, dict[str, str]] = {
    "light": {"ink": "#17242b", "muted": "#56656e", "line": "#dde4e8", "surface": "#ffffff", "r4": "#2f8087",
              "engaged": "#bd5318", "men": "#3f7fb5", "women": "#8a4fa3", "nd": "#f3f4f5",
              "r0": "#d6ebe9", "r1": "#b4d9d5", "r2": "#8cc4c0", "r3": "#60a9aa", "r5": "#126470", "r6": "#0a4a56",
              "s1": "#2f8087", "s2": "#bd5318", "s3": "#8a4fa3", "s4": "#3f7fb5", "s5": "#8a7a1f", "s6": "#6b7780"},
    "dark": {"ink": "#e9f0f2", "muted": "#9fb0b8", "line": "#2a383f", "surface": "#182328", "r4": "#57a6af",
             "engaged": "#f2a15f", "men": "#74aede", "women": "#c08fd6", "nd": "#1c2428",
             "r0": "#1e3d44", "r1": "#25505a", "r2": "#2b6370", "r3": "#32747f", "r5": "#86c5ca", "r6": "#c0e4e4",
             "s1": "#57a6af", "s2": "#f2a15f", "s3": "#c08fd6", "s4": "#74aede", "s5": "#cdbb5a", "s6": "#9fb0b8"},
}  # fmt: skip

POLICE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

#: Configuration of every ``dcc.Graph``: no upload button, no logo, no world map fetched from elsewhere.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "showTips": False,
    "locale": "fr",
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "topojsonURL": "/assets/topojson/",
}


@lru_cache
def gabarit(theme: Theme) -> go.layout.Template:
    """Template of a theme: quiet axes, French separators, transparent paper."""
    j = JETONS[theme]
    axe = {"gridcolor": j["line"], "linecolor": j["line"], "zerolinecolor": j["line"], "tickcolor": j["line"]}
    return go.layout.Template(
        layout={
            "font": {"family": POLICE, "size": 13, "color": j["muted"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "separators": ",\u202f",
            "colorway": [j["r4"], j["engaged"]],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {**axe, "showgrid": False, "automargin": True, "fixedrange": True},
            "yaxis": {**axe, "showline": False, "automargin": True, "fixedrange": True, "rangemode": "tozero"},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"color": j["muted"]}},
            "hoverlabel": {"bgcolor": j["surface"], "bordercolor": j["line"], "font": {"color": j["ink"]}},
            "hovermode": "x unified",
            "bargap": 0.18,
        }
    )
