export { drawDeed } from './draw-deed.ts';
export {
  ALLOWED_LOSS,
  judgeAccusation,
  scoreReader,
  scoreRepair,
  type Accusation,
} from './judge.ts';
export { SABOTAGES, type Deed } from './sabotages.ts';
export { SUSPECTS } from './suspects.ts';
export { makeHonestFile, makeTrial } from './trial-file.ts';
