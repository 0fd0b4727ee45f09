import keras
import tensorflow as tf

TEMPERATURE, SHARE = 4.0, 0.9


class Pupil(keras.Model):
    """Learns from a master’s whole answers; both give scores, without a softmax."""

    def __init__(self, network, master):
        super().__init__()
        self.network, self.master = network, master
        self.master.trainable = False

    def call(self, inputs, training=None):
        return self.network(inputs, training=training)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        softened = tf.nn.softmax(self.master(x, training=False) / TEMPERATURE)
        cross = tf.nn.softmax_cross_entropy_with_logits(softened, y_pred / TEMPERATURE)
        own = tf.reduce_sum(softened * tf.math.log(softened + 1e-9), axis=1)
        taught = tf.reduce_mean(cross + own)  # the divergence of the pupil from the master
        told = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, y_pred, from_logits=True))
        return SHARE * TEMPERATURE**2 * taught + (1 - SHARE) * told


heavy = keras.models.load_model("lenet-5.keras")
master = keras.Model(heavy.inputs, heavy.layers[-2].output)
network = keras.Sequential(
    [
        keras.layers.Input((28, 28, 1)),
        keras.layers.Conv2D(12, 5),  # of 20 filters
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(25, 5),  # of 50
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(100, activation="relu"),  # of 500
        keras.layers.Dense(10),
    ]
)
(images, labels), _ = keras.datasets.mnist.load_data()
pupil = Pupil(network, master)
pupil.compile(optimizer=keras.optimizers.Adam(learning_rate=1e-3))
pupil.fit(images[..., None] / 255.0, labels, batch_size=64, epochs=1)
