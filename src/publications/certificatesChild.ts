// Run as a program of its own by certificates.ts: reads what is to be printed as JSON, and writes the PDFs in base64.
import { json } from 'node:stream/consumers';
import { type PrintingOrder, printerFor } from './certificates.ts';

const { papers, site, logos } = (await json(process.stdin)) as PrintingOrder;
const printed = await printerFor(site)(papers, logos);
process.stdout.write(JSON.stringify(printed.map((one) => Buffer.from(one).toString('base64'))));
