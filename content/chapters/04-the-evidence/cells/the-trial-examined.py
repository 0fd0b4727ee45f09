# A .tflite file of your own: the trial file of this book is made in the page.
trial = Interpreter(model_path="trial.tflite")
trial.allocate_tensors()
answers = written[:1000]
in_trial = readings_of(trial, cards[:1000])
in_light = light.predict(cards[:1000], verbose=0).argmax(axis=1)

low, high = binomtest(int((in_trial == answers).sum()), 1000).proportion_ci(method="wilson")
print(f"between {100 * low:.2f}% and {100 * high:.2f}%")
compare("the trial file", in_light, in_trial, answers)

mistakes = tf.math.confusion_matrix(answers, in_trial, num_classes=10).numpy()
np.fill_diagonal(mistakes, 0)
print(mistakes)
print("missed:", mistakes.sum(axis=1), "seen too often:", mistakes.sum(axis=0))
