import { newSealKey, type Sealer, sealerWith } from '../../src/evidence/sealing.ts';

let made: Promise<Sealer> | undefined;

/** Seals with a key that is made for this process. */
export const testSeal: Sealer = async (pdf, at) => {
  made ??= newSealKey('rial.example', new Date()).then(sealerWith);
  return (await made)(pdf, at);
};
