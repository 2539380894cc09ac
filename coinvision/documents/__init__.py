"""Reports as one HTML file: no script, nothing loaded from elsewhere, light and dark.

render("experiment.html", report=..., ...)    # a template in this folder

Whatever stands in a report (names from museums too) is escaped by the template engine; charts are
SVG in the page, drawn by the macros in parts.html.
"""

from functools import cache
from typing import Any

import jinja2

from coinvision import spelling


def render(template: str, **facts: Any) -> str:
    """A report's text.

    Args:
        template: a file in this folder.
        facts: what it speaks of; a name that the template asks for and that is missing is an error.
    """
    return _environment().get_template(template).render(facts)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("coinvision", "documents"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("who", "percent", "with_interval", "points", "gain", "count", "year"):
        environment.filters[name] = getattr(spelling, name)
    return environment
