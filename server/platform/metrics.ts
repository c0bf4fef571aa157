import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers for Prometheus, one registry an app, so that tests may run many. */
export interface Metrics {
  procedure(name: string, outcome: string, seconds: number): void;
  sockets(open: number): void;
  /** Live documents, asked for whenever somebody looks. */
  documents(counts: () => DocumentCounts): void;
  /** Stored rows found damaged since the start. */
  damaged(count: () => number): void;
  text(): Promise<string>;
}

/** Of this process: documents in memory, sockets in them, bytes not yet on disk, frames refused since the start. */
export interface DocumentCounts {
  documents: number;
  sockets: number;
  unstoredBytes: number;
  refused: number;
}
const HELP: Record<keyof DocumentCounts, [name: string, help: string]> = {
  documents: ['poli_documents', 'Live documents in memory'],
  sockets: ['poli_document_sockets', 'Sockets in live documents'],
  unstoredBytes: ['poli_document_unstored_bytes', 'Bytes of edits not yet on disk'],
  refused: ['poli_document_refused', 'Frames that the gatekeeper has refused since the start'],
};

export function createMetrics(defaults = true): Metrics {
  const registry = new Registry();
  // The delay of the event loop is looked at 20 times a second: the default of 100 costs more than a quiet server does.
  if (defaults) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  const duration = new Histogram({
    name: 'poli_procedure_seconds',
    help: 'Time of a procedure call by name',
    labelNames: ['procedure'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  });
  const outcomes = new Counter({
    name: 'poli_procedure_total',
    help: 'Procedure calls by name and outcome',
    labelNames: ['procedure', 'outcome'],
    registers: [registry],
  });
  const open = new Gauge({ name: 'poli_sockets', help: 'Open Socket.IO connections', registers: [registry] });
  return {
    procedure(name, outcome, seconds) {
      duration.observe({ procedure: name }, seconds);
      outcomes.inc({ procedure: name, outcome });
    },
    sockets: (count) => open.set(count),
    documents(counts) {
      for (const [key, [name, help]] of Object.entries(HELP) as [keyof DocumentCounts, [string, string]][]) {
        const collect = function (this: Gauge): void {
          this.set(counts()[key]);
        };
        registry.registerMetric(new Gauge({ name, help, registers: [], collect }));
      }
    },
    damaged(count) {
      const collect = function (this: Gauge): void {
        this.set(count());
      };
      const help = 'Stored rows found damaged since the start';
      registry.registerMetric(new Gauge({ name: 'poli_damaged_rows', help, registers: [], collect }));
    },
    text: () => registry.metrics(),
  };
}
