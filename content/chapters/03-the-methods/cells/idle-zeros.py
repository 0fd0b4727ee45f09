import gzip

pruned = keras.models.clone_model(heavy)
pruned.set_weights([w * magnitude_mask(w, 0.9)[0] if w.ndim > 1 else w for w in heavy.get_weights()])

for name, model in {"the heavy model": heavy, "nine tenths zeros": pruned}.items():
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    file = converter.convert()
    print(f"{name}: {len(file):,} bytes, {len(gzip.compress(file, 6)):,} through gzip")
