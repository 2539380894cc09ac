"""Grad-CAM (Selvaraju et al. 2017, Visual explanations via gradient-based localization)."""

import keras
import numpy as np

from coinvision.explanation.compiled import at_layer


def gradcam(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """Where a layer's features raise the logit of a class.

    The same numbers as tf-keras-vis's Gradcam without its scaling.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: the layer on whose output the map is computed.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.

    Returns:
        float32, n x rows x columns of the layer, from 0 up, in logits; neither scaled to 1 nor
        resized, so that maps can be compared.
    """
    features, gradients, _ = at_layer(model, layer)(pictures, classes)
    weights = gradients.mean(axis=(1, 2), keepdims=True)
    maps: np.ndarray = np.maximum((features * weights).sum(axis=-1), 0)
    return maps
