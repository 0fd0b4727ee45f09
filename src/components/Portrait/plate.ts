import { engravePortrait } from './engrave.ts';
import type { GreyImage } from './engrave.ts';

let made: GreyImage | undefined;

/** The engraved plate, made once a build. */
export const plate = (): GreyImage => (made ??= engravePortrait());
