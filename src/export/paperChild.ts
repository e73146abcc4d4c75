// Run as a program of its own by paper.ts: reads a case as JSON, and writes it as a PDF.
import { json } from 'node:stream/consumers';
import { type CasePaper, renderCasePaper } from '../publications/casePaper.ts';

process.stdout.write(renderCasePaper((await json(process.stdin)) as CasePaper));
