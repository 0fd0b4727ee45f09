import { ReaderError } from '../../../shared/reader-error.ts';

/** A file that breaks the rules of HDF5, or was altered. @internal */
export function hdf5Invalid(what: string): ReaderError {
  return new ReaderError({
    code: 'hdf5-invalid',
    explain: `The HDF5 file is damaged: ${what}.`,
    hint: 'Download it or save it again; a file that was cut or changed on its way cannot be read.',
  });
}

/** A file that ends before what it says it holds. @internal */
export function hdf5Truncated(what: string): ReaderError {
  return new ReaderError({
    code: 'hdf5-truncated',
    explain: `The HDF5 file ends too early: ${what}.`,
    hint: 'Download it again, whole.',
  });
}

/** A part of HDF5 that Keras files do not use, and that is not read. @internal */
export function hdf5Unsupported(what: string, hint: string): ReaderError {
  return new ReaderError({
    code: 'hdf5-unsupported',
    explain: `The HDF5 file uses ${what}, which is not read here.`,
    hint,
  });
}

/** What to do about a file that no Keras would write. @internal */
export const SAVE_WITH_KERAS =
  'Save the model with model.save in Keras, which stores plain, uncompressed arrays of numbers.';
