"""The contrast of two colours (WCAG 2.2, relative luminance and contrast ratio)."""

from collections.abc import Callable
from colorsys import hls_to_rgb, rgb_to_hls

WHITE = "#ffffff"
DARK = "#1e1e1e"
"""The background of letters by day, and the grey that mail programs lay behind them in dark mode."""

TEXT = 4.5
"""What words need on their ground (success criterion 1.4.3)."""

SURFACE = 3.0
"""The contrast that a surface needs with its surroundings (1.4.11). No colour has 4.5 on white and on a
dark grey."""


_STEPS = 100
"""Of lightness, from black to white."""


def contrast(one: str, other: str) -> float:
    """The ratio of two colours `#rrggbb`, from 1 (the same) to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    >>> contrast("#767676", "#ffffff") >= TEXT
    True
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, fits: Callable[[str], bool]) -> str | None:
    """The colour of the same hue that fits, of the nearest lightness; nothing where none does.

    >>> nearest("#ffcc00", lambda found: contrast(found, "#ffffff") >= TEXT)
    '#8f7200'
    """
    hue, lightness, saturation = rgb_to_hls(*_shares(colour))
    steps = sorted(range(_STEPS + 1), key=lambda step: abs(step / _STEPS - lightness))
    tried = (hls_to_rgb(hue, step / _STEPS, saturation) for step in steps)
    found = (f"#{''.join(f'{round(share * 255):02x}' for share in shares)}" for shares in tried)
    return next(filter(fits, found), None)


def _luminance(colour: str) -> float:
    red, green, blue = map(_linear, _shares(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shares(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(share: float) -> float:
    """A share of a colour as light (the sRGB curve)."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
