/** Tests wait for conditions, also on a busy machine. The library's own second is too short for one. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 20_000 })
}
