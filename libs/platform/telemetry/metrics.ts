import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** This process's metrics, in Prometheus' form at /metrics. */
export const metrics = new Registry();

/** Adds Node's own metrics (event loop, heap, garbage collection); call it once a process. */
export const collectProcessMetrics = (): void => collectDefaultMetrics({ register: metrics });

/** A counter named `gatehouse_<name>_total`. */
export const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
  new Counter<L>({ name: `gatehouse_${name}_total`, help, labelNames, registers: [metrics] });

/** A gauge named `gatehouse_<name>`. */
export const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
  new Gauge<L>({ name: `gatehouse_${name}`, help, labelNames, registers: [metrics] });

/** A histogram of durations named `gatehouse_<name>_seconds`. */
export const durationHistogram = <L extends string>(
  name: string,
  help: string,
  labelNames: readonly L[],
) =>
  new Histogram<L>({
    name: `gatehouse_${name}_seconds`,
    help,
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [metrics],
  });
