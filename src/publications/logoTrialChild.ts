// Run as a program of its own by logoTrial.ts: reads a logo as JSON, and sets it; it fails where that cannot be.
import { json } from 'node:stream/consumers';
import type { Logo } from '../domain/results/logo.ts';
import { placedLogos, typstLogos } from './logos.ts';
import { renderPdf } from './typst.ts';

const logo = (await json(process.stdin)) as Logo;
const owner = { id: logo.institution, role: 'requesting', name: logo.institution } as const;
const { logos, files } = typstLogos(placedLogos([logo], [owner], 'es'));
process.stdout.write(renderPdf('trial.typ', { title: logo.institution, language: 'es', logos }, { files }));
