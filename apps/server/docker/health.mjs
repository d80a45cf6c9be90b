/** The container's health check: 0 when the app answers, in a root without a shell or curl. */
try {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/bff/health`)
  process.exitCode = ok ? 0 : 1
} catch {
  process.exitCode = 1
}
