import tensorflow as tf


def lifetimes(model: tf.keras.Sequential) -> list[tuple[int, int, int]]:
    """Bytes in int8, first and last step of the input and of every layer's output."""
    shapes = [model.input_shape, *(layer.output.shape for layer in model.layers)]
    last = len(model.layers) - 1
    stays = []
    for tensor, shape in enumerate(shapes):
        values = 1
        for size in shape[1:]:
            values *= size
        stays.append((values, max(0, tensor - 1), min(tensor, last)))
    return stays


def plan_arena(stays: list[tuple[int, int, int]]) -> int:
    placed: list[tuple[int, int, int, int]] = []
    for size, first, last in sorted(stays, key=lambda stay: (-(-stay[0] // 16) * -16, stay[1])):
        size = -(-size // 16) * 16
        offset = 0
        for begin, length, came, went in sorted(placed):
            if came > last or first > went:
                continue
            if offset + size <= begin:
                break
            offset = max(offset, begin + length)
        placed.append((offset, size, first, last))
    return max(offset + size for offset, size, _, _ in placed)


model = tf.keras.Sequential([
    tf.keras.Input(shape=(28, 28, 1)),
    tf.keras.layers.Conv2D(20, 5),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Conv2D(50, 5),
    tf.keras.layers.MaxPooling2D(2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(500, activation="relu"),
    tf.keras.layers.Dense(10),
])
print(plan_arena(lifetimes(model)), "bytes, if a Flatten is given room of its own")
