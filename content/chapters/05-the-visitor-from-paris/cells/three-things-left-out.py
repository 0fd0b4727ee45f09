def scores(other, part):
    values = pixels
    for i, ((kernel, bias), (changed, _)) in enumerate(zip(network, other)):
        values = tf.matmul(values, kernel + part * (changed - kernel)) + bias
        if i < 2:
            values = tf.nn.relu(values)
    return values


for gone in [0.3, 0.5, 0.7, 0.9]:
    doomed = by_worth[: round(gone * sizes.size)]
    other = without(doomed)
    p = tf.nn.softmax(scores(other, 0.0))
    dz = (scores(other, 0.01) - scores(other, -0.01)) / 0.02
    errors = p - tf.one_hot(labels, 10)
    slope = float(tf.reduce_mean(tf.reduce_sum(errors * dz, axis=1)))
    mean = tf.reduce_sum(p * dz, axis=1)
    spread = tf.reduce_sum(p * dz**2, axis=1) - mean**2
    bend, foretold = float(tf.reduce_mean(spread)) / 2, worth[doomed].sum()
    rest = loss_of(other) - whole - slope - bend
    print(f"{gone:.0%}", foretold, slope, bend - foretold, rest)
