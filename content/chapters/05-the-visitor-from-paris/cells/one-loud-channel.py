# dense_1 and dense_2 of a Keras model `retired`; `sheets` are images, [count, 784].
first, second = retired.get_layer("dense_1"), retired.get_layer("dense_2")
kernel_1, bias_1 = first.get_weights()
kernel_2, bias_2 = second.get_weights()

part = tf.keras.Model(retired.inputs, first.output)
largest_x = np.abs(part(sheets).numpy()).max(axis=0)  # of each channel, over the sheets
largest_w = np.abs(kernel_2).max(axis=1)  # of what reads it

alpha = 0.5
alive = (largest_x > 0) & (largest_w > 0)
factors = np.ones_like(largest_x)
factors[alive] = largest_x[alive] ** alpha / largest_w[alive] ** (1 - alpha)

# What makes a channel is divided by its factor, what reads it is multiplied.
first.set_weights([kernel_1 / factors, bias_1 / factors])
second.set_weights([kernel_2 * factors[:, np.newaxis], bias_2])
