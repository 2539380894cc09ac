"""Which part of a coin spoke for an emperor: heatmaps, uncolored, on the method's own grid.

    run = runs.open_run("ocre12-small-color-fold0-seed0")
    maps = explaining.explain(run, photographs, ["Nero", "Titus"], method="gradcam")
    explaining.explain_tested(run, folder_of_photographs, method="rise", limit=50)
    stored.read(run)["gradcam"].predicted                                # of heatmaps.npz

A new method is a file beside gradcam.py and a line in `METHODS`. Keras is imported by `get`, not
by importing this package.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coinvision.errors import RunError

if TYPE_CHECKING:
    import keras
    import numpy as np

    Method = Callable[[keras.Model, str, np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Listed:
    """Where a method is, the file and its function called so, and what a reader is told of it.

    `shows` is what a place's value tells of the score that is explained, `unit` what its values
    count, empty if they mean nothing by themselves; `slow` ones ask the network dozens or hundreds
    of times about one coin. `uncut` is the function, often the same one, whose maps also hold what
    speaks against: two emperors' maps may be subtracted. Empty where there is none. `of_lead` says
    what the difference comes to, of the logits that one leads by.
    """

    file: str
    title: str
    unit: str = ""
    slow: bool = False
    uncut: str = ""
    of_lead: str = ""
    shows: str = "what raised the score"

    @property
    def cuts(self) -> bool:
        """Whether the method itself cuts off what another function of its file keeps."""
        return self.uncut not in ("", self.file)


ADDED = (
    "Added up, its places come to {sum} of the {lead} logits by which {named} leads: weights that "
    "are averages over the grid tell where, not how much."
)
HIDDEN = (
    "To hide the place that counts most takes {top} of the {lead} logits by which {named} leads."
)
SHOWN = (
    "To show the place that counts most, while others are hidden by chance, adds {top} to a lead "
    "that is {lead} logits on the whole coin."
)
# By the name on the command line and in heatmaps.npz.
METHODS = {
    "gradcam": Listed("gradcam", "Grad-CAM", "logits", uncut="uncut", of_lead=ADDED),
    "gradcam++": Listed("gradcam_plus_plus", "Grad-CAM++"),
    "scorecam": Listed("scorecam", "Score-CAM", slow=True),
    "saliency": Listed(
        *("saliency", "Saliency", "logits a gray level"),
        shows="how far a small change at each place changes, either way, the score",
    ),
    "occlusion": Listed(
        "occlusion", "Occlusion", "logits", slow=True, uncut="occlusion", of_lead=HIDDEN
    ),
    "rise": Listed("rise", "RISE", "logits", slow=True, uncut="rise", of_lead=SHOWN),
}
FIRST = "gradcam"  # what coins are explained by unless said otherwise
SLOW = tuple(name for name, listed in METHODS.items() if listed.slow)
# What a method must beat before it is believed: maps that know nothing of the network.
CONTROLS = {
    "random": "random",
    "blurred-random": "blurred_random",
    "center": "center",
    "edges": "edges",
}


def get(name: str, *, uncut: bool = False) -> "Method":
    """The method or control of that name; `uncut`, with what speaks against where it can.

    All take a model (flat functional graph to logits, under TensorFlow), the name of the layer on
    whose output a map may be computed, n pictures (n x size x size x 3, RGB 0-255) and n classes.
    All give float32, n x rows x columns, neither scaled to 1 nor resized to the picture, and the
    same map for the same picture in whatever company.

    Raises:
        RunError: there is none.
    """
    if name in METHODS:
        file = METHODS[name].file
        function = (uncut and METHODS[name].uncut) or file
    elif name in CONTROLS:
        file, function = "controls", CONTROLS[name]
    else:
        known = ", ".join((*METHODS, *CONTROLS))
        raise RunError(f"There is no method {name!r}; expected one of {known}.")
    method: Method = getattr(importlib.import_module(f"coinvision.explanation.{file}"), function)
    return method
