export { MOST_CASES } from './case-numbers.ts';
export { drawDeed } from './draw-deed.ts';
export {
  ALLOWED_LOSS,
  judgeAccusation,
  scoreReader,
  scoreRepair,
  type Accusation,
  type Finding,
} from './judge.ts';
export { SABOTAGES, type Deed, type Sabotage } from './sabotages.ts';
export { SUSPECTS } from './suspects.ts';
export { makeHonestFile, makeTrial, type Trial } from './trial-file.ts';
