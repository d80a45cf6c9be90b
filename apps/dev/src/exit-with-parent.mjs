// Loaded into every child of the dev command. Its standard input is a pipe from the command and
// carries nothing: when it ends, the command is gone, however it went, and so is the child.
process.stdin.on('end', () => process.exit(0)).resume()
process.stdin.unref()
