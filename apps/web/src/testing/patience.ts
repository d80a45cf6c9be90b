/** Conditions are waited for, also on a busy machine: the library's own second is too short for one. */
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: 20_000 })
}
