/** Runs `work` once at a time. Calls during a run get the result of that run. */
export function singleFlight<Given extends unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  let running: Promise<Result> | undefined
  return (...given) => (running ??= work(...given).finally(() => (running = undefined)))
}
