"""A run's weights: only what training changed; a frozen backbone is stored once for all runs."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import keras

from coinvision import networks
from coinvision.files import write_bytes
from coinvision.networks import stored_weights
from coinvision.networks.blueprint import frozen_layers
from coinvision.runs.folder import Run, note, runs_folder

WEIGHTS, BACKBONES = "weights.npz", "backbones"


def keep_weights(run: Run, model: keras.Model) -> None:
    """Store the weights that training changed."""
    frozen = networks.get(run.description["network"]).frozen_until
    data = stored_weights.packed(stored_weights.trained_layers(model, frozen))
    write_bytes(run.folder / WEIGHTS, data)
    note(run, WEIGHTS)


def load_model(run: Run) -> keras.Model:
    """Build the run's network and bring its stored weights in.

    Raises:
        RunError: weights are missing, damaged or of another network.
    """
    network = networks.get(run.description["network"])
    model = network.build(len(run.emperors))
    if network.frozen_until:
        path = _backbone_path(run.folder.parent, str(run.description.get("backbone")))
        stored_weights.bring_in(path, frozen_layers(model, network.frozen_until))
    trained = stored_weights.trained_layers(model, network.frozen_until)
    stored_weights.bring_in(run.folder / WEIGHTS, trained)
    return model


@dataclass(frozen=True)
class Backbone:
    """A network's frozen part as a file: its content, and a name that tells what is in it."""

    name: str
    data: bytes


def packed_backbone(network: str, model: keras.Model, frozen_until: str) -> Backbone:
    """A network's frozen part, ready to be stored."""
    data = stored_weights.packed(frozen_layers(model, frozen_until))
    return Backbone(f"{network}-{hashlib.sha256(data).hexdigest()[:12]}.npz", data)


def keep_backbone(runs: Path, backbone: Backbone, model: keras.Model, frozen_until: str) -> None:
    """Store a network's frozen part beside the runs, once.

    The model's own frozen weights are rounded to what is stored, so that training sees what
    every later reader will.
    """
    path = runs / BACKBONES / backbone.name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, backbone.data)
    stored_weights.bring_in(path, frozen_layers(model, frozen_until))


def _backbone_path(runs: Path, name: str) -> Path:
    """A frozen part lies beside the run or among the artifacts."""
    beside = runs / BACKBONES / name
    return beside if beside.exists() else runs_folder() / BACKBONES / name
