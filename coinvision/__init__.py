"""Coinvision: name the emperor on the obverse of a Roman coin, and show whether to believe it.

The flow is collection -> dataset -> run: `collection` reads photographs and records, `dataset`
makes them ready, `training` fits one of the `networks`, `evaluation` measures it, `prediction`
applies it. Importing this package loads neither Keras nor TensorFlow.
"""
