import itertools
from pathlib import Path

import drawn
import keras
import numpy as np
import pytest

from coinvision import networks
from coinvision.errors import RunError
from coinvision.networks import blueprint, small_cnn, speed, stored_weights, vgg16


@pytest.fixture(scope="session", params=list(networks.NETWORKS))
def model(request: pytest.FixtureRequest) -> keras.Model:
    built = networks.get(request.param).build(5)
    built.network_name = request.param
    return built


def batch(size: int, count: int = 2) -> np.ndarray:
    return np.stack([drawn.coin("F", size=size, seed=i) for i in range(count)])


def test_a_network_is_one_flat_graph_from_photographs_to_logits(model: keras.Model) -> None:
    network = networks.get(model.network_name)
    assert model.input_shape == (None, network.image_size, network.image_size, 3)
    assert model.output_shape == (None, 5)
    assert not any(isinstance(layer, keras.Model) for layer in model.layers), "no nested model"
    last = model.layers[-1]
    assert last.name == "logits" and last.get_config()["activation"] == "linear"


def test_no_layer_mirrors(model: keras.Model) -> None:
    assert not any("flip" in type(layer).__name__.lower() for layer in model.layers)


def test_whole_numbers_and_floats_give_the_same(model: keras.Model) -> None:
    pictures = batch(model.input_shape[1])
    whole = keras.ops.convert_to_numpy(model(pictures))
    floats = keras.ops.convert_to_numpy(model(pictures.astype(np.float32)))
    assert np.allclose(whole, floats, atol=1e-5)


def test_the_small_network_is_small() -> None:
    assert networks.get("small").build(12).count_params() < 2_000_000


def test_the_networks_of_2020_have_the_weights_of_their_description() -> None:
    """Worked out by hand for 12 emperors: 3 x 3 kernels and biases, then the dense layers."""
    filters = [3, 32, 32, 128, 128, 256, 256]
    pairs = itertools.pairwise(filters)
    convolutions = sum(9 * before * after + after for before, after in pairs)
    # 150 pixels lose 4 a block and are halved: 73, 34, 15
    dense = 15 * 15 * 256 * 128 + 128 + 128 * 12 + 12
    assert networks.get("small-2020").build(12).count_params() == convolutions + dense == 8_454_444

    vgg = networks.get("vgg16-2020").build(12)
    assert vgg.get_layer("places").output.shape == (None, 4 * 4 * 512)
    assert vgg.count_params() == 14_714_688 + 8192 * 1024 + 1024 + 1024 * 12 + 12
    pictures = np.full((1, 150, 150, 3), 255, np.uint8)
    for name in sorted(set(networks.STUDY_2020.values())):
        model = networks.get(name).build(2)
        scaled = keras.Model(model.input, model.get_layer("rescale").output)(pictures)
        assert np.allclose(scaled, 1), "x 1/255, no mean taken off"


def test_the_networks_of_2020_are_trained_as_described() -> None:
    small, vgg = (networks.get(name).recipe for name in ("small-2020", "vgg16-2020"))
    assert (small.learning_rate, small.momentum) == (0.005, 0.0)
    assert (vgg.learning_rate, vgg.momentum) == (0.001, 0.9)
    for recipe in (small, vgg):
        assert (recipe.batch_size, recipe.max_epochs, recipe.views) == (32, 100, None)
        assert (recipe.halve_after, recipe.least_gain_at_rate) == (4, 0.01)
        assert (recipe.stop_after, recipe.least_gain) == (10, 0.002)
        assert not recipe.label_smoothing and not recipe.weigh_rarity and not recipe.warmup_epochs
    assert networks.get("vgg16-2020").frozen_until == "block4_pool"


def test_the_deep_one_differs_by_what_is_trained_alone() -> None:
    plain, deep = (networks.get(name) for name in ("vgg16", "vgg16-deep"))
    assert deep.recipe == plain.recipe and deep.explained == plain.explained
    models = plain.build(12), deep.build(12)
    assert models[0].count_params() == models[1].count_params()
    trained = [
        sum(
            layer.count_params() for layer in stored_weights.trained_layers(model, one.frozen_until)
        )
        for one, model in zip((plain, deep), models, strict=True)
    ]
    # block 4 by hand: 3 x 3 kernels from 256, 512 and 512 to 512 filters, and their biases
    assert trained[1] - trained[0] == 9 * (256 + 512 + 512) * 512 + 3 * 512
    assert models[1].get_layer("feature_dropout").input.shape == (None, 20, 20, 256)


