"""The small network, taught by `vgg16-deep`: asked as fast as `small`, trained after its teacher.

On two folds of `ocre12` its log loss on validation was lower by 0.14 and 0.03 than that of `small`.
"""

from dataclasses import replace

from coinvision.networks import small_cnn

NETWORK = replace(small_cnn.NETWORK, teacher="vgg16-deep")
