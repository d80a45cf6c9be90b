// Loaded into each process that `dev` starts. Its standard input carries nothing and ends with `dev`,
// on every system and however `dev` ended. It then stops as on SIGTERM.
const stop = () => process.emit('SIGTERM') || process.exit(0)
process.stdin.on('end', stop).on('error', stop).resume()
process.stdin.unref()
