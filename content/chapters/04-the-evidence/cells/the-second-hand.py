# The runtime that is installed uses XNNPACK where it can; the resolver of reference kernels does not.
from ai_edge_litert.interpreter import OpResolverType

first = Interpreter(model_content=file, experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
second = Interpreter(model_content=file)
answers = []
for hand in (first, second):
    hand.allocate_tensors()
    given = []
    for digit in digits:
        hand.set_tensor(hand.get_input_details()[0]["index"], digit[np.newaxis])
        hand.invoke()
        given.append(hand.get_tensor(hand.get_output_details()[0]["index"])[0])
    answers.append(np.array(given))

print("probabilities that differ", int((answers[0] != answers[1]).sum()), "of", answers[0].size)
print("digits read as another figure", int((answers[0].argmax(1) != answers[1].argmax(1)).sum()))
