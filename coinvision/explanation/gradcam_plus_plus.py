"""Grad-CAM++ (Chattopadhay et al. 2018, Generalized gradient-based visual explanations)."""

import keras
import numpy as np

from coinvision.explanation.compiled import at_layer


def gradcam_plus_plus(
    model: keras.Model, layer: str, pictures: np.ndarray, classes: np.ndarray
) -> np.ndarray:
    """Grad-CAM whose weights count each place by how much it adds, not all places alike.

    The numbers of tf-keras-vis's GradcamPlusPlus without its scaling, divided by exp(logit). The
    paper explains exp(logit), which multiplies a whole map: between two coins that are equally well
    explained it would make a factor of hundreds.

    Args:
        model: flat functional graph to logits, with a backend of TensorFlow.
        layer: the layer on whose output the map is computed.
        pictures: n x size x size x 3, RGB 0-255.
        classes: n, the class that each map explains.

    Returns:
        float32, n x rows x columns of the layer, from 0 up, in logits.
    """
    features, gradients, _ = at_layer(model, layer)(pictures, classes)
    squares = gradients**2
    parts = 2 * squares + squares * gradients * _over_places(features)
    shares = squares / (parts + (squares == 0))
    total = _over_places(shares)
    weights = _over_places(np.maximum(gradients, 0) * shares / (total + (total == 0)))
    return np.maximum((features * weights).sum(axis=-1), 0).astype(np.float32)


def _over_places(values: np.ndarray) -> np.ndarray:
    found: np.ndarray = values.sum(axis=(1, 2), keepdims=True)
    return found
