"""The networks. A new one is a file beside this one and a line in `NETWORKS`.

    network = networks.get("vgg16")
    model = network.build(12)        # uint8-range RGB photographs -> logits of 12 emperors

Each file defines `NETWORK`, a `Network` (see blueprint.py). Keras is imported by `get`, not by
importing this package.
"""

import importlib
from typing import TYPE_CHECKING

from coinvision.errors import RunError

if TYPE_CHECKING:
    from coinvision.networks.blueprint import Network

# The name on the command line and in run.json, and the file that defines the network.
NETWORKS = {
    "small": "small_cnn",
    "small-distilled": "small_distilled",
    "vgg16": "vgg16",
    "vgg16-deep": "vgg16_deep",
    "small-2020": "small_2020",
    "vgg16-2020": "vgg16_2020",
}
# The 2020 study's are baselines: asked in color alone, to be told from ours on the same coins.
# The pupil stands beside none of them: its time would be its teacher's as well.
STUDY_2020 = {"small": "small-2020", "vgg16": "vgg16-2020", "vgg16-deep": "vgg16-2020"}
OWN = tuple(name for name in NETWORKS if name not in STUDY_2020.values())


def get(name: str) -> "Network":
    """The network of that name.

    Raises:
        RunError: there is none.
    """
    if name not in NETWORKS:
        raise RunError(f"There is no network {name!r}; expected one of {', '.join(NETWORKS)}.")
    network: Network = importlib.import_module(f"coinvision.networks.{NETWORKS[name]}").NETWORK
    return network
