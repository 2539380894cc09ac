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
    return np.maximum(uncut(model, layer, pictures, classes), 0)


def uncut(model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    """Grad-CAM before what is negative is cut off: where features raise or lower the logit.

    It is linear in the logit: the maps of two classes subtracted are the map of the lead of one
    over the other (Prabhushankar et al. 2020, Contrastive explanations in neural networks).
    Arguments and result as for `gradcam`, but from below 0 up.
    """
    features, gradients, _ = at_layer(model, layer)(pictures, classes)
    weights = gradients.mean(axis=(1, 2), keepdims=True)
    maps: np.ndarray = (features * weights).sum(axis=-1)
    return maps
