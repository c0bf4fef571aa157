import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Numbers for Prometheus, one registry an app, so that tests may run many. */
export interface Metrics {
  procedure(name: string, outcome: string, seconds: number): void;
  sockets(open: number): void;
  text(): Promise<string>;
}

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
    text: () => registry.metrics(),
  };
}
