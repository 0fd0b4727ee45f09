import tensorflow as tf


def representative_set(sheets: tf.Tensor, count: int):
    """Sheets in the order of their labels, [n, 28, 28, 1], uint8; what the converter asks for as representative_dataset."""
    total = int(sheets.shape[0])
    if not 1 <= count <= total:
        raise ValueError(f"count must be from 1 to {total}; it is {count}.")

    def specimens():
        for k in range(count):
            sheet = sheets[k * total // count]
            # A batch of one, in float, from 0 for paper to 1 for ink.
            yield [tf.cast(sheet, tf.float32)[tf.newaxis] / 255.0]

    return specimens


drawer = tf.cast(tf.reshape(tf.range(10 * 784) % 256, [10, 28, 28, 1]), tf.uint8)
for (specimen,) in representative_set(drawer, 5)():
    print(specimen.shape, float(tf.reduce_max(specimen)))
