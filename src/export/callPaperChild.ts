// Run as a program of its own by callReport.ts: reads the report of a call as JSON, and writes it as PDF or Word.
import { json } from 'node:stream/consumers';
import { callPdf, callWord } from '../publications/callPaper.ts';
import type { CallPaperOrder } from './callReport.ts';

const { paper, format } = (await json(process.stdin)) as CallPaperOrder;
process.stdout.write(format === 'pdf' ? callPdf(paper) : await callWord(paper));
