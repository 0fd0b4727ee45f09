pointwise = folded("conv_2_pointwise", "batch_norm_2_pointwise")  # (1, 1, 16, 32)
along_outputs = np.abs(pointwise).max(axis=(0, 1, 2), keepdims=True) / 127
along_inputs = np.abs(pointwise).max(axis=(0, 1, 3), keepdims=True) / 127

print("for each output:", sqnr(pointwise, rounded(pointwise / along_outputs) * along_outputs))
print("for each input: ", sqnr(pointwise, rounded(pointwise / along_inputs) * along_inputs))
# Made along one axis and read along the other. NumPy broadcasts either shape and complains of neither.
print("crossed:        ", sqnr(pointwise, rounded(pointwise / along_inputs) * along_outputs))
