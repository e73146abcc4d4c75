import type { Logger } from 'pino';
import { type InspectionApart, inspectionApart } from './apart.ts';
import { clamdAt, type ScannerPlace, scanning } from './clamd.ts';

/** What a server has files looked at by: processes apart and, where there is one, a malware scanner. */
export function inspectionWith(
  scannerPlace: ScannerPlace | undefined,
  log: Logger,
): InspectionApart & { greetScanner: (() => Promise<void>) | undefined } {
  const apart = inspectionApart({ log });
  const scanner = scannerPlace && clamdAt(scannerPlace);
  return { ...apart, ...(scanner && scanning(apart, scanner, log)), greetScanner: scanner?.greet };
}
