"""What every network says of itself: how it is built, what of it is frozen, how it is trained."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

import keras

LATER = ("augmentation", "momentum", "weigh_rarity", "least_gain", "least_gain_at_rate")


@dataclass(frozen=True)
class Recipe:
    """How a network is trained, unless the command line says otherwise."""

    max_epochs: int
    learning_rate: float
    weight_decay: float
    batch_size: int = 32
    least_batches: int = 1  # an epoch, about; few coins are gone through several times
    warmup_epochs: int = 3  # the rate rises evenly to its full value
    halve_after: int = 4  # epochs without a better validation loss
    stop_after: int = 12  # epochs without a better validation loss
    label_smoothing: float = 0.1
    averaging: float = 0.0  # share of the averaged weights that stays at each step
    views: int | None = None  # augmented views of each coin whose frozen features are stored
    augmentation: str = "careful"  # a row of `photos.views.WAYS`
    momentum: float | None = None  # of plain stochastic gradient descent; None takes AdamW
    weigh_rarity: bool = True  # coins of rare emperors count more
    least_gain: float = 1e-3  # a validation loss that fell by less is no better: that is noise
    least_gain_at_rate: float = 1e-3  # the same, before the rate is halved

    def told(self) -> dict[str, object]:
        """The recipe for run.json; what came later is told only where it is not as it always was.

        So a run that was begun before there were such settings is still one of this recipe.
        """
        usual = {field.name: field.default for field in fields(self)}
        return {k: v for k, v in asdict(self).items() if k not in LATER or v != usual[k]}


@dataclass(frozen=True)
class Network:
    """A network's plan.

    `build(num_emperors)` gives one flat functional graph from RGB photographs (float or uint8 range
    0-255, batch x image_size x image_size x 3) to logits, preprocessing inside. Layers up to and
    including `frozen_until` are never trained; None trains all. `load_backbone(model, source)`
    brings ready-made weights into the model and returns nothing. Heatmaps are computed on the
    output of the layer `explained`. A network with a `teacher`, another's name, learns from that
    one's answers too: it is trained first, on the same coins (`training.distillation`).
    """

    image_size: int
    recipe: Recipe
    build: Callable[[int], keras.Model]
    explained: str
    frozen_until: str | None = None
    load_backbone: Callable[[keras.Model, str], None] | None = None
    teacher: str | None = None


def split(model: keras.Model, frozen_until: str) -> tuple[keras.Model, keras.Model]:
    """A model's frozen part and its trained part; both share the model's own weights."""
    seam = model.get_layer(frozen_until).output
    return keras.Model(model.input, seam), keras.Model(seam, model.output)


def frozen_layers(model: keras.Model, frozen_until: str) -> list[keras.layers.Layer]:
    """The layers up to and including the seam, in order."""
    names = [layer.name for layer in model.layers]
    return list(model.layers[: names.index(frozen_until) + 1])


def layer_rows(model: keras.Model, frozen_until: str | None) -> list[dict[str, object]]:
    """A model's layers in order, for a table: name, kind, output, weights, trained or not."""
    frozen = frozen_layers(model, frozen_until) if frozen_until else []
    return [
        {
            "layer": layer.name,
            "kind": type(layer).__name__,
            "output": " x ".join(str(n) for n in layer.output.shape[1:]),
            "weights": layer.count_params(),
            "trained": layer not in frozen and bool(layer.trainable_variables),
        }
        for layer in model.layers
    ]
