/** One run at a time: who calls while `work` is under way gets what comes of it. */
export function singleFlight<Given extends unknown[], Result>(
  work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  let running: Promise<Result> | undefined
  return (...given) => (running ??= work(...given).finally(() => (running = undefined)))
}
