"""The contrast of two colours (WCAG 2.2, relative luminance and contrast ratio)."""

WHITE = "#ffffff"
DARK = "#1e1e1e"
"""The background of letters by day, and the grey that mail programs lay behind them in dark mode."""

TEXT = 4.5
"""What words need on their ground (success criterion 1.4.3)."""

SURFACE = 3.0
"""The contrast that a surface needs with its surroundings (1.4.11). No colour has 4.5 on white and on a
dark grey."""


def contrast(one: str, other: str) -> float:
    """The ratio of two colours `#rrggbb`, from 1 (the same) to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    >>> contrast("#767676", "#ffffff") >= TEXT
    True
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    """A share of a colour as light (the sRGB curve)."""
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
