import type { Signature, Stamping } from './closingPaper.ts';

/**
 * A bundle: everything of one cooperation that a reader may have, as a BagIt bag in a ZIP, to be checked by whoever gets
 * it without asking anybody. `docs/bundle.md` says what is in it. Here is what a check finds, as codes with values.
 */

export const BUNDLE_FORMAT = 1;

/** The files of a bag that say what it is, beside its payload. */
export const TAG_FILES = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
} as const;

/** Files of the payload that are always there; `files` of a case are beside them. */
export const PAYLOAD = {
  case: 'data/case.json',
  record: 'data/record.json',
  bundle: 'data/bundle.json',
  paper: 'data/case.pdf',
} as const;

/** What of a bag's `bag-info.txt` is ours, and what it stands for. */
export const INFO = {
  entries: 'Rial-Record-Entries',
  head: 'Rial-Record-Head',
  manifest: 'Rial-Manifest-SHA256',
  payload: 'Payload-Oxum',
} as const;
/** What of `data/bundle.json` is held against the record. */
export const WITHHELD = 'withheld-entries';

/** Why something is not in a bundle, though its hash is: it is not for this reader. */
export const NOT_FOR_READER = 'reader';

/** What `data/bundle.json` says. */
export type BundleNotice = {
  format: typeof BUNDLE_FORMAT;
  cooperation: string;
  madeAt: string;
  /** For whom it was made: the Secretariat and whoever looks on, or somebody who takes part. */
  reader: { of: 'all' } | { of: 'person'; person: string; party: string };
  /** How many there are of each that this reader may not have. */
  withheld: { entries: number; mails: number; communications: number; histories: number };
  /** Histories that Temporal does not have: of what has not begun, or is no longer kept. */
  missing: string[];
  /** Whether an authority stamped the seal of its PDF; nothing where none is asked. */
  stamp?: Exclude<Stamping, 'none'>;
};

/** One thing that is not as it was written, with what it is about. */
export type BundleFinding =
  | {
      code: /** Its bytes are others than the manifest says. */
        | 'file-altered'
        /** The manifest names it, and it is not there. */
        | 'file-missing'
        /** It is there, and no manifest names it. */
        | 'file-added'
        /** It is not written as it has to be. */
        | 'file-malformed'
        /** It and `tagmanifest-sha256.txt` disagree: one of the two was altered. */
        | 'tag-differs'
        /** The case names it, and the bag does not have it. */
        | 'named-missing'
        /** The case has another hash of it than the manifest. */
        | 'named-altered'
        /** A name that leads elsewhere, that stands twice, or that is a link: nothing is read there. */
        | 'name-unsafe'
        | 'name-twice'
        | 'name-link';
      file: string;
    }
  | {
      code: /** Entry of the record whose content is not what its hash says. */
        | 'entry-altered'
        /** One that does not follow the one before: something was taken out, put in or moved. */
        | 'entry-unlinked'
        /** What the case says of it is not what the chain has. */
        | 'entry-differs'
        /** In the chain, and not in the case. */
        | 'entry-missing';
      entry: number;
    }
  /** An entry of the case's record, by its `seq`, that is in no chain. */
  | { code: 'entry-added'; seq: number }
  /** A text of the case that is not what its hash says. */
  | { code: 'text-altered'; hash: string }
  /** What `bag-info.txt` or `data/bundle.json` says of the whole, and what it is. */
  | { code: 'sum-differs'; what: string; says: string; is: string }
  /** The record does not pass through the entry that somebody knows from elsewhere. */
  | { code: 'head-absent'; head: string }
  /** The PDF has no seal; one that is not over the whole file; one that is not as it was made; another case than the bundle's; a time stamp that is not of this seal, or not as it was made. */
  | { code: SealFault; file: string }
  /** The PDF is sealed by another certificate than the one that somebody knows from elsewhere. */
  | { code: 'seal-other'; file: string; is: string }
  /** `data/bundle.json`, or the case of its sealed case file, says that the seal was stamped, and it is not. */
  | { code: 'stamp-missing'; file: string }
  /** A signed case file: has other signatures than the case says; does not begin with the one before. */
  | { code: 'signed-other' | 'signed-foreign'; file: string }
  /** Neither a ZIP nor a folder that can be read; one that holds no bag; more than is read. */
  | { code: 'unreadable' | 'no-bag' | 'exhausting' };

export type SealFault =
  | 'seal-missing'
  | 'seal-partial'
  | 'seal-broken'
  | 'seal-case'
  | 'stamp-broken'
  | SignedFault;

/** Of what was added after the seal: a signature that is not good; something that no signature is over; more than signatures. */
export type SignedFault = 'signed-broken' | 'signed-partial' | 'signed-altered';

/**
 * Whose seal a PDF has: the SHA-256 of the certificate, and its name; the time stamp that it has, if any; and who signed
 * after it, in that order.
 */
export type Seal = { fingerprint: string; subject: string; stamp: Stamp | null; signatures: Signature[] };

/** A time stamp (RFC 3161): when, and by which authority: its name, and the SHA-256 of its certificate. */
export type Stamp = { at: string; authority: string; fingerprint: string };

/** What a check comes to. */
export type BundleReport = {
  ok: boolean;
  /** Of a bundle, or of its PDF by itself. */
  of: 'bundle' | 'paper';
  /** Whose seal its PDF has, where that is good. */
  seal: Seal | null;
  /** The same of the sealed case file of a cooperation that is over, with those who signed it. */
  paper: Seal | null;
  /** What the bundle says of itself; `null` where that cannot be read. */
  notice: BundleNotice | null;
  /** Files with a hash, and their bytes. */
  files: number;
  bytes: number;
  /** Entries of the record, those withheld among them, and the hash of the last. */
  entries: number;
  head: string | null;
  /** Entries whose content is not there, by their numbers, with the reason that is given. */
  withheld: { entry: number; why: string }[];
  findings: BundleFinding[];
};
