/** Runs the metrics sample of the documents and checks its counts. */
import assert from 'node:assert/strict'
import { metrics } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }))
// Its meter is made when it is loaded.
const { countEvent } = await import('./samples/operations/metrics.ts')

const refresh = { type: 'refreshed', connection: 'c', generation: 1, duration_ms: 40 } as const
countEvent({ ...refresh, how: 'refreshed' })
countEvent({ ...refresh, how: 'joined' })
countEvent({ ...refresh, how: 'joined' })
await reader.forceFlush()

const seen = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? []
const counts = seen.find(({ descriptor }) => descriptor.name === 'polar_connect.events')
assert.deepEqual(
  counts?.dataPoints.map(({ attributes, value }) => [attributes['kind'], value]),
  [
    ['refreshed', 1],
    ['joined', 2],
  ],
)
await reader.shutdown()
console.log('the metrics are counted')
