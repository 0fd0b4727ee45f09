# Your own drawer: the sheets that your representative dataset yields. Those of the trial are made in the page.
pixel_ends = sheets.reshape(100, -1)
passed_on = np.stack([up_to(sheet).numpy().ravel() for sheet in sheets])


def narrowing(values: np.ndarray, without: int) -> float:
    kept = np.delete(values, without, axis=0)
    width = lambda v: max(v.max(), 0.0) - min(v.min(), 0.0)
    return float(width(values) / width(kept))


order = np.argsort(-pixel_ends.max(axis=1))
for i in order[:8]:
    print(
        f"sheet {i + 1}: {pixel_ends[i].min():.3f} to {pixel_ends[i].max():.3f};",
        f"without it the pixels {narrowing(pixel_ends, i):.2f}, relu_1 {narrowing(passed_on, i):.2f} times narrower",
    )

# What the file itself says of its input.
trial = Interpreter(model_path="trial.tflite")
scale, zero_point = trial.get_input_details()[0]["quantization"]
print(f"made for pixels over a range of {255 * scale:.3f}" if scale else "floats go in: look at the tensor behind it")
