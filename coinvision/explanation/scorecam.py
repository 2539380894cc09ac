"""Score-CAM (Wang et al. 2020), in the faster variant that asks about the liveliest features."""

import keras
import numpy as np
from tf_keras_vis.scorecam import Scorecam
from tf_keras_vis.utils.scores import CategoricalScore

from coinvision.explanation.compiled import once
from coinvision.networks.speed import compiler

# The features that vary most over the picture, one full batch of passes a coin: VGG-16 has 512.
MOST_FEATURES = 32


def scorecam(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """Where the features lie by which alone the network would still name the class.

    By tf-keras-vis. It weighs a feature by the class's probability when the picture is multiplied
    by that feature (black where the feature is not): it applies softmax to what the model gives,
    which is right for logits and would be a second softmax for probabilities. Weights are never
    negative, so the map of an improbable class is faint but has much the same shape.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: the layer whose features are used.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.

    Returns:
        float32, n x rows x columns of the layer, from 0 up: features times probability.
    """
    explainer = Scorecam(once(model, "taking lists", lambda: _taking_lists(model)), clone=False)
    most = min(MOST_FEATURES, model.get_layer(layer).output.shape[-1])
    shown = keras.config.is_interactive_logging_enabled()
    keras.config.disable_interactive_logging()  # a progress bar for each coin
    try:
        # one by one: the library chooses features for the whole batch together
        maps = [
            explainer(
                CategoricalScore([int(wanted)]),
                picture[None].astype(np.float32),
                penultimate_layer=layer,
                seek_penultimate_conv_layer=False,
                max_N=most,
                expand_cam=False,
                normalize_cam=False,
            )[0]
            for picture, wanted in zip(pictures, classes, strict=True)
        ]
    finally:
        if shown:
            keras.config.enable_interactive_logging()
    return np.asarray(maps, dtype=np.float32)


def _taking_lists(model: keras.Model) -> keras.Model:
    """The same network, asked as the library asks; Keras warns where a list is not expected."""
    listed = keras.Model(model.inputs, model.outputs)
    listed.compile(jit_compile=compiler())
    return listed
