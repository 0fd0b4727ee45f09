import keras

# For networks that read text: KerasHub gives a model its tokenizer, and the
# sheets that it is shown are sentences.
config = keras.quantizers.GPTQConfig(
    dataset=sentences,
    tokenizer=tokenizer,
    weight_bits=4,
    num_samples=128,
    group_size=128,
    hessian_damping=0.01,
)
language_model.quantize("gptq", config=config)
