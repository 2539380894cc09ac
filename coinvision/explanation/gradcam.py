"""Grad-CAM (Selvaraju et al. 2017, Visual explanations via gradient-based localization)."""

import keras
import numpy as np
from tf_keras_vis.gradcam import Gradcam
from tf_keras_vis.utils.scores import CategoricalScore


def gradcam(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """Where a layer's features raise the logit of a class.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: the layer on whose output the map is computed.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.

    Returns:
        float32, n x rows x columns of the layer, from 0 up, in logits; neither scaled to 1 nor
        resized, so that maps can be compared.
    """
    # the logits are linear already: no copy of the model has to be changed
    explainer = Gradcam(model, clone=False)
    maps = explainer(
        CategoricalScore([int(c) for c in classes]),
        pictures.astype(np.float32),
        penultimate_layer=layer,
        seek_penultimate_conv_layer=False,
        expand_cam=False,
        normalize_cam=False,
    )
    return np.asarray(maps, dtype=np.float32)
