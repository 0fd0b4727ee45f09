import type { APIRoute, GetStaticPaths } from 'astro';
import { encodeGreyPng } from '../../build/grey-png.ts';
import { plate } from '../../components/Portrait/plate.ts';
import { initial, quantizePortrait } from '../../components/Portrait/quantize-portrait.ts';

/** `8.png` is the plate itself, fetched when the slider is touched; the other is what the cover shows first. */
export const getStaticPaths: GetStaticPaths = () => [
  { params: { bits: '8' } },
  { params: { bits: String(initial.bits) } },
];

export const GET: APIRoute = ({ params }) => {
  const { data, width, height } = plate();
  const png =
    params['bits'] === '8'
      ? encodeGreyPng(Uint8Array.from(data), width, height, 8)
      : encodeGreyPng(
          quantizePortrait(data, width, initial.bits, initial.dither).codes,
          width,
          height,
          initial.bits,
        );
  return new Response(new Uint8Array(png), { headers: { 'content-type': 'image/png' } });
};
