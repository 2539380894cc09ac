"""What makes networks fast on this machine without changing what they compute."""

from pathlib import Path

import keras

# Processors with these instructions multiply in bfloat16 twice as fast as in single precision.
BFLOAT16_FLAGS = ("avx512_bf16", "amx_bf16")
CPU_INFO = Path("/proc/cpuinfo")


def compiler() -> bool | str:
    """What to give `compile(jit_compile=...)`.

    TensorFlow's own compiler makes training convolutions on a processor half as fast (measured:
    32 ms an image instead of 14 for the small network); other backends need theirs.
    """
    return False if keras.backend.backend() == "tensorflow" else "auto"


def frozen_precision() -> str:
    """The precision in which a frozen part is computed: "bfloat16" where that is fast.

    Its outputs are stored in half precision anyway. Graphics cards are fast enough as they are.
    """
    on_processor = keras.distribution.list_devices()[0].startswith("cpu")
    if keras.backend.backend() != "tensorflow" or not on_processor or not CPU_INFO.is_file():
        return "float32"
    flags = CPU_INFO.read_text(encoding="utf-8", errors="ignore").split()
    return "bfloat16" if set(BFLOAT16_FLAGS) & set(flags) else "float32"


def in_precision(stem: keras.Model, precision: str) -> keras.Model:
    """A network, or a part of one, whose convolutions compute in that precision, ready to predict.

    In single precision it is the network itself, else a copy.
    """
    if precision != "float32":

        def convert(layer: keras.Layer) -> keras.Layer:
            config = layer.get_config()
            if isinstance(layer, keras.layers.Conv2D):
                config["dtype"] = f"mixed_{precision}"
            return layer.__class__.from_config(config)

        copy = keras.models.clone_model(stem, clone_function=convert)
        copy.set_weights(stem.get_weights())
        stem = copy
    stem.compile(jit_compile=compiler())
    return stem