def test_a_recipe_without_later_settings_is_told_as_it_always_was() -> None:
    told = networks.get("small").recipe.told()
    assert list(told) == [
        "max_epochs", "learning_rate", "weight_decay", "batch_size", "least_batches",
        "warmup_epochs", "halve_after", "stop_after", "label_smoothing", "averaging", "views",
    ]  # fmt: skip
    assert networks.get("small-2020").recipe.told()["augmentation"] == "2020"


def test_an_unknown_network_is_one_sentence() -> None:
    with pytest.raises(RunError, match="expected one of small, small-distilled, vgg16"):
        networks.get("resnet")


def test_vgg16_computes_what_keras_applications_does(backbone: Path) -> None:
    ours = vgg16.build(3)
    vgg16.load_backbone(ours, str(backbone))
    theirs = keras.applications.VGG16(weights=None, include_top=False, input_shape=(160, 160, 3))
    theirs.load_weights(backbone)
    pictures = batch(160).astype(np.float32)

    expected = theirs(keras.applications.vgg16.preprocess_input(pictures.copy()))
    got = keras.Model(ours.input, ours.get_layer("block5_pool").output)(pictures)

    assert np.allclose(got, expected, atol=1e-3 * float(np.abs(expected).max()))


@pytest.mark.parametrize("content", [b"", b"not weights"])
def test_a_damaged_backbone_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.weights.h5"
    path.write_bytes(content)
    with pytest.raises(RunError, match="cannot be loaded") as caught:
        vgg16.load_backbone(vgg16.build(3), str(path))
    assert "\n" not in str(caught.value)


def test_a_backbone_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(RunError, match="cannot be loaded"):
        vgg16.load_backbone(vgg16.build(3), "nowhere.weights.h5")


def test_the_two_parts_of_a_network_are_the_network() -> None:
    model = vgg16.build(4)
    stem, trained = blueprint.split(model, vgg16.FROZEN_UNTIL)
    pictures = batch(160, 1)
    assert np.allclose(trained(stem(pictures)), model(pictures), atol=1e-5)
    names = [layer.name for layer in blueprint.frozen_layers(model, vgg16.FROZEN_UNTIL)]
    assert names[-1] == "block4_pool" and "block5_conv1" not in names


@pytest.mark.skipif(speed.precision() == "float32", reason="bfloat16 is not fast here")
def test_half_precision_is_close_enough() -> None:
    stem, _ = blueprint.split(vgg16.build(4), vgg16.FROZEN_UNTIL)
    pictures = batch(160, 1)
    exact = stem.predict_on_batch(pictures)
    with speed.fast():
        half = stem.predict_on_batch(pictures)
    assert half.dtype == np.float32 and not np.array_equal(half, exact)
    assert np.abs(half - exact).mean() < 0.02 * np.abs(exact).mean()
    assert np.array_equal(stem.predict_on_batch(pictures), exact)


def test_grad_cam_of_tf_keras_vis_runs_on_a_network(model: keras.Model) -> None:
    if keras.backend.backend() != "tensorflow":
        pytest.skip("tf-keras-vis needs TensorFlow")
    from tf_keras_vis.gradcam import Gradcam
    from tf_keras_vis.utils.scores import CategoricalScore

    layer = [la.name for la in model.layers if isinstance(la, keras.layers.Conv2D)][-1]
    maps = Gradcam(model, clone=False)(
        CategoricalScore([1]), batch(model.input_shape[1], 1).astype(np.float32),
        penultimate_layer=layer, expand_cam=False, normalize_cam=False,
    )  # fmt: skip
    assert np.isfinite(maps[0]).all() and maps[0].ndim == 2


@pytest.mark.skipif(speed.precision() == "float32", reason="bfloat16 is not fast here")
def test_fast_training_learns_the_same() -> None:
    pictures, targets = batch(112, 16), np.eye(4, dtype=np.float32)[np.arange(16) % 4]

    def losses() -> list[float]:
        keras.utils.set_random_seed(1)
        model = small_cnn.build(4)
        model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
        fitted: list[float] = model.fit(pictures, targets, epochs=4, verbose=0).history["loss"]
        return fitted

    exact = losses()
    with speed.fast():
        with speed.fast():  # as when features are computed in the midst of a training
            pass
        fast = losses()
    assert fast != exact  # something was multiplied in another precision
    assert np.allclose(fast, exact, rtol=0.2)
    assert losses() == exact  # and the rest of the program is as before
