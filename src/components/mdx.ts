/** The components that a section's text may use without importing them. */
import CaseNotes from './CaseNotes/CaseNotes.astro';
import Cell from './Cell/Cell.astro';
import Cite from './Cite/Cite.astro';
import Computed from './Computed/Computed.astro';
import Envelopes from './Envelopes/Envelopes.astro';
import Equation from './Equation/Equation.astro';
import Exercise from './Exercise/Exercise.astro';
import Figure from './Figure/Figure.astro';
import Kept from './Kept/Kept.astro';
import LineByLine from './LineByLine/LineByLine.astro';
import Prediction from './Prediction/Prediction.astro';
import Python from './Python/Python.astro';
import Quiz from './Quiz/Quiz.astro';
import Scene from './Scene/Scene.astro';
import Sidenote from './Sidenote/Sidenote.astro';
import Term from './Term/Term.astro';

export const mdxComponents = {
  CaseNotes,
  Cell,
  Cite,
  Computed,
  Envelopes,
  Equation,
  Exercise,
  Figure,
  Kept,
  LineByLine,
  Prediction,
  Python,
  Quiz,
  Scene,
  Sidenote,
  Term,
};
