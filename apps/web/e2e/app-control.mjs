/** Loaded before the app, so that the process that started it can move its clock and see its memory. */
const system = Date.now.bind(Date)
let offsetMs = 0
Date.now = () => system() + offsetMs
process.on('message', (message) => {
  offsetMs = message.offset_ms ?? offsetMs
  process.send({ resident_bytes: process.memoryUsage().rss })
})
// Listening alone must not keep the app alive.
process.channel?.unref()
